import type { CastName } from '../../../house/cast.ts'
import type { World } from '../../../house/world.ts'
import { operations } from '../operations.ts'
import type { Change, Kind } from '../sync.ts'

/** A phone as far as the pipe goes: what it holds, how it takes a page, what it drops at the end of a reset. */
export interface Phone {
  readonly held: Map<string, Change>
  /** Pages up to the end of the round; `between` happens after each but the last. */
  pull(given?: { limit?: number; between?: () => Promise<void> }): Promise<{ pages: number; reset: boolean; changes: Change[] }>
  /** One page. */
  page(limit?: number): Promise<{ changes: Change[]; more: boolean; reset: boolean }>
  ids(kind: Kind): string[]
}

export const keyOf = (change: { kind: string; id: string }): string => `${change.kind} ${change.id}`

export async function phoneOf(w: World, name: CastName): Promise<Phone> {
  const held = new Map<string, Change>()
  let { cursor } = await w.as(name).do(operations.start, {})
  let again: Set<string> | undefined
  const page = async (limit = 500) => {
    const answer = await w.as(name).do(operations.changes, { cursor, limit })
    cursor = answer.cursor
    if (answer.reset) again = new Set()
    for (const change of answer.changes) {
      again?.add(keyOf(change))
      if (change.row === null) held.delete(keyOf(change))
      else held.set(keyOf(change), change)
    }
    if (!answer.more && again) {
      for (const key of held.keys()) if (!again.has(key)) held.delete(key)
      again = undefined
    }
    return answer
  }
  return {
    held, page,
    pull: async ({ limit, between } = {}) => {
      const changes: Change[] = []
      let reset = false
      for (let pages = 1; ; pages++) {
        const answer = await page(limit)
        changes.push(...answer.changes)
        reset ||= answer.reset
        if (!answer.more) return { pages, reset, changes }
        await between?.()
      }
    },
    ids: (kind) => [...held.values()].filter((change) => change.kind === kind).map((change) => change.id).sort(),
  }
}

/** What a phone holds, comparable: actions and sentences may name a moment, versions and rows may not differ. */
export const contents = (phone: Phone): Record<string, unknown> => Object.fromEntries([...phone.held].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { row }]) => [key, row]))
