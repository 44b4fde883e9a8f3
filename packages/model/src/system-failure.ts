/** What the operating system refuses (a full disk, a folder that may not be written), in words: it is the user's to mend and no fault of ringmap. */
import { RingmapError } from './errors.ts'

const REFUSALS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['there is no room left on the disk', 'Free some and run the step again; what was there before is unchanged.'],
  EDQUOT: ['your share of the disk is used up', 'Free some and run the step again; what was there before is unchanged.'],
  EROFS: ['the disk may only be read', 'Name a folder on a disk that may be written.'],
  EACCES: ['this user may not read or write there', 'Change the permissions, or name another folder.'],
  EPERM: ['this user may not do that there', 'Change the permissions, or name another folder.'],
  EISDIR: ['a folder stands where a file is to be written', 'Move the folder away, or name another file.'],
  ENOTDIR: ['a file stands where a folder is needed', 'Move the file away, or name another folder.'],
  ENOENT: ['a file or folder is not there', 'Was it moved or removed meanwhile? Put it back, or make the folder first.'],
  EEXIST: ['something of that name is there already', 'Move it away, or use another name.'],
  EBUSY: ['another program is using it', 'End that program and try again.'],
  EMFILE: ['too many files are open at once', 'Raise the limit (ulimit -n) or run fewer things side by side.'],
  ENAMETOOLONG: ['the name is longer than this disk allows', 'Use a shorter one.'],
  EIO: ['the disk answered with an error', 'Copy the case to another disk before you go on.'],
}

/**
 * Null for everything else.
 *
 * @param options.path names the file: right on the user's own terminal, and not where a file's name may be a protected person's
 */
export function systemFailure(error: unknown, options: { readonly path: boolean }): RingmapError | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null
  const [what, hint] = REFUSALS[String(error.code)] ?? []
  if (what === undefined || hint === undefined) return null
  const path = options.path && 'path' in error && typeof error.path === 'string' ? ` (${error.path})` : ''
  return new RingmapError('system_refused', { what: `${what}${path}`, hint }, { cause: error })
}
