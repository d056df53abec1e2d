import { newId } from '../new-id.ts'
import { sha256Of } from './hash.ts'
import type { Refused } from './queue.ts'
import type { StoredPhoto } from './store.ts'

export type OriginalMissing = 'NO_ROOM' | 'TOO_LARGE' | 'UNREADABLE'

/** Room that stays free for records and packed photos: about five hundred of them. Camera files are the first thing not kept. */
export const RESERVE_BYTES = 200 * 1024 * 1024

/** Why a camera file of this size is not kept; undefined: it is. Where the browser tells no quota, the write itself decides. */
export function whyNot(bytes: number, maxBytes: number, space: { readonly usage?: number; readonly quota?: number } | undefined): OriginalMissing | undefined {
  if (bytes > maxBytes) return 'TOO_LARGE'
  if (space?.quota === undefined) return undefined
  return space.quota - (space.usage ?? 0) - bytes < RESERVE_BYTES ? 'NO_ROOM' : undefined
}

/** The camera's own file beside its photo, byte for byte, hashed here. */
export async function originalBeside(file: File, photo: StoredPhoto): Promise<StoredPhoto> {
  const bytes = await file.arrayBuffer()
  const { originalMissing: _, ...facts } = photo
  return {
    ...facts, id: newId(), originalOf: photo.id, state: 'waiting', bytes: file.size, sent: 0, tries: 0, notBefore: 0,
    blob: new Blob([bytes], { type: file.type }), thumb: null, sha256: await sha256Of(bytes), type: file.type, name: file.name || photo.name,
  }
}

/** What is left of a camera file that was not kept: its size and the reason, for the list. */
export const notKept = (photo: StoredPhoto, why: OriginalMissing, bytes: number, title: string): StoredPhoto => {
  const { originalMissing: _, ...facts } = photo
  const refusal: Refused = { code: `field.original_${why.toLowerCase()}`, status: 0, title, fields: [] }
  const own = photo.originalOf ? { id: photo.id, originalOf: photo.originalOf } : { id: newId(), originalOf: photo.id }
  return { ...facts, ...own, state: 'refused', bytes, sent: 0, blob: null, thumb: null, refusal }
}
