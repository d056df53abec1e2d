import { useCallback, useEffect, useRef, useState } from 'react'
import { Toast } from 'antd-mobile'
import { isFull } from '../../../kernel/web/outbox/store.ts'
import type { FieldStore } from '../data/work.ts'
import type { VisitDraft } from './draft.ts'

const stored = (draft: VisitDraft) => ({ id: draft.id, kind: 'visit', value: draft, updatedAt: new Date().toISOString() })

/** A new visit; one that is in work already is opened as it is. */
export async function startDraft(store: FieldStore, draft: VisitDraft): Promise<void> {
  await store.transaction('rw', store.drafts, async () => {
    if (!(await store.drafts.get(draft.id))) await store.drafts.put(stored(draft))
  })
}

/** The visit in work: read from the phone, written back with every change, in the order of the changes. */
export function useVisitDraft(store: FieldStore, id: string) {
  const [draft, setDraft] = useState<VisitDraft | null>()
  const newest = useRef<VisitDraft | undefined>(undefined)
  const writing = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    void store.drafts.get(id).then((found) => {
      newest.current = found?.value as VisitDraft | undefined
      setDraft(newest.current ?? null)
    })
  }, [store, id])
  const change = useCallback(
    (more: Partial<VisitDraft> | ((before: VisitDraft) => Partial<VisitDraft>)) => {
      const before = newest.current
      if (!before) return
      const next = { ...before, ...(typeof more === 'function' ? more(before) : more) }
      newest.current = next
      setDraft(next)
      writing.current = writing.current.then(() => store.drafts.put(stored(next))).catch((thrown: unknown) => {
        Toast.show({ content: isFull(thrown) ? '手机存储已满，这一步没有存下，请先清理空间' : '没有存下，请再试一次' })
      })
    },
    [store],
  )
  /** Resolves when everything changed so far lies on the phone. */
  const settled = useCallback(() => writing.current, [])
  return { draft, change, settled }
}
