/** The package has no types of its own: what we use of it. */
declare module 'svg-to-pdfkit' {
  export default function SVGtoPDF(doc: PDFKit.PDFDocument, svg: string, x: number, y: number, options: { width: number; height: number; preserveAspectRatio: string; assumePt: boolean }): void
}
