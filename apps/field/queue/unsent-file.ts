import { z } from 'zod'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'
import { sha256Of } from '../../../kernel/web/outbox/hash.ts'
import type { StoredPhoto } from '../../../kernel/web/outbox/store.ts'
import type { FieldStore } from '../data/work.ts'
import { isCommand } from '../data/commands.ts'

const FORMAT = 'angrid-unsent/1'
const Item = z.object({
  commandId: z.uuid(), operation: z.string().max(60), aggregate: z.string().max(120), input: z.record(z.string(), z.unknown()), after: z.string().optional(), needs: z.array(z.string()).optional(), photos: z.array(z.uuid()), title: z.string().max(200), madeAt: z.string(), clockDrift: z.int().optional(), app: z.string(), tries: z.int(),
})
const Photo = z.object({
  id: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/), type: z.string(), name: z.string(), takenAt: z.string(), clockDrift: z.int().optional(), madeAt: z.string(), lon: z.number().optional(), lat: z.number().optional(), accuracy: z.number().optional(),
  place: z.string().optional(), enterpriseId: z.string().optional(), bytes: z.string(),
})
const Unsent = z.object({ format: z.literal(FORMAT), person: z.object({ id: z.string(), name: z.string() }), exportedAt: z.string(), items: z.array(Item).max(5000), photos: z.array(Photo).max(20_000) })

/** Without camera files: the file has to stay small enough to be carried. Built piece by piece: sixty pictures in one string would be too much for a small phone. */
export async function exportUnsent(store: FieldStore, me: { personId: string; name: string }): Promise<Blob> {
  const items = (await store.outbox.orderBy('seq').toArray()).filter((item) => item.state !== 'done')
  const wanted = new Set(items.flatMap((item) => item.photos))
  const photos = (await store.photos.toArray()).filter((photo) => photo.blob && !photo.originalOf && (wanted.has(photo.id) || photo.state !== 'stored'))
  const head = { format: FORMAT, person: { id: me.personId, name: me.name }, exportedAt: new Date().toISOString(), items: items.map(({ state: _s, notBefore: _n, refusal: _r, seq: _q, ...item }) => item) }
  const parts: BlobPart[] = [JSON.stringify(head).slice(0, -1), ',"photos":[']
  for (const [i, photo] of photos.entries()) {
    const { blob, thumb: _t, state: _s, sent: _b, tries: _y, notBefore: _n, refusal: _r, bytes: _z, ...facts } = photo
    parts.push(`${i ? ',' : ''}${JSON.stringify({ ...facts, bytes: await base64(blob!) })}`)
  }
  return new Blob([...parts, ']}'], { type: 'application/json' })
}

export type Imported = { readonly items: number; readonly photos: number } | { readonly problem: string }

/** Takes a file in. What is known here already stays as it is; the keys decide on the server. */
export async function importUnsent(store: FieldStore, me: { personId: string; name: string }, text: string): Promise<Imported> {
  const read = Unsent.safeParse(parsed(text))
  if (!read.success) return { problem: '这不是安格导出的文件，或文件不完整' }
  const { person, items, photos } = read.data
  if (person.id !== me.personId) return { problem: `这是${person.name}的文件，须由本人登录后导入` }
  const unknown = items.find((item) => !isCommand(item.operation))
  if (unknown) return { problem: `文件来自较新的版本（${unknown.operation}），请先更新` }
  const fresh: StoredPhoto[] = []
  for (const { bytes, ...facts } of photos) {
    const blob = new Blob([bytesOf(bytes)], { type: facts.type })
    if ((await sha256Of(await blob.arrayBuffer())) !== facts.sha256) return { problem: `照片 ${facts.name} 与导出时不一致，文件可能损坏` }
    fresh.push({ ...facts, blob, thumb: null, bytes: blob.size, sent: 0, state: 'waiting', tries: 0, notBefore: 0 })
  }
  return store.transaction('rw', store.outbox, store.photos, async () => {
    const known = new Set((await store.outbox.toCollection().primaryKeys()) as string[])
    const have = new Set((await store.photos.toCollection().primaryKeys()) as string[])
    const last = (await store.outbox.orderBy('seq').last())?.seq ?? 0
    const added = items.filter((item) => !known.has(item.commandId)).map((item, i): OutboxItem => ({ ...item, seq: last + 1 + i, state: 'waiting', notBefore: 0 }))
    const pictures = fresh.filter((photo) => !have.has(photo.id))
    await store.photos.bulkAdd(pictures)
    await store.outbox.bulkAdd(added)
    return { items: added.length, photos: pictures.length }
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error ?? new Error('picture not read'))
    reader.readAsDataURL(blob)
  })
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text)
  const bytes = new Uint8Array(raw.length)
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i)
  return bytes
}
