import { Problem } from '../../../kernel/core/problem.ts'
import { KINDS, type Kind } from '../sync.ts'

/** Where a phone stands in its first load: at a kind and the last id of it. */
export interface Walk {
  readonly kind: Kind
  readonly after: string
}

/** Where it stands in one round of changes: what the round ends with, and the last change it has had. */
export interface Round {
  /** Snapshot that the round reads up to. */
  readonly to: string
  readonly xid: string
  readonly seq: number
}

/**
 * A snapshot of PostgreSQL ("oldest running : next : running ones") is exact about who has been seen: a transaction that began
 * earlier and commits later is not visible in it, so its changes come with the next round. A number or a time would skip it.
 */
export interface Cursor {
  readonly epoch: number
  /** Reach, rights and shape of the rows; another one begins the walk anew. */
  readonly print: string
  /** Everything visible in this snapshot has been told, or will be by the walk. Empty: nothing yet. */
  readonly seen: string
  /** The reach is too wide to be carried about: only what concerns the person. Decided when the walk begins. */
  readonly narrow: boolean
  readonly walk?: Walk
  readonly round?: Round
}

export const firstWalk: Walk = { kind: KINDS[0], after: '' }
export const emptyStore: Cursor = { epoch: 0, print: '', seen: '', narrow: false }

const snapshot = /^\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?$/
const id = /^[\w.-]{0,80}$/

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** @throws common.bad_cursor */
export function readCursor(text: string): Cursor {
  try {
    const found = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor
    if (isCursor(found)) return found
  } catch {
    // Refused below like any other text that is no cursor.
  }
  throw new Problem('invalid', 'common.bad_cursor')
}

function isCursor(found: Cursor | null): boolean {
  if (typeof found !== 'object' || found === null) return false
  const { epoch, print, seen, narrow, walk, round } = found
  const head = Number.isInteger(epoch) && typeof print === 'string' && print.length < 80 && typeof narrow === 'boolean' && (seen === '' || snapshot.test(seen))
  const walks = walk === undefined || (KINDS.includes(walk.kind) && typeof walk.after === 'string' && id.test(walk.after))
  const rounds = round === undefined || (snapshot.test(round.to) && /^\d{1,20}$/.test(round.xid) && Number.isSafeInteger(round.seq))
  return head && walks && rounds
}
