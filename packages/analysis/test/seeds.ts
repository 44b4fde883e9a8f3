/** Seeds of the populations that accuracy is measured on: those of the test, or others from RINGMAP_SEEDS (`101,102,103`). */
export function seeds(own: readonly number[]): readonly number[] {
  const given = process.env['RINGMAP_SEEDS']
  return given === undefined ? own : given.split(',').map(Number)
}
