/** The session token: taken once from the address, kept for this tab, dropped from the address so that it is not copied along. */

const KEEP = 'ringmap-token'

/** Token from `#token=...`, else the one this tab has kept, else null. */
export function takeToken(): string | null {
  const fragment = new URLSearchParams(location.hash.replace(/^#/, ''))
  const given = fragment.get('token')
  if (given === null) return sessionStorage.getItem(KEEP)
  sessionStorage.setItem(KEEP, given)
  fragment.delete('token')
  const rest = fragment.toString()
  history.replaceState(null, '', location.pathname + location.search + (rest === '' ? '' : `#${rest}`))
  return given
}
