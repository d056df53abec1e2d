import { Problem } from '../../../kernel/core/problem.ts'
import { KINDS, type Kind } from '../sync.ts'

/** Where a phone stands: in the walk of the first load, at a kind and an id. */
export interface Walk {
  readonly kind: Kind
  readonly after: string
}

export const firstWalk: Walk = { kind: KINDS[0], after: '' }

export const writeCursor = (walk: Walk | null): string => Buffer.from(JSON.stringify(walk)).toString('base64url')

/** @throws common.bad_cursor */
export function readCursor(text: string): Walk | null {
  try {
    const found = JSON.parse(Buffer.from(text, 'base64url').toString()) as Walk | null
    if (found === null || (KINDS.includes(found.kind) && typeof found.after === 'string' && found.after.length < 80)) return found
  } catch {
    // Refused below.
  }
  throw new Problem('invalid', 'common.bad_cursor')
}
