import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { castIds, type CastName } from '../../../house/cast.ts'
import type { World } from '../../../house/world.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { operations as visits } from '../../visit/operations.ts'
import { answer, answered, approved, finding, inspection, photos, type Recorded } from '../../visit/server/fixtures.ts'
import { operations } from '../operations.ts'
import type { PaperDetail } from '../paper.ts'

export const pair = [castIds.wang, castIds.he]
export const today = (w: World): string => localDate(w.app.runtime.now())
export const inDays = (w: World, days: number): string => addDays(today(w), days)

export interface Found {
  visitId: string
  hazards: { id: string; no: string; itemCode: string; basis: string[] }[]
}

type Findings = NonNullable<Recorded['findings']>
const common: Findings = [finding('YC-08'), finding('YC-03')]

/** A finished inspection by wang and he with these findings, general ones unless said otherwise. */
export async function visited(w: World, findings: Findings = common, more: Partial<Recorded> = {}): Promise<Found> {
  const { id, version } = await approved(w, { plannedOn: today(w) })
  const signs = await photos(w, 'wang', 3)
  const shown = await Promise.all(findings.map(async (f) => ({ ...f, id: randomUUID(), location: `${f.location}${randomUUID().slice(0, 4)}`, photosBefore: await photos(w, 'wang', 1), ...(f.fixed ? { photosAfter: await photos(w, 'wang', 1) } : {}) })))
  const marks = shown.map((f) => answer(f.itemCode!, f.fixed ? 'FIXED' : 'FAILS'))
  await w.as('wang').do(visits.record, inspection(w, id, { baseVersion: version, signs, answers: answered(...marks), findings: shown, ...more }))
  const { hazards } = await w.as('wang').do(operations.prepare, { visitId: id })
  return { visitId: id, hazards: shown.map((f) => {
    const hazard = hazards.find((h) => h.id === f.id)!
    return { id: f.id, no: hazard.no, itemCode: f.itemCode!, basis: hazard.basis.map((b) => b.text) }
  }) }
}

/** A major finding that its officers confirm on the spot. */
export const major = (): Findings[number] => finding('YC-29', { level: 'MAJOR', clauseId: 'GM-11-1', immediateStop: true, opinion: { kind: 'TEAM_REVIEW', text: '符合判定条款', by: '许听澜' } })

type Draft = InputOf<typeof operations.draft>
export const draftOf = (type: Draft['type'], found: Found, more: Partial<Draft> = {}): Draft => ({ id: randomUUID(), type, visitId: found.visitId, officers: pair, ...more })

/** Every hazard of the visit, all its bases confirmed, due in so many days. */
export const itemsOf = (w: World, found: Found, days = 10): NonNullable<Draft['items']> => found.hazards.map((h) => ({ hazardId: h.id, basis: h.basis, dueOn: inDays(w, days) }))

/** Both officers sign, then the principal. */
export async function signed(w: World, paper: PaperDetail): Promise<PaperDetail> {
  let now = paper
  for (const who of ['wang', 'he'] as const) {
    const [attachmentId] = await photos(w, who, 1)
    now = await w.as(who).do(operations.sign, { id: now.id, baseVersion: now.version, attachmentId: attachmentId! })
  }
  const [attachmentId] = await photos(w, 'wang', 1)
  return w.as('wang').do(operations.receive, { id: now.id, baseVersion: now.version, signer: '冯立勤', duty: '主要负责人', attachmentId: attachmentId! })
}

/** 现场检查记录 of the visit, issued and signed. */
export async function recorded(w: World, found: Found): Promise<PaperDetail> {
  const draft = await w.as('wang').do(operations.draft, draftOf('D04', found, { checked: '用电、通风、疏散', handling: '责令限期整改' }))
  return signed(w, await w.as('wang').do(operations.issue, { id: draft.id, baseVersion: draft.version }))
}

/** Drafted and approved by the team lead (or whoever is named). */
export async function approvedPaper(w: World, draft: Draft, by: CastName = 'xu'): Promise<PaperDetail> {
  const drafted = await w.as('wang').do(operations.draft, draft)
  const submitted = await w.as('wang').do(operations.submit, { id: drafted.id, baseVersion: drafted.version })
  return w.as(by).do(operations.approve, { id: drafted.id, baseVersion: submitted.version, note: '同意' })
}

export const issued = async (w: World, draft: Draft, by: CastName = 'xu'): Promise<PaperDetail> => {
  const paper = await approvedPaper(w, draft, by)
  return w.as('wang').do(operations.issue, { id: paper.id, baseVersion: paper.version })
}

/** From draft to 直接送达 today. */
export async function servedPaper(w: World, draft: Draft, by: CastName = 'xu'): Promise<PaperDetail> {
  const paper = await signed(w, await issued(w, draft, by))
  return w.as('wang').do(operations.serve, { id: paper.id, baseVersion: paper.version, method: 'DIRECT', servedOn: today(w), receiver: '冯立勤' })
}

/** The parts of a downloaded Word file: its text by paragraph, struck-out words left out, and the names inside the package. */
export function readWord(bytes: Uint8Array): { text: string; struck: string; names: string[]; xml: string; footer: string } {
  const parts = unzipSync(bytes)
  const xml = strFromU8(parts['word/document.xml']!)
  const runs = (paragraph: string, struck: boolean) =>
    [...paragraph.matchAll(/<w:r>.*?<\/w:r>/gs)].filter(([run]) => run.includes('<w:strike/>') === struck).flatMap(([run]) => [...run.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((m) => m[1]!)).join('')
  const paragraphs = [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([p]) => p)
  const footer = Object.keys(parts).filter((name) => /footer\d*\.xml$/.test(name)).map((name) => strFromU8(parts[name]!)).join('')
  return { text: paragraphs.map((p) => runs(p, false)).filter((t) => t !== '').join('\n'), struck: paragraphs.map((p) => runs(p, true)).join(''), names: Object.keys(parts), xml, footer }
}
