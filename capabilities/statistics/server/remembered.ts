import type { Secrets } from '../../../kernel/server/secret.ts'

interface Kept {
  readonly state: string
  /** Milliseconds: names of streets may change without any counter moving. */
  readonly until: number
  readonly text: string
}

const KEEP_MS = 10_000
const MOST = 500

/** What each running server remembers; its secrets stand for it, they are made once with it. */
const servers = new WeakMap<Secrets, Map<string, Kept>>()

/**
 * The text made for this key at this state of the counters, or a new one. Nothing old is ever given: a state that
 * moved, by whichever process, makes it anew.
 * @param state see `counterState`
 */
export async function remembered(server: Secrets, key: string, state: string, now: Date, make: () => Promise<string>): Promise<string> {
  const all = servers.get(server) ?? new Map<string, Kept>()
  servers.set(server, all)
  const kept = all.get(key)
  if (kept && kept.state === state && now.getTime() < kept.until) return kept.text
  const text = await make()
  if (all.size >= MOST) all.clear()
  all.set(key, { state, until: now.getTime() + KEEP_MS, text })
  return text
}
