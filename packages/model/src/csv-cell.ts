/** One cell of a CSV file that a program reads, ringmap or one behind a pipe: nothing in it is disarmed. `evidence/csv-text` writes what people open. */

export function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
