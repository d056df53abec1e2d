import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { castIds, type CastName, ids } from '../../../house/cast.ts'
import type { World } from '../../../house/world.ts'
import { operations as attachment } from '../../attachment/operations.ts'
import { shippedChecklist } from '../../checklist/library.ts'
import { ensureShipped } from '../../checklist/server/public.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { operations } from '../operations.ts'

export const yc = shippedChecklist('YC')

/** The shipped checklists in a test world. */
export const withChecklists = (w: World): Promise<void> => w.app.db.transaction((tx) => ensureShipped(tx, w.app.runtime.now()))

let seed = 0
/** Uploads so many different pictures as this person. */
export async function photos(w: World, who: CastName, count: number, enterpriseId: string = ids.enterprise): Promise<string[]> {
  const made: string[] = []
  for (let i = 0; i < count; i++) {
    seed += 1
    const raw = Buffer.alloc(64 * 48 * 3)
    for (let b = 0; b < raw.length; b++) raw[b] = Math.imul(Math.floor(b / 24) + seed * 977, 2654435761) >>> 24
    const body = await sharp(raw, { raw: { width: 64, height: 48, channels: 3 } }).png().toBuffer()
    const id = randomUUID()
    await w.as(who).do(attachment.upload, { id, takenAt: w.app.runtime.now().toISOString(), enterpriseId }, { body, headers: { 'x-file-name': 'a.png' } })
    made.push(id)
  }
  return made
}

type Plan = InputOf<typeof operations.plan>
export type Recorded = InputOf<typeof operations.record>
type People = Recorded['people']

export const officers: People = [{ personId: castIds.wang, part: 'OFFICER', conflictDeclared: true }, { personId: castIds.he, part: 'OFFICER', conflictDeclared: true }]
export const alone = (who: CastName, part: 'GRID' | 'ASSISTANT' = 'GRID'): People => [{ personId: castIds[who], part }]

/** A daily inspection of 主厂区 by wang and he with the 40 items of the night list. */
export const dailyPlan = (id: string, more: Partial<Plan> = {}): Plan => ({
  visits: [{ id, siteId: ids.site }], kind: 'ADMIN_DAILY', plannedOn: '2026-03-05', people: officers, versionIds: [yc.id], purpose: '年度计划检查', taskSource: 'ANNUAL_PLAN', ...more,
})

export const after = (w: World, minutes: number): string => new Date(w.app.runtime.now().getTime() + minutes * 60_000).toISOString()

/** Every item answered 符合; the answers given replace those of the same item. */
export const answered = (...given: NonNullable<Recorded['answers']>): NonNullable<Recorded['answers']> => [
  ...yc.items.filter((item) => !given.some((g) => g.itemCode === item.code)).map((item) => ({ versionId: yc.id, itemCode: item.code, answer: 'COMPLIES' as const, byRest: true })),
  ...given,
]

export const answer = (itemCode: string, value: 'FAILS' | 'FIXED' | 'COMPLIES'): NonNullable<Recorded['answers']>[number] => ({ versionId: yc.id, itemCode, answer: value })

/** A hazard with the defaults of its item, as the recording page fills them in. */
export function finding(itemCode: string, more: Partial<NonNullable<Recorded['findings']>[number]> = {}): NonNullable<Recorded['findings']>[number] {
  const item = yc.items.find((i) => i.code === itemCode)!
  return { id: randomUUID(), versionId: yc.id, itemCode, category: item.hazardCategory, location: '一车间', description: `不符合：${item.content}`, requirement: item.defaultRequirement, ...more }
}

/** A complete record of an inspection whose hour ends now: everything asked by law is there. */
export function inspection(w: World, id: string, given: { baseVersion?: number; signs: string[] } & Partial<Recorded>): Recorded {
  const { signs, ...more } = given
  return {
    id, kind: 'ADMIN_DAILY', siteId: ids.site, versionIds: [yc.id], people: officers, purpose: '年度计划检查', taskSource: 'ANNUAL_PLAN', arrivedAt: after(w, -60), leftAt: after(w, -1), idShownAt: after(w, -58), informedAt: after(w, -57),
    scan: { moment: 'BEFORE', scannedAt: after(w, -60) }, outcome: 'CHECKED', answers: answered(), companion: { name: '赵启澄', duty: '安全管理员' },
    signature: { state: 'SIGNED', companyAttachmentId: signs[0]!, officerAttachmentIds: [signs[1]!, signs[2]!] }, ...more,
  }
}

/** Plans, submits and approves: the visit may begin. */
export async function approved(w: World, more: Partial<Plan> = {}, by: CastName = 'chen'): Promise<{ id: string; version: number }> {
  const id = more.visits?.[0]?.id ?? randomUUID()
  const planned = await w.as('wang').do(operations.plan, dailyPlan(id, more))
  const submitted = await w.as('wang').do(operations.submit, { visits: [{ id, baseVersion: planned.visits[0]!.version }] })
  const decided = await w.as(by).do(operations.approve, { visits: [{ id, baseVersion: submitted.visits[0]!.version }], opinion: '同意' })
  return { id, version: decided.visits[0]!.version }
}
