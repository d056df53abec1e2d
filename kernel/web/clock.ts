import { useEffect, useState } from 'react'

/** The server's clock as the page knows it: a PC's own clock may be wrong, and legal deadlines are not counted on it. */
let offsetMs = 0

/** Called with the server's `now` (ISO) when somebody has signed in. */
export function setServerNow(now: string): void {
  const ms = Date.parse(now)
  if (!Number.isNaN(ms)) offsetMs = ms - Date.now()
}

/** Milliseconds by which the server is ahead of this device; a phone keeps it for days without a line. */
export const clockOffsetMs = (): number => offsetMs
export const setClockOffset = (ms: number): void => {
  offsetMs = ms
}

/** Three years: a phone that believes in 1970 is as wrong as can be told. */
const MOST = 100_000_000
/** Whole seconds by which this device is ahead of the server. */
export const clockDrift = (): number => Math.max(-MOST, Math.min(MOST, Math.round(-offsetMs / 1000)))

/** The present instant, ISO text in UTC. */
export const serverNow = (): string => new Date(Date.now() + offsetMs).toISOString()

/** The present instant for a screen; renewed every `seconds`. */
export function useNow(seconds = 60): string {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), seconds * 1000)
    return () => clearInterval(timer)
  }, [seconds])
  return now
}
