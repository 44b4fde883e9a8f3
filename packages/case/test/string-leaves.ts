/** Every string in an answer, each once: all that can name somebody, without the repeats that make a scan slow. */
export function stringLeaves(answer: unknown): Buffer {
  const found = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.add(value)
    else if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) {
      found.add(key)
      walk(inner)
    }
  }
  walk(answer)
  return Buffer.from(JSON.stringify([...found]))
}
