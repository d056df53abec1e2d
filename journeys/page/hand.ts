import { queueCommand } from '../../apps/field/data/queue.ts'
import { recallClock } from '../../apps/field/data/device.ts'
import { FieldStore } from '../../apps/field/data/work.ts'
import { draftAt, freeFinding, photosOf, toRecord, type VisitDraft } from '../../apps/field/visit/draft.ts'
import { serverNow } from '../../kernel/web/clock.ts'
import { takePicture } from '../../kernel/web/outbox/picture.ts'

import type { Hashes, Held, Me, Wanted } from './told.ts'

/**
 * A quick hand inside the page: visits made by the app's own functions into its own store, as fast as the phone can write. What
 * the screens would do one tap at a time: draft, pictures one by one into the draft, then one transaction into the outbox.
 */
let opened: FieldStore | undefined
const storeOf = (me: Me): FieldStore => (opened ??= new FieldStore(me.personId))

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
const digest = async (blob: Blob): Promise<string> => hex(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))

/** A picture no other one equals: coarse noise under fine noise, heavy enough for several pieces. */
async function noise(side: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = Math.round(side * 0.75)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  const image = pen.createImageData(canvas.width, canvas.height)
  for (let at = 0; at < image.data.length; at += 65_536) crypto.getRandomValues(image.data.subarray(at, Math.min(at + 65_536, image.data.length)))
  for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255
  pen.putImageData(image, 0, 0)
  for (let i = 0; i < 48; i++) {
    pen.fillStyle = `hsl(${Math.random() * 360} 80% ${20 + Math.random() * 60}% / 0.8)`
    pen.fillRect((i % 8) * (side / 8), Math.floor(i / 8) * (side / 8), side / 8, side / 8)
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not packed'))), 'image/jpeg', 0.9))
}

const keep = (store: FieldStore, draft: VisitDraft) => store.drafts.put({ id: draft.id, kind: 'visit', value: draft, updatedAt: new Date().toISOString() })

async function begin(store: FieldStore, me: Me, wanted: Wanted): Promise<VisitDraft> {
  const kept = await store.drafts.get(wanted.id)
  if (kept) return kept.value as VisitDraft
  const site = await store.site.toCollection().first()
  if (!site) throw new Error('no site on this phone')
  const draft = draftAt(site, 'PATROL', [], { id: wanted.id, now: serverNow(), me })
  const finding = { ...freeFinding(wanted.findingId), location: `第 ${wanted.n} 间 ${wanted.id.slice(-6)}`, description: '疏散通道堆放纸箱', requirement: '立即清理', fixed: true }
  const begun: VisitDraft = { ...draft, step: 'finish', ...(wanted.locked ? { outcome: 'LOCKED' as const } : wanted.photos > 0 ? { findings: [finding] } : {}) }
  await keep(store, begun)
  return begun
}

function withPhoto(draft: VisitDraft, id: string): VisitDraft {
  const [finding] = draft.findings
  if (!finding) return { ...draft, outcomePhotos: [...draft.outcomePhotos, id] }
  return { ...draft, findings: [finding.before.length === 0 || finding.after.length > 0 ? { ...finding, before: [...finding.before, id] } : { ...finding, after: [id] }] }
}

/** One visit, from where it was left. Resolves when it lies in the outbox; what it answers was said to be kept. */
export async function make(me: Me, wanted: Wanted): Promise<Hashes> {
  recallClock()
  const store = storeOf(me)
  const hashes: Hashes = {}
  if ((await store.outbox.where('aggregate').equals(`visit:${wanted.id}`).count()) > 0) return hashes
  let draft = await begin(store, me, wanted)
  while (photosOf(draft).length < wanted.photos) {
    const photo = await takePicture(await noise(wanted.side), '现场.jpg', { place: draft.address })
    await store.photos.add(photo)
    const back = await store.photos.get(photo.id)
    if (back?.blob) hashes[photo.id] = await digest(back.blob)
    draft = withPhoto(draft, photo.id)
    await keep(store, draft)
  }
  const made = draft
  await queueCommand(store, { name: 'visit.record', aggregate: `visit:${made.id}`, title: made.title, input: toRecord(made, serverNow()), photos: photosOf(made), draft: { id: made.id, kind: 'visit', value: made } }, () => store.drafts.delete(made.id))
  return hashes
}

/** Everything that lies on the phone. `deep`: the bytes are read and hashed. */
export async function held(me: Me, deep = false): Promise<Held> {
  const store = storeOf(me)
  const [items, photos, drafts] = await Promise.all([store.outbox.toArray(), store.photos.toArray(), store.drafts.count()])
  const hashes: Hashes = {}
  if (deep) for (const photo of photos) if (photo.blob) hashes[photo.id] = await digest(photo.blob)
  return {
    items: items.map(({ commandId, aggregate, state, refusal, photos: own }) => ({ commandId, aggregate, state, ...(refusal ? { why: `${refusal.status} ${refusal.code} ${refusal.title}` } : {}), photos: own })),
    photos: photos.map(({ id, state, sha256 }) => ({ id, state, sha256 })), drafts, hashes,
  }
}

/** The stored originals as the server gives them out, hashed here. */
export async function onServer(ids: readonly string[]): Promise<Hashes> {
  const hashes: Hashes = {}
  for (const id of ids) {
    const answer = await fetch(`../api/attachments/${id}/original`, { headers: { 'x-angrid': '1' } })
    hashes[id] = answer.ok ? hex(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer())) : String(answer.status)
  }
  return hashes
}

/** So many more places on this phone, as the feed would have brought them. */
export async function fill(me: Me, count: number): Promise<void> {
  const store = storeOf(me)
  const site = await store.site.toCollection().first()
  if (!site) throw new Error('no site on this phone')
  const parts = ['安川', '汀前', '北澜', '望汀', '沅埠', '鹭洲', '金石', '和顺', '瑞', '宏', '达', '新', '五金', '电子', '塑胶', '餐饮', '商行', '工厂']
  await store.site.bulkPut(Array.from({ length: count }, (_, i) => ({ ...site, id: `0199cccc-0000-7000-8000-${String(i).padStart(12, '0')}`, name: `${parts[i % 18]}${parts[(i * 7) % 18]}${parts[(i * 13) % 18]}${i}号店`, py: `ac${i}`, code: `SITE-B-${i}`, address: `望汀街道汀前社区${i % 300}号` })))
}

/** Milliseconds from a keystroke in the search to the list that answers it. */
export async function searched(typed: string): Promise<number> {
  const input = document.querySelector<HTMLInputElement>('.f-search input')
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  if (!input || !set) throw new Error('not on the page of search')
  const began = performance.now()
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('.f-body')?.textContent?.includes(typed)) return
      watch.disconnect()
      resolve(performance.now() - began)
    })
    watch.observe(document.body, { childList: true, subtree: true, characterData: true })
    set.call(input, typed)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
