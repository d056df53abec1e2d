import { useCallback, useEffect, useRef, useState } from 'react'
import { Toast } from 'antd-mobile'
import { isFull, type StoredDraft } from '../../../kernel/web/outbox/store.ts'
import type { FieldStore } from './work.ts'

/** A piece of work of this kind as the phone keeps it. */
export const stored = (kind: string, draft: { readonly id: string }): StoredDraft => ({ id: draft.id, kind, value: draft, updatedAt: new Date().toISOString() })

/** Work that is not finished: read from the phone, written back with every change, in the order of the changes. `null`: there is none of this kind. */
export function useUnfinished<T extends { readonly id: string }>(store: FieldStore, kind: string, id: string) {
  const [draft, setDraft] = useState<T | null>()
  const newest = useRef<T | undefined>(undefined)
  const writing = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    void store.drafts.get(id).then((found) => {
      newest.current = found?.kind === kind ? (found.value as T) : undefined
      setDraft(newest.current ?? null)
    })
  }, [store, kind, id])
  /** Shows what lies on the phone already. */
  const put = useCallback((next: T) => {
    newest.current = next
    setDraft(next)
  }, [])
  const change = useCallback((make: (before: T) => T) => {
    if (!newest.current) return
    const next = make(newest.current)
    put(next)
    writing.current = writing.current.then(() => store.drafts.put(stored(kind, next))).catch((thrown: unknown) => {
      Toast.show({ content: isFull(thrown) ? '手机存储已满，这一步没有存下，请先清理空间' : '没有存下，请再试一次' })
    })
  }, [store, kind, put])
  /** Resolves when everything changed so far lies on the phone. */
  const settled = useCallback(() => writing.current, [])
  return { draft, change, put, settled }
}
