import { sharp } from '../../../kernel/server/engines.ts'
import { picturesOf } from '../../../kernel/core/document.ts'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { WordPicture } from '../../../kernel/server/word.ts'
import { attachmentsOf, originalBytes } from '../../attachment/server/public.ts'
import { pageFor, type Seen } from './detail.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const MAX_PIXELS = 60_000_000

/** 责令限期整改指令书（澜安澜）应急责改〔2026〕12号.docx; a draft is named by its state. */
export const fileName = ({ row }: Seen): string => `${row.title}${row.no ?? ''}${row.state === 'DRAFT' || row.state === 'PENDING' || row.state === 'RETURNED' ? '（草稿）' : ''}.docx`

/** The paper as a Word file, with its signatures and photos. */
export async function wordFile(ctx: Ctx, all: Seen, given: { files: FileStore; address: string }): Promise<FileAnswer> {
  const page = pageFor(all, given.address)
  const pictures = await loadPictures(ctx, all, picturesOf(page), given.files)
  // Word is written now and then: its library is loaded with the first paper.
  const { wordOf } = await import('../../../kernel/server/word.ts')
  return { file: { name: fileName(all), type: WORD, body: await wordOf(page, { title: all.row.title, author: all.row.content.agency, pictures }) } }
}

/** Signatures are linked to the paper, photos stand in its content by hash. A lost file leaves its place empty, not the paper. */
async function loadPictures(ctx: Ctx, { row }: Seen, wanted: readonly string[], files: FileStore): Promise<Map<string, WordPicture>> {
  const own = ((await attachmentsOf(ctx.tx, [row.id])).get(row.id) ?? []).map((a) => [a.id, a.sha256] as const)
  const hashes = new Map([...own, ...row.content.items.flatMap((item) => item.photos.map((photo) => [photo.id, photo.sha256] as const))])
  const pictures = new Map<string, WordPicture>()
  for (const id of wanted) {
    const sha256 = hashes.get(id)
    const picture = sha256 ? await pictureOf(files, sha256) : undefined
    if (picture) pictures.set(id, picture)
  }
  return pictures
}

/** Small enough for a page, in a kind every Word reads; transparency is kept for signatures. */
async function pictureOf(files: FileStore, sha256: string): Promise<WordPicture | undefined> {
  const original = await originalBytes(files, sha256).catch((error: unknown) => {
    if (error instanceof Problem && error.kind === 'missing') return undefined
    throw error
  })
  if (!original) return undefined
  const small = sharp(original, { limitInputPixels: MAX_PIXELS }).rotate().resize({ width: 1100, height: 1100, fit: 'inside', withoutEnlargement: true })
  const png = (await sharp(original).metadata()).hasAlpha === true
  const { data, info } = await (png ? small.png() : small.jpeg({ quality: 80 })).toBuffer({ resolveWithObject: true })
  return { bytes: data, type: png ? 'png' : 'jpg', width: info.width, height: info.height }
}
