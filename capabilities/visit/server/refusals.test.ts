import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations as staff } from '../../staff/operations.ts'
import { operations } from '../operations.ts'
import { after, alone, answer, answered, approved, dailyPlan, finding, inspection, officers, photos, withChecklists, yc } from './fixtures.ts'

let w: World
let signs: string[]
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
  signs = await photos(w, 'wang', 3)
})
afterAll(() => w.close())

const fields = (problem: { fields?: { path: string; code: string }[] }) => problem.fields?.map((f) => [f.path, f.code])
const arrival = () => ({ arrivedAt: after(w, -60), idShownAt: after(w, -59), informedAt: after(w, -58) })

describe('走访：拒绝胡来', () => {
  it('网格员不能作为行政检查的执法人员，只能陪同并在审批中列明', async () => {
    const withLin = dailyPlan(randomUUID(), { people: [officers[0]!, { personId: castIds.lin, part: 'OFFICER', conflictDeclared: true }] })
    const refused = await w.as('wang').call(operations.plan, withLin)
    expect([refused.status, fields(refused.problem)]).toEqual([422, [['people.1.personId', 'visit.certificate_missing'], ['people', 'visit.officers_two']]])
    expect(refused.problem.fields?.[0]?.message).toBe('林禾安在检查当日没有有效的执法证，不能作为执法人员')
    const { id, version } = await approved(w)
    const brought = inspection(w, id, { baseVersion: version, signs, people: [...officers, { personId: castIds.lin, part: 'GRID' }] })
    expect(fields((await w.as('wang').call(operations.record, brought)).problem)).toEqual([['people.2', 'visit.assistant_not_approved']])
    const named = await approved(w, { people: [...officers, { personId: castIds.lin, part: 'GRID' }] })
    expect((await w.as('wang').do(operations.record, { ...brought, id: named.id, baseVersion: named.version })).state).toBe('DONE')
  })
  it('有证而不在执法岗位的人也不能作为执法人员', async () => {
    const refused = await w.as('wang').call(operations.plan, dailyPlan(randomUUID(), { people: [officers[0]!, { personId: castIds.wei, part: 'OFFICER', conflictDeclared: true }] }))
    expect(refused.problem.code).toBe('visit.not_an_inspector')
  })
  it('执法证按检查当日核对：计划时有效、检查时已过期的不能开始', async () => {
    const { id, version } = await approved(w)
    await w.app.db.pool.query(`update certificate set valid_to = '2026-03-04' where person_id = $1`, [castIds.he])
    const refused = await w.as('wang').call(operations.start, { id, baseVersion: version, ...arrival() })
    expect(fields(refused.problem)).toEqual([['people.1.personId', 'visit.certificate_missing'], ['people', 'visit.officers_two']])
    await w.app.db.pool.query(`update certificate set valid_to = '2028-12-31' where person_id = $1`, [castIds.he])
    expect((await w.as('wang').do(operations.start, { id, baseVersion: version, ...arrival() })).state).toBe('IN_PROGRESS')
  })
  it('未批准不能到场，也不能直接办结', async () => {
    const id = randomUUID()
    await w.as('wang').do(operations.plan, dailyPlan(id))
    expect((await w.as('wang').call(operations.start, { id, baseVersion: 1, ...arrival() })).problem.code).toBe('visit.not_approved')
    expect((await w.as('wang').call(operations.record, inspection(w, id, { baseVersion: 1, signs }))).problem.code).toBe('visit.not_approved')
    expect((await w.as('wang').call(operations.record, inspection(w, randomUUID(), { signs }))).problem.code).toBe('visit.not_approved')
  })
  it('没有报告可阅处的、由检查转来的，都不成立', async () => {
    const { id, version } = await approved(w)
    expect((await w.as('chen').call(operations.acknowledge, { id, baseVersion: version, opinion: '已阅' })).problem.code).toBe('visit.wrong_state')
    const from = await w.as('wang').call(operations.plan, dailyPlan(randomUUID(), { kind: 'ADMIN_CASE', taskSource: 'CLUE', clueKind: 'CONVERTED', clueNo: 'X', convertedFromId: id }))
    expect(from.problem.code).toBe('visit.within_not_led')
    const recorded = await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs }))
    expect((await w.as('chen').call(operations.acknowledge, { id, baseVersion: recorded.version, opinion: '已阅' })).problem.code).toBe('visit.nothing_to_read')
  })
  it('退还任务要有理由；未批准的、已开始的、旧版本的不能退还', async () => {
    const early = randomUUID()
    await w.as('wang').do(operations.plan, dailyPlan(early))
    expect((await w.as('wang').call(operations.handBack, { id: early, baseVersion: 1, reason: '出差' })).problem.code).toBe('visit.not_approved')
    const { id, version } = await approved(w)
    expect((await w.as('he').call(operations.handBack, { id, baseVersion: version, reason: ' ' })).status).toBe(400)
    expect((await w.as('he').call(operations.handBack, { id, baseVersion: version - 1, reason: '出差' })).problem.code).toBe('common.stale')
    const { version: running } = await w.as('wang').do(operations.start, { id, baseVersion: version, ...arrival() })
    expect((await w.as('he').call(operations.handBack, { id, baseVersion: running, reason: '出差' })).problem.code).toBe('visit.wrong_state')
  })
  it('审批人不能参加检查', async () => {
    const id = randomUUID()
    await w.as('xu').do(operations.plan, dailyPlan(id, { people: [officers[0]!, { personId: castIds.xu, part: 'OFFICER', conflictDeclared: true }] }))
    await w.as('xu').do(operations.submit, { visits: [{ id, baseVersion: 1 }] })
    expect((await w.as('xu').call(operations.approve, { visits: [{ id, baseVersion: 2 }], opinion: '同意' })).problem.code).toBe('visit.approver_takes_part')
    expect((await w.as('xu').do(operations.get, { id })).actions.find((a) => a.action === 'approve')).toMatchObject({ allowed: false, why: ['审批人不能同时是参加检查的人员'] })
    expect((await w.as('chen').do(operations.approve, { visits: [{ id, baseVersion: 2 }], opinion: '同意' })).visits[0]!.state).toBe('APPROVED')
  })
  it('不参加的人不能记录；有利害关系的须回避；未声明的不能开始', async () => {
    const { id, version } = await approved(w)
    expect((await w.as('lu').call(operations.record, inspection(w, id, { baseVersion: version, signs }))).problem.code).toBe('visit.recorder_not_there')
    const related = [{ ...officers[0]!, conflict: '配偶在该企业任职' }, officers[1]!]
    expect((await w.as('wang').call(operations.start, { id, baseVersion: version, ...arrival(), people: related })).problem.code).toBe('visit.recusal_needed')
    const silent = [officers[0]!, { ...officers[1]!, conflictDeclared: false }]
    expect((await w.as('wang').call(operations.start, { id, baseVersion: version, ...arrival(), people: silent })).problem.code).toBe('visit.declaration_missing')
  })
  it('旧版本、别的企业、别的方式都不能写入', async () => {
    const { id, version } = await approved(w)
    expect((await w.as('wang').call(operations.record, inspection(w, id, { baseVersion: version - 1, signs }))).problem.code).toBe('common.stale')
    expect((await w.as('wang').call(operations.record, inspection(w, id, { baseVersion: version, signs, siteId: ids.otherSite }))).problem.code).toBe('visit.kind_altered')
    expect((await w.as('wang').call(operations.submit, { visits: [{ id, baseVersion: version }] })).problem.code).toBe('visit.wrong_state')
    expect((await w.as('wang').call(operations.plan, dailyPlan(id))).status).toBe(409)
  })
  it('作答、隐患、签字的问题一次说完，什么也不写入', async () => {
    const { id, version } = await approved(w)
    const refused = await w.as('wang').call(operations.record, inspection(w, id, { baseVersion: version, signs, signature: undefined, answers: answered(answer('YC-08', 'FAILS')), findings: [finding('YC-08')] }))
    expect(fields(refused.problem)).toEqual([['answers.39.photosBefore', 'checklist.photo_required'], ['signature.state', 'visit.sign_missing']])
    expect((await w.as('wang').do(operations.get, { id })).state).toBe('APPROVED')
  })
  it('第三方协助须依附列明协助人员的已批准检查', async () => {
    const people = [{ personId: castIds.wang, part: 'OFFICER' as const, conflictDeclared: true }, { name: '曾平野', organisation: '安川安全技术中心', part: 'EXPERT' as const }]
    const help = (withinVisitId: string) => ({ id: randomUUID(), kind: 'THIRD_PARTY' as const, siteId: ids.site, people, withinVisitId, arrivedAt: after(w, -30), leftAt: after(w, -5), outcome: 'CHECKED' as const })
    const bare = await approved(w)
    expect((await w.as('wang').call(operations.record, help(bare.id))).problem.code).toBe('visit.within_not_led')
    const led = await approved(w, { people: [...officers, people[1]!] })
    expect((await w.as('wang').do(operations.record, help(led.id))).state).toBe('DONE')
  })
  it('网格巡查不能列执法人员，也不能用执法检查表', async () => {
    const patrol = { id: randomUUID(), kind: 'PATROL' as const, siteId: ids.site, people: [...alone('lin'), officers[0]!], arrivedAt: after(w, -30), leftAt: after(w, -5), outcome: 'CHECKED' as const }
    expect((await w.as('lin').call(operations.record, patrol)).problem.code).toBe('visit.no_officer_in_kind')
    expect((await w.as('lin').call(operations.record, { ...patrol, people: alone('lin'), versionIds: [yc.id], answers: answered() })).problem.code).toBe('checklist.wrong_visit_kind')
  })
})

describe('走访：重放与并发', () => {
  it('同一幂等键重放得到同一结果，内容改动即冲突', async () => {
    const { id, version } = await approved(w)
    const input = inspection(w, id, { baseVersion: version, signs })
    const key = randomUUID()
    const first = await w.as('wang').do(operations.record, input, { key })
    expect(await w.as('wang').do(operations.record, input, { key })).toEqual(first)
    expect((await w.as('wang').call(operations.record, { ...input, note: '改过' }, { key })).problem.code).toBe('common.key_altered')
    expect((await w.as('wang').do(operations.get, { id })).timeline.filter((e) => e.event === 'visit.recorded')).toHaveLength(1)
  })
  it('两名执法人员同时办结，只有一人成功', async () => {
    const { id, version } = await approved(w)
    const input = inspection(w, id, { baseVersion: version, signs })
    const answers = await Promise.all([w.as('wang').call(operations.record, input), w.as('he').call(operations.record, input)])
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
  })
})

describe('R3-6 频次上限', () => {
  const cap = (more: Record<string, unknown> = {}) => ({ id: randomUUID(), areaCode: areas.district, year: 2026, industryClass: 'OTHER' as const, standardLevel: 'NONE' as const, capPerYear: 1, sourceDoc: '安澜区涉企行政检查频次公告', ...more })
  it('计划时提示，到场时拦截；有线索的个案写明理由可以检查；联合检查多处场所只计一次', async () => {
    const other = { visits: [{ id: randomUUID(), siteId: ids.otherSite }] }
    const warned = await w.as('wang').do(operations.plan, dailyPlan('', other))
    expect(warned.visits[0]!.warnings).toEqual(['年度频次上限尚未配置，请注意控制检查次数'])
    const set = await w.as('xu').do(operations.setCap, cap())
    const first = await approved(w, { visits: [{ id: randomUUID(), siteId: ids.otherSite }] })
    const second = await approved(w, { visits: [{ id: randomUUID(), siteId: ids.otherSite }] })
    const at = { siteId: ids.otherSite }
    await w.as('wang').do(operations.record, inspection(w, first.id, { baseVersion: first.version, signs, ...at }))
    const usage = await w.as('wang').do(operations.capUsage, { enterpriseId: ids.otherEnterprise, year: 2026 })
    expect(usage).toMatchObject({ cap: 1, used: 1, left: 0, sourceDoc: '安澜区涉企行政检查频次公告' })
    const blocked = await w.as('wang').call(operations.start, { id: second.id, baseVersion: second.version, ...arrival() })
    expect([blocked.status, blocked.problem.title]).toEqual([422, '该企业今年已检查 1 次，达到频次上限 1 次；有线索的，改为个案检查'])
    const planned = await w.as('wang').do(operations.plan, dailyPlan('', { visits: [{ id: randomUUID(), siteId: ids.otherSite }] }))
    expect(planned.visits[0]!.warnings).toEqual(['该企业今年已检查 1 次，达到频次上限 1 次；有线索的，改为个案检查'])
    const clue = await approved(w, { visits: [{ id: randomUUID(), siteId: ids.otherSite }], kind: 'ADMIN_CASE', clueKind: 'COMPLAINT', clueNo: 'JB-7', taskSource: 'CLUE' })
    const clued = inspection(w, clue.id, { baseVersion: clue.version, signs, kind: 'ADMIN_CASE', ...at })
    expect((await w.as('wang').call(operations.record, clued)).problem.code).toBe('visit.cap_override_reason')
    expect((await w.as('wang').do(operations.record, { ...clued, capOverrideReason: '举报消防通道封堵，须立即核实' })).state).toBe('DONE')
    const figures = await w.as('wang').do(operations.burden, { year: 2026 })
    expect(figures.most.find((m) => m.enterpriseId === ids.otherEnterprise)).toMatchObject({ used: 1, cap: 1 })
    await w.as('xu').do(operations.setCap, cap({ id: set.id, baseVersion: set.version, capPerYear: null }))
    expect((await w.as('wang').do(operations.start, { id: second.id, baseVersion: second.version, ...arrival() })).state).toBe('IN_PROGRESS')
  })
  it('同一次联合检查的两处场所只计一次', async () => {
    const jointId = randomUUID()
    const joint = { kind: 'JOINT' as const, jointId, jointDepartments: ['区消防救援大队'], taskSource: 'ANNUAL_PLAN' as const }
    const used = async () => (await w.as('wang').do(operations.capUsage, { enterpriseId: ids.enterprise, year: 2026 })).used
    const before = await used()
    for (let i = 0; i < 2; i++) {
      const { id, version } = await approved(w, joint)
      await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs, kind: 'JOINT', jointDepartments: ['区消防救援大队'] }))
    }
    expect(await used()).toBe(before + 1)
  })
  it('两队同时使用最后一次额度，只有一队能开始', async () => {
    const used = (await w.as('wang').do(operations.capUsage, { enterpriseId: ids.enterprise, year: 2026 })).used
    const [row] = (await w.as('xu').do(operations.caps, { year: 2026 })).rows
    await w.as('xu').do(operations.setCap, cap({ id: row!.id, baseVersion: row!.version, capPerYear: used + 1 }))
    const one = await approved(w)
    const two = await approved(w)
    const starts = await Promise.all([one, two].map((v) => w.as('wang').call(operations.start, { id: v.id, baseVersion: v.version, ...arrival() })))
    expect(starts.map((s) => s.status).sort()).toEqual([200, 422])
  })
  it('上限的修改须凭版本，重复设定同一格即冲突', async () => {
    const [row] = (await w.as('xu').do(operations.caps, { year: 2026 })).rows
    expect((await w.as('xu').call(operations.setCap, cap({ id: row!.id, baseVersion: 1 }))).problem.code).toBe('common.stale')
    expect((await w.as('xu').call(operations.setCap, cap())).problem.title).toBe('该区划、年度、类别和等级的上限已经设定')
  })
})

describe('性能', () => {
  it('40 项作答、3 项隐患一次入库，语句数不随项数增长', async () => {
    const record = async (findings: number) => {
      const { id, version } = await approved(w, { kind: 'ADMIN_CASE', clueKind: 'WARNING', clueNo: 'YJ-1', taskSource: 'CLUE' })
      const items = ['YC-10', 'YC-11', 'YC-16'].slice(0, findings)
      const shots = await photos(w, 'wang', findings)
      const input = inspection(w, id, { baseVersion: version, signs, kind: 'ADMIN_CASE', capOverrideReason: '监测预警', answers: answered(...items.map((c) => answer(c, 'FAILS'))), findings: items.map((c, i) => finding(c, { location: `部位${id}`, photosBefore: [shots[i]!] })) })
      await w.as('wang').call(staff.me, {}) // signed in, and remembered for a moment
      const before = w.app.db.sent.count
      await w.as('wang').do(operations.record, input)
      return w.app.db.sent.count - before
    }
    await record(1)
    const [one, three] = [await record(1), await record(3)]
    expect(three).toBe(one)
    // 14 on a server: how to plan is said beside `begin`, in the same piece.
    expect(three).toBeLessThanOrEqual(14)
  })
})
