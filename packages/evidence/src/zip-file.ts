/** A zip file that is the same on every machine: entries sorted, one fixed date, one level of packing. */
import { unzipSync, zipSync, type Zippable } from 'fflate'

/** Files by path. @returns the zip; `folder` stands before each path. */
export function zipFile(files: ReadonlyMap<string, Uint8Array>, folder = ''): Uint8Array {
  // A zip holds local time: the first moment it can hold, by the local clock, gives the same bytes in every zone.
  const mtime = new Date(1980, 0, 1)
  const entries: Zippable = {}
  for (const path of [...files.keys()].sort()) entries[folder + path] = [files.get(path) as Uint8Array, { mtime, level: 6 }]
  return zipSync(entries)
}

/** Files by path; throws on what is no zip. */
export function unzipped(bytes: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(bytes)))
}
