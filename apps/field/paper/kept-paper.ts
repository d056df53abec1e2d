import { useCallback, useEffect, useRef, useState } from 'react'
import { Toast } from 'antd-mobile'
import { isFull } from '../../../kernel/web/outbox/store.ts'
import type { FieldStore } from '../data/work.ts'
import type { PaperDraft } from './draft.ts'
import { drawNumber, returnNumber } from './keeping.ts'

const stored = (draft: PaperDraft) => ({ id: draft.id, kind: 'paper', value: draft, updatedAt: new Date().toISOString() })

export const papersInWork = async (store: FieldStore): Promise<PaperDraft[]> => (await store.drafts.where('kind').equals('paper').toArray()).map((draft) => draft.value as PaperDraft)

/** A new paper; one of the same type and visit, or for the same approved paper, that is in work already is opened as it is. */
export const startPaper = (store: FieldStore, draft: PaperDraft): Promise<string> =>
  store.transaction('rw', store.drafts, async () => {
    const same = (await papersInWork(store)).find((one) => one.id === draft.id || (draft.visitId !== undefined && one.visitId === draft.visitId && one.type === draft.type))
    if (!same) await store.drafts.put(stored(draft))
    return same?.id ?? draft.id
  })

/** Puts it before the parties: its number is drawn and kept with it in one transaction. False: this phone has none left. */
export const layBefore = (store: FieldStore, draft: PaperDraft, numbered: boolean): Promise<PaperDraft | undefined> =>
  store.transaction('rw', store.drafts, store.meta, async () => {
    const number = numbered ? await drawNumber(store, draft.type, draft.id) : undefined
    if (numbered && !number) return undefined
    const laid: PaperDraft = { ...draft, step: 'sign', ...(number ? { number } : {}) }
    await store.drafts.put(stored(laid))
    return laid
  })

/** Given up before it was handed in: its number is free again. */
export const dropPaper = (store: FieldStore, id: string): Promise<void> =>
  store.transaction('rw', store.drafts, store.meta, async () => {
    await returnNumber(store, id)
    await store.drafts.delete(id)
  })

/** The paper in work: read from the phone, written back with every change, in the order of the changes. */
export function usePaperDraft(store: FieldStore, id: string) {
  const [draft, setDraft] = useState<PaperDraft | null>()
  const newest = useRef<PaperDraft | undefined>(undefined)
  const writing = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    void store.drafts.get(id).then((found) => {
      newest.current = found?.kind === 'paper' ? (found.value as PaperDraft) : undefined
      setDraft(newest.current ?? null)
    })
  }, [store, id])
  const put = useCallback((next: PaperDraft) => {
    newest.current = next
    setDraft(next)
  }, [])
  const change = useCallback((make: (before: PaperDraft) => PaperDraft) => {
    if (!newest.current) return
    const next = make(newest.current)
    put(next)
    writing.current = writing.current.then(() => store.drafts.put(stored(next))).catch((thrown: unknown) => {
      Toast.show({ content: isFull(thrown) ? '手机存储已满，这一步没有存下，请先清理空间' : '没有存下，请再试一次' })
    })
  }, [store, put])
  /** Resolves when everything changed so far lies on the phone. */
  const settled = useCallback(() => writing.current, [])
  return { draft, change, put, settled }
}
