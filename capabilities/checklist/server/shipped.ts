import type { Tx } from '../../../kernel/server/db.ts'
import { shippedChecklists } from '../library.ts'
import './tables.ts'

/** Lists of the system belong to no district; everybody may revise them into a list of his own. */
export const NATIONWIDE = '000000000000'

/**
 * Writes the shipped checklists in their fixed ids; what is there already stays as it is, so it may run at every start
 * and in every seed. A shipped list whose code a newer version has replaced stays retired.
 */
export async function ensureShipped(tx: Tx, now: Date): Promise<void> {
  await tx
    .insertInto('checklist_version')
    .values(
      shippedChecklists.map((list) => ({
        id: list.id, code: list.code, number: list.version, name: list.name, state: list.state, area_code: NATIONWIDE,
        visit_kinds: list.visitKinds, applies_to: JSON.stringify(list.appliesTo), legal_basis: JSON.stringify(list.legalBasis),
        items: JSON.stringify(list.items), item_count: list.items.length, shipped: true, based_on: null,
        drafted_at: now, edited_at: now, published_by: null, published_at: now, retired_by: null, retired_why: null,
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}
