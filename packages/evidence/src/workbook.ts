/** Tables as one Excel workbook (ECMA-376), every cell plain text or number: no formula, no link, no hidden sheet, no date of writing. */
import { forbiddenInXml, xmlText } from './xml-text.ts'
import { zipFile } from './zip-file.ts'

export interface Sheet {
  /** At most 31 characters, none of []:*?/\ */
  readonly name: string
  readonly rows: readonly (readonly (string | number | null)[])[]
}

const MOST_ROWS = 1_048_576
const LONGEST_CELL = 32_767

/** The first row of each sheet is its heading, kept in view. @returns the file, and how many cells had to be changed to fit. */
export function workbook(sheets: readonly Sheet[]): { readonly bytes: Uint8Array; readonly changed: number } {
  let changed = 0
  const text = (value: string): string => {
    const short = value.length > LONGEST_CELL ? value.slice(0, LONGEST_CELL) : value
    if (short !== value || forbiddenInXml(short) > 0) changed++
    return xmlText(short)
  }
  const cell = (value: string | number | null, at: string, style: string): string => {
    if (value === null || value === '') return ''
    if (typeof value === 'number') return `<c r="${at}"${style}><v>${value}</v></c>`
    return `<c r="${at}" t="inlineStr"${style}><is><t xml:space="preserve">${text(value)}</t></is></c>`
  }
  const files = new Map<string, string>()
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  for (const [i, { rows }] of sheets.entries()) {
    const kept = rows.slice(0, MOST_ROWS)
    changed += rows.length - kept.length
    const body = kept.map((cells, r) => `<row r="${r + 1}">${cells.map((value, c) => cell(value, `${columnName(c)}${r + 1}`, r === 0 ? ' s="1"' : '')).join('')}</row>`).join('')
    files.set(`xl/worksheets/sheet${i + 1}.xml`, `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${body}</sheetData></worksheet>`)
  }
  const list = sheets.map(({ name }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')
  files.set('xl/workbook.xml', `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list}</sheets></workbook>`)
  const parts = [...sheets.map((_, i) => relation(`rId${i + 1}`, `${relations}/worksheet`, `worksheets/sheet${i + 1}.xml`)), relation(`rId${sheets.length + 1}`, `${relations}/styles`, 'styles.xml')]
  files.set('xl/_rels/workbook.xml.rels', `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${parts.join('')}</Relationships>`)
  files.set('xl/styles.xml', `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
  files.set('_rels/.rels', `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation('rId1', `${relations}/officeDocument`, 'xl/workbook.xml')}</Relationships>`)
  const type = (part: string, kind: string): string => `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`
  files.set('[Content_Types].xml', `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('xl/workbook.xml', 'sheet.main')}${type('xl/styles.xml', 'styles')}${sheets.map((_, i) => type(`xl/worksheets/sheet${i + 1}.xml`, 'worksheet')).join('')}</Types>`)
  return { bytes: zipFile(new Map([...files].map(([path, xml]) => [path, Buffer.from(xml, 'utf8')]))), changed }
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`
}

/** 0 is A, 26 is AA. */
function columnName(column: number): string {
  let name = ''
  for (let at = column; at >= 0; at = Math.floor(at / 26) - 1) name = String.fromCharCode(65 + (at % 26)) + name
  return name
}
