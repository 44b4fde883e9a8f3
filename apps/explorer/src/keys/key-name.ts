/** The name of what was pressed, the same on every keyboard: letters by their place where the layout writes another script. */

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** `E`, `Shift+E`, `Ctrl+Shift+Z`, `ArrowUp`, `Space`, `?`; null with Alt, which belongs to the browser. */
export function keyName({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Pressed): string | null {
  if (altKey) return null
  const plain = key === ' ' ? 'Space' : key.length > 1 ? key : onLatin(key, code)
  // A sign such as ? or + needs Shift on some keyboards and not on others: the sign says it all.
  const sign = plain.length === 1 && !/[A-Z]/.test(plain)
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${shiftKey && !sign ? 'Shift+' : ''}${plain}`
}

function onLatin(key: string, code: string): string {
  if (/^[\x20-\x7e]$/.test(key)) return key.toUpperCase()
  return /^(?:Key|Digit)([A-Z\d])$/.exec(code)?.[1] ?? SIGNS[code] ?? key
}

/** Where Hindi and Urdu keyboards have letters. */
const SIGNS: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', Slash: '/', Minus: '-', Equal: '=' }

/** A letter, digit or sign pressed alone, which a person who dictates or touches keys by chance must be able to switch off (WCAG 2.1.4). */
export function isSingle(name: string): boolean {
  return /^(?:Shift\+)?[\x21-\x7e]$/.test(name)
}
