/** What is asked of an exhibit: whose chart, for whom, as what, as of when, and who signs it. */
import { MODES, PROFILES, type Mode, type Profile } from '@ringmap/evidence/exhibit-model'

export const EXHIBIT_PROFILES: readonly ExhibitProfile[] = PROFILES
export const EXHIBIT_MODES: readonly ExhibitMode[] = MODES
export type ExhibitProfile = Profile
export type ExhibitMode = Mode

export interface ExhibitRequest {
  readonly subject: string
  readonly profile: Profile
  readonly mode: Mode
  /** The trail is taken up to here, and this stands as the time of everything made. */
  readonly as_of_ms: number
  readonly analyst: string
  readonly reviewer: string | null
  readonly review_remarks: string
  /** Who receives this copy; stands outside the payload, which is the same for every recipient. */
  readonly issue?: { readonly recipient: string; readonly copy: number } | undefined
  /** Order or rule under which the identities go beside it under seal; without it no annexe is made. */
  readonly annexe_authority?: string | undefined
}
