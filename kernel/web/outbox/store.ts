import Dexie, { liveQuery, type Table } from 'dexie'
import { useEffect, useState } from 'react'
import type { OriginalMissing } from './original.ts'
import type { OutboxItem, QueuedPhoto } from './queue.ts'

/** A picture with its bytes. After it lies on the server only the small one is kept for a while. */
export interface StoredPhoto extends QueuedPhoto {
  readonly blob: Blob | null
  /** A few kilobytes for lists. */
  readonly thumb: Blob | null
  readonly sha256: string
  readonly type: string
  readonly name: string
  /** ISO; from the picture's own notes when it has them. Device time put right by what is known of the server's clock. */
  readonly takenAt: string
  /** Seconds by which the device was ahead: with it the device's own time can be told again. */
  readonly clockDrift?: number
  readonly lon?: number
  readonly lat?: number
  readonly accuracy?: number
  readonly place?: string
  readonly enterpriseId?: string
  readonly madeAt: string
  /** The camera's own file was wanted and could not be kept. */
  readonly originalMissing?: OriginalMissing
}

/** Work that is not finished: kept with every keystroke. `kind` says whose it is: `visit`, `finding`. */
export interface StoredDraft {
  readonly id: string
  readonly kind: string
  readonly value: unknown
  readonly updatedAt: string
}

interface Meta {
  readonly key: string
  readonly value: unknown
}

/**
 * What one person has on this phone. One database per person: another person at the same phone opens another one and never sees
 * this. `strict` waits for the disk, so that a dead battery costs nothing that was said to be kept.
 */
export class PersonStore extends Dexie {
  declare readonly outbox: Table<OutboxItem, string>
  declare readonly photos: Table<StoredPhoto, string>
  declare readonly drafts: Table<StoredDraft, string>
  declare readonly meta: Table<Meta, string>

  constructor(personId: string, kinds: Readonly<Record<string, string>>) {
    super(`angrid.field.${personId}`, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ outbox: '&commandId, seq, state, aggregate', photos: '&id, state', drafts: '&id, kind', meta: '&key', ...kinds })
  }

  async read<T>(key: string): Promise<T | undefined> {
    return (await this.meta.get(key))?.value as T | undefined
  }

  async keep(key: string, value: unknown): Promise<void> {
    await this.meta.put({ key, value })
  }
}

/** What a query over the store answers, again after every change, in whichever tab it was made. Undefined while it is asked for the first time. */
export function useLive<T>(ask: () => Promise<T>, deps: readonly unknown[]): T | undefined {
  const [value, setValue] = useState<T>()
  // The caller names what its question depends on, as with useEffect.
  // biome-ignore lint/correctness/useExhaustiveDependencies: deps come from the caller
  useEffect(() => {
    const watching = liveQuery(ask).subscribe({ next: setValue, error: (thrown: unknown) => console.error(thrown) })
    return () => watching.unsubscribe()
  }, deps)
  return value
}

/** The phone is full: nothing was lost, but nothing more fits. */
export const isFull = (thrown: unknown): boolean => /QuotaExceeded/.test(thrown instanceof Error ? `${thrown.name} ${thrown.message} ${String((thrown as { inner?: unknown }).inner ?? '')}` : '')
