import type { FieldStore } from '../data/work.ts'
import type { PaperDraft } from './draft.ts'

/** What must be on the server before a paper: its visit, and the record of that visit where it was signed on this phone. */
export async function neededBy(store: FieldStore, draft: Pick<PaperDraft, 'id' | 'visitId' | 'type'>): Promise<string[]> {
  const { visitId } = draft
  if (!visitId) return []
  const records = await store.outbox.filter((item) => item.operation === 'enforcement.onSpot' && item.state !== 'held' && (item.input.draft as { visitId?: string } | undefined)?.visitId === visitId && item.input.id !== draft.id).toArray()
  return [`visit:${visitId}`, ...records.map((item) => item.aggregate)]
}
