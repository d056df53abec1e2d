import { open } from 'node:fs/promises'
import { sharp } from '../../../kernel/server/engines.ts'
import { escaped } from '../../../kernel/server/html.ts'
import { Problem } from '../../../kernel/core/problem.ts'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import type { RawBody } from '../../../kernel/server/context.ts'
import type { MediaType } from '../attachment.ts'
import { differenceHash } from '../perceptual.ts'
import { isPicture, sniff } from '../sniff.ts'

// A picture of 60 megapixels is larger than any phone's; beyond that it is an attack on memory.
const MAX_PIXELS = 60_000_000
/** A signature has a transparent ground; without paper under it ink becomes black on black in a JPEG. */
const PAPER = { background: '#fff' } as const

/** What an upload turned out to be. Width and height in pixels after the camera's rotation. */
export interface Examined {
  readonly type: MediaType
  readonly width: number | null
  readonly height: number | null
  readonly perceptualHash: string | null
}

/** Looks at the bytes: kind by content, size and perceptual hash of pictures. Refuses what is disguised or broken. */
export async function examine(body: Pick<RawBody, 'path' | 'bytes'>): Promise<Examined> {
  if (body.bytes === 0) throw new Problem('invalid', 'attachment.empty')
  const type = sniff(await headOf(body.path))
  if (!type) throw new Problem('wrong_type', 'attachment.wrong_type')
  if (!isPicture(type)) return { type, width: null, height: null, perceptualHash: null }
  try {
    const picture = sharp(body.path, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).rotate()
    const { width, height, orientation } = await picture.metadata()
    const turned = (orientation ?? 1) >= 5
    const grey = await picture.greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer()
    return { type, width: (turned ? height : width) ?? null, height: (turned ? width : height) ?? null, perceptualHash: differenceHash(grey) }
  } catch {
    // sharp names no error codes: whatever it cannot decode is a broken picture to the person who sent it.
    throw new Problem('invalid', 'attachment.broken_picture')
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8192), 0, 8192, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The copy for papers and screens: at most 1600 px, with time, place and person written into its lower edge. */
export async function mark(original: Buffer, facts: { takenAt: string; place: string | null; takenBy: string }): Promise<Buffer> {
  const base = await sharp(original, { limitInputPixels: MAX_PIXELS }).rotate().flatten(PAPER).resize(1600, 1600, { fit: 'inside', withoutEnlargement: true }).toBuffer({ resolveWithObject: true })
  const { width, height } = base.info
  const size = Math.max(12, Math.round(Math.min(width, height) / 32))
  const lines = [zhDateTime(facts.takenAt), facts.place ?? '无定位', facts.takenBy]
  const text = lines.map((line, i) => `<text x="${size}" y="${height - size * (lines.length - i) * 1.35 + size * 0.5}">${escaped(line)}</text>`).join('')
  const style = `font-size="${size}" font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif" fill="#fff" stroke="#000" stroke-width="${size / 5}" paint-order="stroke"`
  const overlay = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g ${style}>${text}</g></svg>`)
  return sharp(base.data).composite([{ input: overlay }]).jpeg({ quality: 80 }).toBuffer()
}

/** 320 px for lists. */
export const thumbnail = (original: Buffer): Promise<Buffer> =>
  sharp(original, { limitInputPixels: MAX_PIXELS }).rotate().flatten(PAPER).resize(320, 320, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 70 }).toBuffer()

/** Originals lie under their hash: the same bytes twice are stored once. */
export const originalKey = (sha256: string): string => `original/${sha256.slice(0, 2)}/${sha256}`
