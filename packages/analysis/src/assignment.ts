/** The assignment of rows to columns with the largest sum (Kuhn 1955; Munkres 1957), by shortest augmenting ways with potentials, O(rows^2 columns). */

/**
 * @param value rows x columns, row by row; rows at most columns.
 * @returns the sum of one value in each row, no column used twice.
 */
export function largestAssignment(rows: number, columns: number, value: Float64Array): number {
  // Numbering from 1; 0 is the way in. Costs are the values turned round.
  const rowPrice = new Float64Array(rows + 1)
  const columnPrice = new Float64Array(columns + 1)
  const rowOf = new Uint32Array(columns + 1)
  const from = new Uint32Array(columns + 1)
  const least = new Float64Array(columns + 1)
  const used = new Uint8Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row
    let column = 0
    least.fill(Number.POSITIVE_INFINITY)
    used.fill(0)
    do {
      used[column] = 1
      const r = rowOf[column]
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let c = 1; c <= columns; c++) {
        if (used[c] !== 0) continue
        const cost = -value[(r - 1) * columns + c - 1] - rowPrice[r] - columnPrice[c]
        if (cost < least[c]) {
          least[c] = cost
          from[c] = column
        }
        if (least[c] < step) {
          step = least[c]
          next = c
        }
      }
      for (let c = 0; c <= columns; c++) {
        if (used[c] === 0) least[c] -= step
        else {
          rowPrice[rowOf[c]] += step
          columnPrice[c] -= step
        }
      }
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      rowOf[column] = rowOf[from[column]]
      column = from[column]
    }
  }
  let sum = 0
  for (let c = 1; c <= columns; c++) if (rowOf[c] !== 0) sum += value[(rowOf[c] - 1) * columns + c - 1]
  return sum
}
