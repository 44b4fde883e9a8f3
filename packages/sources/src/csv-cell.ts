/** One cell of a CSV file that ringmap writes for itself to read again: nothing in it is disarmed, as in what goes out. */

export function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
