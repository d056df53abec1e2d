import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as enforcement } from '../../capabilities/enforcement/operations.ts'
import { operations as enterprise } from '../../capabilities/enterprise/operations.ts'
import { operations as hazard } from '../../capabilities/hazard/operations.ts'
import { operations as statistics } from '../../capabilities/statistics/operations.ts'
import { operations as todo } from '../../capabilities/todo/operations.ts'
import { operations as visit } from '../../capabilities/visit/operations.ts'
import { after, answer, answered, approved, finding, inspection, photos, withChecklists } from '../../capabilities/visit/server/fixtures.ts'
import { castIds, type CastName, ids } from '../../house/cast.ts'
import { type World, world } from '../../house/world.ts'

/** The one loop, from the plan to the close-out, as the people who do it, over HTTP on real SQL. */
let w: World
let visitId: string
let found: { general: string; second: string; fixed: string; major: string }
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
})
afterAll(() => w.close())

const get = (who: CastName, id: string) => w.as(who).do(hazard.get, { id })
const states = async () => Object.fromEntries(await Promise.all(Object.entries(found).map(async ([name, id]) => [name, (await get('chen', id)).state])))
const version = async (id: string) => (await get('chen', id)).version

describe('一宗检查从计划走到销号', () => {
  it('两名执法人员经批准检查，查出四项：一项当场已改，一项重大', async () => {
    const planned = await approved(w)
    visitId = planned.id
    const started = await w.as('wang').do(visit.start, { id: visitId, baseVersion: planned.version, arrivedAt: after(w, -60), scan: { moment: 'BEFORE', scannedAt: after(w, -60) }, idShownAt: after(w, -59), informedAt: after(w, -58) })
    const signs = await photos(w, 'wang', 3)
    const [a, b, c, d, e] = await photos(w, 'wang', 5)
    const findings = [
      finding('YC-10', { photosBefore: [a!], days: 15 }), finding('YC-19', { photosBefore: [b!] }), finding('YC-09', { photosBefore: [c!], photosAfter: [d!], fixed: true }),
      finding('YC-29', { photosBefore: [e!], level: 'MAJOR', clauseId: 'GM-11-1', immediateStop: true, opinion: { kind: 'TEAM_REVIEW', text: '符合判定条款', by: '许听澜' } }),
    ]
    const [general, second, fixed, major] = findings.map((f) => f.id) as [string, string, string, string]
    found = { general, second, fixed, major }
    await w.as('wang').do(visit.record, inspection(w, visitId, { baseVersion: started.version, signs, answers: answered(answer('YC-10', 'FAILS'), answer('YC-19', 'FAILS'), answer('YC-09', 'FIXED'), answer('YC-29', 'FAILS')), findings }))
    expect(await states()).toEqual({ general: 'CONFIRMED', second: 'CONFIRMED', fixed: 'CLOSED', major: 'CONFIRMED' })
  })

  it('检查记录、现场处理措施、责令整改依次出具，送达后隐患即为已责令', async () => {
    await paper('D04', { checked: '现场检查了粉尘涉爆场所和用电', handling: '责令改正' })
    const major = await get('wang', found.major)
    await paper('D05', { items: [await choice(major.id, '2026-04-20')], measures: ['STOP_USE'], scope: '打磨车间', until: '隐患消除并经复查同意' })
    await paper('D06', { items: [await choice(found.general, '2026-03-20'), await choice(found.second, '2026-03-06')] })
    expect(await states()).toEqual({ general: 'ORDERED', second: 'ORDERED', fixed: 'CLOSED', major: 'ORDERED' })
    expect((await get('zhao', found.general)).orderNo).toMatch(/^（澜安澜）应急责改〔2026〕1号$/)
  })

  it('企业签收、报方案；一般隐患申请延期获准，原期限留存', async () => {
    const plan = { measures: '更换应急灯并测试', responsible: '赵启澄', fund: 3000, finishOn: '2026-03-15', emergency: '断电时停机疏散' }
    await w.as('zhao').do(hazard.acknowledge, { id: found.general, baseVersion: await version(found.general), plan })
    await w.as('zhao').do(hazard.acknowledge, { id: found.second, baseVersion: await version(found.second), plan: { ...plan, finishOn: '2026-03-06' } })
    const refused = await w.as('zhao').call(hazard.acknowledge, { id: found.major, baseVersion: await version(found.major), plan })
    expect(refused.problem.code).toBe('hazard.principal_signs_plan')
    await w.as('feng').do(hazard.acknowledge, { id: found.major, baseVersion: await version(found.major), plan: { ...plan, measures: '搬离办公室', goal: '粉尘场所内无人办公', team: '冯立勤、赵启澄' } })
    const before = await get('zhao', found.general)
    const asked = await w.as('zhao').do(hazard.askExtension, { id: found.general, baseVersion: before.version, dueOn: '2026-04-01', reason: '灯具到货推迟' })
    await w.as('xu').do(hazard.decideExtension, { id: found.general, baseVersion: asked.version, granted: true, dueOn: '2026-04-01', reply: '同意' })
    const extended = await get('zhao', found.general)
    expect([extended.dueOn, extended.originalDueOn]).toEqual(['2026-04-01', before.dueOn])
  })

  it('逾期后自动进入待复查并逐级升级，每一级都有人办', async () => {
    const second = await get('chen', found.second)
    w.advance({ days: 2 })
    for (let day = 0; day < 9; day++) {
      w.advance({ days: 1 })
      await w.runJobs()
    }
    const late = await get('chen', found.second)
    expect(second.state).toBe('RECTIFYING')
    expect(late).toMatchObject({ state: 'SUBMITTED', overdue: true })
    expect(late.escalation).toBeGreaterThanOrEqual(3)
    const leads = await w.as('xu').do(todo.mine, {})
    expect(JSON.stringify(leads)).toContain(late.no)
  })

  it('复查：一项不合格再走一轮，最后全部销号；重大隐患经审核和签批', async () => {
    const [x, y, z, report] = await photos(w, 'zhao', 4)
    await w.as('zhao').do(hazard.submit, { id: found.general, baseVersion: await version(found.general), photosAfter: [x!], note: '已更换' })
    await w.as('zhao').do(hazard.submit, { id: found.major, baseVersion: await version(found.major), photosAfter: [y!], reports: [report!], note: '已搬离' })
    const officers = [castIds.wang, castIds.lu]
    for (const id of [found.general, found.second, found.major]) await w.as('xu').do(hazard.assignReinspection, { id, baseVersion: await version(id), officers })
    const look = async (id: string, passed: boolean, more: object = {}) =>
      w.as('wang').do(hazard.reinspect, { id, baseVersion: await version(id), officers, passed, note: passed ? '现场核实已整改' : '仍未整改', photos: await photos(w, 'wang', 1), ...more })
    await look(found.general, true)
    await look(found.second, false, { newDueOn: '2026-03-17' })
    await look(found.major, true, { stopLifted: true })
    expect(await states()).toMatchObject({ general: 'CLOSED', second: 'RECTIFYING' })
    expect((await get('chen', found.second)).round).toBe(1)
    await w.as('zhao').do(hazard.submit, { id: found.second, baseVersion: await version(found.second), photosAfter: [z!], note: '已加盖' })
    await w.as('xu').do(hazard.assignReinspection, { id: found.second, baseVersion: await version(found.second), officers })
    await look(found.second, true)
    await w.as('xu').do(hazard.review, { id: found.major, baseVersion: await version(found.major), approved: true, note: '同意销号' })
    await w.as('chen').do(hazard.closeMajor, { id: found.major, baseVersion: await version(found.major), approved: true, note: '同意' })
    expect(await states()).toEqual({ general: 'CLOSED', second: 'CLOSED', fixed: 'CLOSED', major: 'CLOSED' })
  })

  it('企业档案里是完整的经过；外区人员什么也看不到', async () => {
    const timeline = await w.as('wang').do(enterprise.timeline, { id: ids.enterprise, limit: '200' as never })
    const kinds = new Set(timeline.rows.map((row) => row.aggregate))
    expect([...kinds]).toEqual(expect.arrayContaining(['visit', 'hazard', 'paper']))
    expect((await w.as('qian').do(hazard.list, {})).rows).toEqual([])
    expect((await w.as('qian').do(visit.list, {})).rows).toEqual([])
    expect((await w.as('qian').do(enforcement.list, {})).rows).toEqual([])
    expect((await w.as('qian').call(hazard.get, { id: found.major })).status).toBe(404)
    expect((await w.as('qian').do(statistics.home, {})).total).toMatchObject({ visited: 0, found: 0, closed: 0, open: 0 })
    expect((await w.as('chen').do(statistics.home, {})).total).toMatchObject({ open: 0, overdue: 0, major: 0 })
  })
})

/** The hazard on a paper, with every legal basis it may cite confirmed. */
async function choice(hazardId: string, dueOn?: string) {
  const prepared = await w.as('wang').do(enforcement.prepare, { visitId })
  const basis = prepared.hazards.find((h) => h.id === hazardId)?.basis.filter((b) => !b.unnamed).map((b) => b.text) ?? []
  return { hazardId, basis, ...(dueOn ? { dueOn } : {}) }
}

/** Draft → approval → number → two signatures → the party signs → served. */
async function paper(type: 'D04' | 'D05' | 'D06', more: Record<string, unknown>): Promise<void> {
  const [first, second, party] = await photos(w, 'wang', 3)
  const officers = [castIds.wang, castIds.he]
  let now = await w.as('wang').do(enforcement.draft, { id: randomUUID(), type, visitId, officers, ...more } as never)
  const step = async (who: CastName, operation: keyof typeof enforcement, input: Record<string, unknown> = {}) => {
    now = (await w.as(who).do(enforcement[operation] as typeof enforcement.submit, { id: now.id, baseVersion: now.version, ...input } as never)) as typeof now
  }
  if (type !== 'D04') {
    await step('wang', 'submit')
    await step('chen', 'approve', { note: '同意' })
  }
  await step('wang', 'issue')
  await step('wang', 'sign', { attachmentId: first })
  await step('he', 'sign', { attachmentId: second })
  if (now.state !== 'SERVED') await step('wang', 'receive', { signer: '赵启澄', duty: '安全管理员', attachmentId: party })
  if (now.actions.some((a) => a.action === 'serve' && a.allowed)) await step('wang', 'serve', { method: 'DIRECT', servedOn: '2026-03-05', receiver: '赵启澄' })
}
