import { useCallback } from 'react'
import { stored, useUnfinished } from '../data/unfinished.ts'
import type { FieldStore } from '../data/work.ts'
import type { VisitDraft } from './draft.ts'

/** A new visit; one that is in work already is opened as it is. */
export async function startDraft(store: FieldStore, draft: VisitDraft): Promise<void> {
  await store.transaction('rw', store.drafts, async () => {
    if (!(await store.drafts.get(draft.id))) await store.drafts.put(stored('visit', draft))
  })
}

/** The visit in work; what changes is named, the rest stays. */
export function useVisitDraft(store: FieldStore, id: string) {
  const { draft, change: make, settled } = useUnfinished<VisitDraft>(store, 'visit', id)
  const change = useCallback((more: Partial<VisitDraft> | ((before: VisitDraft) => Partial<VisitDraft>)) => make((before) => ({ ...before, ...(typeof more === 'function' ? more(before) : more) })), [make])
  return { draft, change, settled }
}
