/** Counts calls in windows of a minute. One process's view: behind several processes the limit is so many times higher. */
export interface Limiter {
  /** Counts one call. @returns seconds to wait, 0 when it may pass */
  take(key: string, perMinute: number): number
  /** Seconds to wait without counting: 0 when the key is below the limit. */
  look(key: string, perMinute: number): number
}

const WINDOW_MS = 60_000
const KEPT = 50_000

interface Window {
  count: number
  ends: number
}

export function limiter(now: () => number = Date.now): Limiter {
  let windows = new Map<string, Window>()
  const current = (key: string): Window => {
    const at = now()
    const known = windows.get(key)
    if (known && known.ends > at) return known
    // Old windows go only when there are many; then a flood of new keys cannot grow the map for ever.
    if (windows.size >= KEPT) windows = new Map([...windows].filter(([, window]) => window.ends > at).slice(-KEPT / 2))
    const fresh = { count: 0, ends: at + WINDOW_MS }
    windows.set(key, fresh)
    return fresh
  }
  const wait = (window: Window) => Math.max(1, Math.ceil((window.ends - now()) / 1000))
  return {
    take(key, perMinute) {
      const window = current(key)
      return ++window.count > perMinute ? wait(window) : 0
    },
    look(key, perMinute) {
      const window = windows.get(key)
      return window && window.ends > now() && window.count >= perMinute ? wait(window) : 0
    },
  }
}
