/** Check digits: Luhn (ISO/IEC 7812-1 annex B) for handsets, Verhoeff (1969) for Aadhaar, ISO 7064 mod 97-10 for IBAN. */

/** Digit that completes `digits`. */
export function luhnDigit(digits: string): string {
  let sum = 0
  let double = true
  for (let i = digits.length - 1; i >= 0; i--) {
    let digit = digits.charCodeAt(i) - 48
    if (double) digit = digit > 4 ? digit * 2 - 9 : digit * 2
    sum += digit
    double = !double
  }
  return String((10 - (sum % 10)) % 10)
}

const TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** True when the last digit is the Verhoeff check digit of the ones before. */
export function verhoeffHolds(digits: string): boolean {
  let check = 0
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48
    for (let turn = i % 8; turn > 0; turn--) digit = TURN[digit] as number
    check = dihedral(check, digit)
  }
  return check === 0
}

/** Product in the symmetry group of the pentagon: 0-4 are turns, 5-9 reflections. */
function dihedral(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5
  return b < 5 ? ((a - 5 - b + 5) % 5) + 5 : (a - b + 5) % 5
}

/** True when an IBAN (country, check digits, account; capitals, no spaces) leaves 1 modulo 97. */
export function ibanHolds(iban: string): boolean {
  let rest = 0
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = sign >= 'A' ? sign.charCodeAt(0) - 55 : sign.charCodeAt(0) - 48
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
