/** Text as XML 1.0 can hold it: escaped, with what XML forbids shown as a replacement sign and counted. */

// Control characters, lone surrogates and the two non-characters have no place in XML 1.0, not even as references.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
/** Signs that turn the reading direction of what follows: shown as references so that an editor does not obey them. */
const TURNING = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;', '\u0085': '&#133;', '\u2028': '&#8232;' }

/** For text and for attribute values; line breaks survive in both, those that XML 1.1 counts as breaks too, which readers of 1.0 also turn into a line feed. */
export function xmlText(text: string): string {
  return text
    .replaceAll(FORBIDDEN, '\uFFFD')
    .replaceAll(/[&<>"'\n\r\t\u0085\u2028]/g, (sign) => ESCAPES[sign] as string)
    .replaceAll(TURNING, (sign) => `&#x${(sign.codePointAt(0) as number).toString(16).toUpperCase()};`)
}

/** How many characters `xmlText` replaces. */
export function forbiddenInXml(text: string): number {
  return text.match(FORBIDDEN)?.length ?? 0
}
