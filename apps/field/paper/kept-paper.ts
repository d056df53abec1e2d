import { stored, useUnfinished } from '../data/unfinished.ts'
import type { FieldStore } from '../data/work.ts'
import type { PaperDraft } from './draft.ts'
import { drawNumber, returnNumber } from './keeping.ts'

export const papersInWork = async (store: FieldStore): Promise<PaperDraft[]> => (await store.drafts.where('kind').equals('paper').toArray()).map((draft) => draft.value as PaperDraft)

/** A new paper; one of the same type and visit, or for the same approved paper, that is in work already is opened as it is. */
export const startPaper = (store: FieldStore, draft: PaperDraft): Promise<string> =>
  store.transaction('rw', store.drafts, async () => {
    const same = (await papersInWork(store)).find((one) => one.id === draft.id || (draft.visitId !== undefined && one.visitId === draft.visitId && one.type === draft.type))
    if (!same) await store.drafts.put(stored('paper', draft))
    return same?.id ?? draft.id
  })

/** Puts it before the parties: its number is drawn and kept with it in one transaction. False: this phone has none left. */
export const layBefore = (store: FieldStore, draft: PaperDraft, numbered: boolean): Promise<PaperDraft | undefined> =>
  store.transaction('rw', store.drafts, store.meta, async () => {
    const number = numbered ? await drawNumber(store, draft.type, draft.id) : undefined
    if (numbered && !number) return undefined
    const laid: PaperDraft = { ...draft, step: 'sign', ...(number ? { number } : {}) }
    await store.drafts.put(stored('paper', laid))
    return laid
  })

/** Given up before it was handed in: its number is free again. */
export const dropPaper = (store: FieldStore, id: string): Promise<void> =>
  store.transaction('rw', store.drafts, store.meta, async () => {
    await returnNumber(store, id)
    await store.drafts.delete(id)
  })

export const usePaperDraft = (store: FieldStore, id: string) => useUnfinished<PaperDraft>(store, 'paper', id)
