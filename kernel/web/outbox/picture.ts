import { clockDrift, clockOffsetMs } from '../clock.ts'
import { newId } from '../new-id.ts'
import { sha256Of } from './hash.ts'
import type { StoredPhoto } from './store.ts'
import { takenAtOf } from './exif.ts'

/** Longest side of what is sent, in pixels, and how hard it is packed. About 250–450 kB for a phone's picture. */
export interface PictureRule {
  readonly longSide: number
  readonly quality: number
}
export const usualPicture: PictureRule = { longSide: 1920, quality: 0.8 }

export interface PictureFacts {
  readonly place?: string
  readonly lon?: number
  readonly lat?: number
  readonly accuracy?: number
  readonly enterpriseId?: string
}

/**
 * A picture as it will be stored: turned upright, made smaller, hashed before anything is sent. The time it was taken is read
 * from the original, because packing drops the notes in it.
 */
export async function takePicture(file: Blob, name: string, facts: PictureFacts, rule: PictureRule = usualPicture): Promise<StoredPhoto> {
  const notes = await takenAtOf(file)
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const blob = await drawn(bitmap, rule.longSide, rule.quality)
  const thumb = await drawn(bitmap, 240, 0.7)
  bitmap.close()
  return finished(blob, thumb, 'image/jpeg', name.replace(/\.\w+$/, '') + '.jpg', notes ?? new Date().toISOString(), facts)
}

/** A signature or another picture that is small already. */
export const keepPicture = (blob: Blob, name: string, facts: PictureFacts): Promise<StoredPhoto> => finished(blob, blob, blob.type, name, new Date().toISOString(), facts)

async function finished(blob: Blob, thumb: Blob, type: string, name: string, takenAt: string, facts: PictureFacts): Promise<StoredPhoto> {
  const seen = new Date(Date.parse(takenAt) + clockOffsetMs()).toISOString()
  return { id: newId(), state: 'waiting', bytes: blob.size, sent: 0, tries: 0, notBefore: 0, blob, thumb, sha256: await sha256Of(await blob.arrayBuffer()), type, name, takenAt: seen, clockDrift: clockDrift(), madeAt: new Date().toISOString(), ...facts }
}

function drawn(bitmap: ImageBitmap, longSide: number, quality: number): Promise<Blob> {
  const share = Math.min(1, longSide / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * share))
  canvas.height = Math.max(1, Math.round(bitmap.height * share))
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.reject(new Error('no canvas'))
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('picture not packed'))), 'image/jpeg', quality))
}
