import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, type CastName, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'
import { confirmed, get, inDays, on, photo, plan, reported, serve } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const pair = [castIds.wang, castIds.he]
const zhaoSubmits = async (id: string, reports: string[] = []) =>
  w.as('zhao').do(operations.submit, { ...(await on(w, id, 'zhao')), photosAfter: [await photo(w, 'zhao')], reports, note: '已更换' })

async function rectifying(more: Record<string, unknown> = {}, days = 15) {
  const { id } = await confirmed(w, more)
  await serve(w, [id], inDays(w, days))
  await w.as('zhao').do(operations.acknowledge, { ...(await on(w, id)), plan: plan(inDays(w, days)) })
  return id
}
async function reinspecting() {
  const id = await rectifying()
  await zhaoSubmits(id)
  await w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: pair })
  return id
}

describe('hazard: 拒绝外人', () => {
  it('another district sees nothing and touches nothing: list, figures, get, export, supervisions, every command', async () => {
    const { id, version } = await reported(w, 'wang')
    const qian = w.as('qian')
    expect((await qian.do(operations.list, {})).total).toBe(0)
    expect((await qian.do(operations.figures, {})).all).toBe(0)
    expect((await qian.do(operations.supervisions, {})).total).toBe(0)
    expect((await qian.call(operations.get, { id })).status).toBe(404)
    const base = { id, baseVersion: version }
    const calls = [
      () => qian.call(operations.confirm, { ...base, level: 'GENERAL' }), () => qian.call(operations.void, { ...base, code: 'FALSE', reason: '不属实', photos: [randomUUID()] }), () => qian.call(operations.fixOnSite, base),
      () => qian.call(operations.verifyFix, { ...base, verified: true }), () => qian.call(operations.assignReinspection, { ...base, officers: pair }), () => qian.call(operations.reinspect, { ...base, officers: pair, passed: true, note: '合格' }),
      () => qian.call(operations.askTransfer, { ...base, toDept: '消防', materials: ['照片'], reason: '职权' }), () => qian.call(operations.reopen, { ...base, description: '又发生' }), () => qian.call(operations.appeal, { ...base, reason: '属实' }),
      () => qian.call(operations.raise, { ...base, clauseId: 'GM-3-1', officers: pair, reason: '加重' }),
    ]
    for (const call of calls) {
      const answer = await call()
      expect([answer.status, answer.problem.code]).toEqual([404, 'common.missing'])
    }
    expect((await qian.call(operations.confirmMany, { hazards: [base] })).status).toBe(422)
    expect((await get(w, 'wang', id)).version).toBe(version)
  })
  it('an enterprise sees its own only, another street nothing of this one', async () => {
    await reported(w, 'wang', { siteId: ids.otherSite })
    const rows = (await w.as('zhao').do(operations.list, { limit: 200 })).rows
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map((row) => row.enterpriseId))).toEqual(new Set([ids.enterprise]))
    expect((await w.as('han').do(operations.list, {})).rows.map((row) => row.street)).toEqual([areas.otherStreet])
  })
  it.each<[CastName, keyof typeof operations]>([
    ['zhao', 'confirm'], ['lin', 'confirm'], ['lin', 'void'], ['zhou', 'voidMajor'], ['wang', 'closeMajor'], ['wang', 'review'], ['wang', 'decideExtension'], ['wang', 'freeze'], ['wang', 'unfreeze'], ['wang', 'decideTransfer'],
    ['wang', 'receipt'], ['wang', 'submit'], ['wang', 'acknowledge'], ['wang', 'start'], ['wang', 'lower'], ['zhao', 'reinspect'], ['zhao', 'verifyFix'], ['zhao', 'export'], ['wang', 'propose'], ['zhao', 'supervise'],
    ['lin', 'superviseReport'], ['zheng', 'list'], ['wang', 'giveOpinion'], ['zhao', 'remindMany'], ['chen', 'raise'], ['zhao', 'askTransfer'], ['wang', 'askExtension'],
  ])('%s may not call hazard.%s', async (name, key) => {
    const answer = await w.as(name).call(operations[key] as never, { id: randomUUID(), supervisionId: randomUUID() } as never)
    expect([(answer as { status: number }).status, (answer as { problem: { code: string } }).problem.code]).toEqual([403, 'common.forbidden'])
  })
})

describe('hazard: 拒绝胡来', () => {
  it('T1 a report without photo, item or a known category', async () => {
    const base = { id: randomUUID(), siteId: ids.site, source: 'INSPECTION' as const, location: '车间', description: '无护罩' }
    const noPhoto = await w.as('wang').call(operations.report, { ...base, category: 'XC-02' })
    expect([noPhoto.status, noPhoto.problem.code, noPhoto.problem.fields?.[0]?.message]).toEqual([422, 'hazard.photo_needed', '请至少上传一张照片'])
    expect((await w.as('wang').call(operations.report, { ...base, category: 'ZZ' })).problem.code).toBe('hazard.item_or_category')
    expect((await w.as('wang').call(operations.report, { ...base, category: 'XC-02', photosBefore: [randomUUID()] })).problem.code).toBe('attachment.not_there')
    expect((await w.as('wang').call(operations.report, { ...base, category: 'XC-02', location: '' })).status).toBe(400)
  })
  it('a management item (基础管理) needs no photo', async () => {
    const h = await reported(w, 'wang', { category: 'JC-06', description: '无培训记录', photosBefore: [] })
    expect(h.state).toBe('REPORTED')
  })
  it('wrong state says so in Chinese and changes nothing', async () => {
    const { id } = await confirmed(w)
    const base = await on(w, id)
    const answer = await w.as('wang').call(operations.confirm, { ...base, level: 'GENERAL' })
    expect([answer.status, answer.problem.title]).toEqual([422, '这条隐患现在的状态不能这样办，请刷新后再看'])
    expect((await on(w, id)).baseVersion).toBe(base.baseVersion)
  })
  it('two people close one hazard at once: one closes, the other reads that somebody was quicker', async () => {
    const id = await reinspecting()
    const base = await on(w, id)
    const close = (who: 'wang' | 'he') => w.as(who).call(operations.reinspect, { ...base, officers: pair, passed: true, note: '合格' })
    const answers = await Promise.all([close('wang'), close('he')])
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
    expect(answers.find((a) => a.status === 409)!.problem.code).toBe('common.stale')
    expect((await get(w, 'wang', id)).timeline.filter((e) => e.event === 'hazard.closed')).toHaveLength(1)
  })
  it('the same command sent twice runs once', async () => {
    const { id } = await reported(w, 'wang')
    const key = randomUUID()
    const input = { ...(await on(w, id)), level: 'GENERAL' as const }
    const [first, second] = [await w.as('wang').call(operations.confirm, input, { key }), await w.as('wang').call(operations.confirm, input, { key })]
    expect(second.ok).toEqual(first.ok)
    expect((await get(w, 'wang', id)).timeline.filter((e) => e.event === 'hazard.confirmed')).toHaveLength(1)
  })
  it('T6 a term too long, one officer and a hazard not confirmed are refused together', async () => {
    const { id } = await reported(w, 'wang')
    await expect(serve(w, [id], inDays(w, 90))).rejects.toMatchObject({ fields: [{ code: 'hazard.wrong_state' }, { code: 'hazard.due_too_far' }] })
  })
  it('T10 an officer of another district is certified but out of reach', async () => {
    const id = await rectifying()
    await zhaoSubmits(id)
    const answer = await w.as('xu').call(operations.assignReinspection, { ...(await on(w, id)), officers: [castIds.wang, castIds.qian] })
    expect(answer.problem.code).toBe('hazard.officer_out_of_reach')
    const grid = await w.as('xu').call(operations.assignReinspection, { ...(await on(w, id)), officers: [castIds.wang, castIds.lin] })
    expect(grid.problem.fields?.map((f) => f.code)).toContain('hazard.officer_without_certificate')
  })
  it('T12 a new term longer than the first', async () => {
    const id = await reinspecting()
    const answer = await w.as('he').call(operations.reinspect, { ...(await on(w, id)), officers: pair, passed: false, note: '未改', newDueOn: inDays(w, 16) })
    expect(answer.problem.fields?.[0]).toMatchObject({ path: 'newDueOn', code: 'hazard.new_due_too_far' })
  })
})

describe('hazard: 办得成', () => {
  it('walks a general hazard from report to close with every paper date kept', async () => {
    const { id } = await confirmed(w)
    await serve(w, [id], inDays(w, 15))
    expect((await get(w, 'zhao', id)).waiting).toContain('企业在 3月20日 24:00 前')
    await w.as('zhao').do(operations.acknowledge, { ...(await on(w, id)), plan: plan(inDays(w, 10)) })
    await zhaoSubmits(id)
    await w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: pair })
    const closed = await w.as('wang').do(operations.reinspect, { ...(await on(w, id)), officers: pair, passed: true, note: '已整改到位' })
    expect(closed).toMatchObject({ state: 'CLOSED', waiting: '' })
    const page = await get(w, 'chen', id)
    expect(page.timeline.map((e) => e.label)).toEqual(['上报', '核定', '责令整改', '签收并报方案', '提交整改', '安排复查', '销号'])
    expect(page.photos.map((p) => p.role)).toEqual(['BEFORE', 'AFTER'])
  })
  it('a failed re-inspection opens a second round, keeps the first term in the history and proposes a case', async () => {
    const id = await reinspecting()
    await w.as('wang').do(operations.reinspect, { ...(await on(w, id)), officers: pair, passed: false, note: '线路仍裸露', newDueOn: inDays(w, 5) })
    expect(await get(w, 'wang', id)).toMatchObject({ state: 'RECTIFYING', round: 1, dueOn: inDays(w, 5), originalDueOn: inDays(w, 15) })
  })
  it('a patrol hazard that lin saw fixed: confirmed by an inspector, then lin closes it (T4, T5, I2)', async () => {
    const h = await reported(w, 'lin', { source: 'PATROL', fixedOnSite: true, photosAfter: [await photo(w, 'lin')] })
    expect(h.state).toBe('REPORTED')
    expect((await w.as('wang').do(operations.confirm, { ...(await on(w, h.id)), level: 'GENERAL' })).state).toBe('FIXED_ON_SITE')
    expect((await w.as('lin').do(operations.verifyFix, { ...(await on(w, h.id)), verified: true })).state).toBe('CLOSED')
    expect((await get(w, 'wang', h.id)).closedHow).toBe('ON_SITE')
  })
  it('lin records a fix after the confirmation; a fix that is not real goes back (T4, T5)', async () => {
    const { id } = await confirmed(w)
    await w.as('lin').do(operations.fixOnSite, { ...(await on(w, id)), photosAfter: [await photo(w, 'lin')] })
    const lin = await w.as('lin').call(operations.verifyFix, { ...(await on(w, id)), verified: true })
    expect(lin.problem.code).toBe('hazard.grid_closes_patrol_only')
    expect((await w.as('wang').do(operations.verifyFix, { ...(await on(w, id)), verified: false, reason: '未断电' })).state).toBe('CONFIRMED')
  })
  it('an enterprise starts its own self-check hazard without a paper (T6b) and asks for more time (T8)', async () => {
    const h = await reported(w, 'zhao', { source: 'INSPECTION', category: 'XC-02' })
    expect((await get(w, 'zhao', h.id)).source).toBe('SELF_CHECK')
    await w.as('wang').do(operations.confirm, { ...(await on(w, h.id)), level: 'GENERAL' })
    await w.as('zhao').do(operations.start, { ...(await on(w, h.id)), dueOn: inDays(w, 12) })
    await w.as('zhao').do(operations.askExtension, { ...(await on(w, h.id)), dueOn: inDays(w, 20), reason: '配件未到' })
    expect((await get(w, 'xu', h.id)).waiting).toContain('科长在 3月10日 24:00 前答复延期申请')
    await w.as('xu').do(operations.decideExtension, { ...(await on(w, h.id)), granted: true, reply: '同意' })
    expect(await get(w, 'zhao', h.id)).toMatchObject({ dueOn: inDays(w, 20), originalDueOn: inDays(w, 12), extensions: 1, pending: null })
  })
  it('a void report keeps its number, the finder appeals once (T3)', async () => {
    const h = await reported(w, 'lin', { source: 'PATROL' })
    await w.as('wang').do(operations.void, { ...(await on(w, h.id)), code: 'FALSE', reason: '现场无此情况', photos: [await photo(w, 'wang')] })
    expect((await w.as('he').call(operations.appeal, { ...(await on(w, h.id)), reason: '属实' })).problem.code).toBe('hazard.only_finder_appeals')
    const again = await w.as('lin').do(operations.appeal, { ...(await on(w, h.id)), reason: '照片可见' })
    expect(again).toMatchObject({ state: 'REPORTED', no: h.no })
    await w.as('xu').do(operations.void, { ...(await on(w, h.id)), code: 'FALSE', reason: '再查无此情况', photos: [await photo(w, 'xu')] })
    expect((await w.as('lin').call(operations.appeal, { ...(await on(w, h.id)), reason: '属实' })).problem.code).toBe('hazard.appealed_already')
  })
  it('a transfer: asked, approved by another, returned with a reason; asked again and answered (T13, T14)', async () => {
    const { id } = await confirmed(w)
    const send = async () => {
      await w.as('wang').do(operations.askTransfer, { ...(await on(w, id)), toDept: '区消防救援大队', materials: ['照片', '情况说明'], reason: '属消防职权' })
      return w.as('xu').do(operations.decideTransfer, { ...(await on(w, id)), approved: true, reason: '同意' })
    }
    expect((await send()).state).toBe('TRANSFERRED')
    expect((await get(w, 'wang', id)).waiting).toContain('区消防救援大队在 3月10日 24:00 前回执')
    expect((await w.as('xu').do(operations.receipt, { ...(await on(w, id)), returned: true, result: '不属本部门' })).state).toBe('CONFIRMED')
    await send()
    expect((await w.as('xu').do(operations.receipt, { ...(await on(w, id)), returned: false, result: '已立案查处' })).state).toBe('TRANSFER_CLOSED')
  })
  it('the same thing seen again while open counts once; closed and seen again within 90 days reopens (T17)', async () => {
    const spot = { location: '打磨车间3号机', description: '防护罩缺失' }
    const first = await reported(w, 'lin', { source: 'PATROL', ...spot })
    const again = await reported(w, 'wang', { ...spot, location: '打磨车间“3号机”' })
    expect(again).toMatchObject({ id: first.id, no: first.no, sighting: true })
    expect((await get(w, 'wang', first.id)).sightings).toBe(2)
    await w.as('wang').do(operations.confirm, { ...(await on(w, first.id)), level: 'GENERAL' })
    await w.as('wang').do(operations.fixOnSite, { ...(await on(w, first.id)), photosAfter: [await photo(w, 'wang')] })
    await w.as('he').do(operations.verifyFix, { ...(await on(w, first.id)), verified: true })
    const reopened = await w.as('wang').do(operations.reopen, { ...(await on(w, first.id)), description: '又缺失', photos: [await photo(w, 'wang')] })
    expect(reopened.state).toBe('CONFIRMED')
    expect(await get(w, 'wang', first.id)).toMatchObject({ recurrence: true, closedAt: null })
  })
  it('general hazards are confirmed in one go, a major one among them is answered with its reason', async () => {
    const two = [await reported(w, 'lin', { source: 'PATROL' }), await reported(w, 'lin', { source: 'PATROL' })]
    const major = await reported(w, 'lin', { source: 'PATROL', level: 'MAJOR' })
    const answer = await w.as('wang').do(operations.confirmMany, { hazards: [...two, major].map((h) => ({ id: h.id, baseVersion: h.version })) })
    expect(answer.done.map((h) => h.state)).toEqual(['CONFIRMED', 'CONFIRMED'])
    expect(answer.refused).toEqual([{ id: major.id, why: '认定重大隐患须有专家意见或科室会审' }])
  })
  it('says what can be done now and why not, from the same rules as the refusal', async () => {
    const id = await rectifying({}, 8)
    const zhao = (await get(w, 'zhao', id)).actions
    expect(zhao.map((a) => [a.action, a.allowed])).toEqual([['askExtension', false], ['submit', true]])
    expect(zhao[0]!.why).toEqual(['延期须在到期 10 日前申请'])
    expect((await get(w, 'lin', id)).actions).toEqual([])
  })
  it('hazard.officers offers those with the right there and a certificate today', async () => {
    const id = await rectifying()
    const rows = (await w.as('xu').do(operations.officers, { id })).rows
    expect(rows.map((row) => row.name).sort()).toEqual(['何汀筠', '许听澜', '陆问渠', '王砚川'].sort())
    expect((await w.as('zhao').call(operations.officers, { id })).status).toBe(403)
    expect((await w.as('qian').call(operations.officers, { id })).status).toBe(404)
  })
  it('reminds several at once, and only those with a term', async () => {
    const [a, b] = [await rectifying(), (await confirmed(w)).id]
    const answer = await w.as('zhou').do(operations.remindMany, { hazards: [await on(w, a), await on(w, b)] })
    expect([answer.done.map((h) => h.id), answer.refused.map((r) => r.id)]).toEqual([[a], [b]])
  })
})
