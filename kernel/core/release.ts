/**
 * Releases of the phone's app, newest first. The server understands the commands of the first two; the recorded commands of the
 * one before last's successor are replayed by a test (capabilities/sync).
 */
export const releases: readonly string[] = ['1']

/** Releases whose commands are still taken. A phone with an older one keeps its things, is told to load the new app, and sends them then. */
export const UNDERSTOOD = 2

/** Of a header `x-angrid-app`, such as "1" or "1+3fa9c2" (release and build). Unknown newer ones are taken: a phone may be ahead. */
export function isTooOld(app: string | undefined, known: readonly string[] = releases): boolean {
  const release = Number(/^(\d{1,6})/.exec(app ?? '')?.[1] ?? Number.NaN)
  if (Number.isNaN(release)) return false
  const oldest = Number(known[Math.min(UNDERSTOOD, known.length) - 1])
  return release < oldest
}
