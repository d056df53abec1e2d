import { MAX_BYTES } from '../../../capabilities/attachment/attachment.ts'
import { originalMissingZh } from '../../../capabilities/attachment/zh.ts'
import { notKept, originalBeside, type OriginalMissing, whyNot } from '../../../kernel/web/outbox/original.ts'
import { isFull, type StoredPhoto } from '../../../kernel/web/outbox/store.ts'
import { KEEP_ORIGINAL } from './intake.ts'
import type { FieldStore } from './work.ts'

/** Stores a photo just taken, with the camera's own file beside it where the district wants that. The photo never fails for its original. */
export async function keepPhoto(store: FieldStore, photo: StoredPhoto, file: File): Promise<void> {
  if ((await store.read<boolean>(KEEP_ORIGINAL)) !== true) return together(store, photo)
  const original = await originalOf(photo, file)
  try {
    await (typeof original === 'string' ? without(store, photo, file, original) : together(store, photo, original))
  } catch (thrown) {
    if (!isFull(thrown)) throw thrown
    await makeRoom(store)
    await without(store, photo, file, 'NO_ROOM')
  }
}

async function originalOf(photo: StoredPhoto, file: File): Promise<StoredPhoto | OriginalMissing> {
  const why = whyNot(file.size, MAX_BYTES, await navigator.storage?.estimate?.().catch(() => undefined))
  return why ?? originalBeside(file, photo).catch(() => 'UNREADABLE' as const)
}

const together = (store: FieldStore, ...photos: StoredPhoto[]): Promise<void> =>
  store.transaction('rw', store.photos, async () => {
    await store.photos.bulkAdd(photos)
  })

const without = (store: FieldStore, photo: StoredPhoto, file: File, why: OriginalMissing): Promise<void> =>
  together(store, { ...photo, originalMissing: why }, notKept(photo, why, file.size, wordOf(why)))

/** The phone is full: camera files that wait give their room to the photos. */
async function makeRoom(store: FieldStore): Promise<void> {
  await store.transaction('rw', store.photos, async () => {
    const waiting = await store.photos.where('state').equals('waiting').and((photo) => photo.originalOf !== undefined).toArray()
    for (const original of waiting) {
      await store.photos.put(notKept(original, 'NO_ROOM', original.bytes, wordOf('NO_ROOM')))
      await store.photos.update(original.originalOf!, { originalMissing: 'NO_ROOM' })
    }
  })
}

/** The photo was taken away again before anything was made of it: its camera file need not go anywhere. */
export const dropOriginal = (store: FieldStore, id: string): Promise<number> => store.photos.where('state').anyOf('waiting', 'refused').and((photo) => photo.originalOf === id).delete()

const wordOf = (why: OriginalMissing): string => `原图未保留：${originalMissingZh[why]}`
