import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'
import { confirmed, get, inDays, on, photo, plan, reported, serve } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const pair = [castIds.wang, castIds.he]
const wholePlan = (day: string) => ({ ...plan(day), goal: '全部改造为防爆电气', team: '安环部三人' })

async function major(days = 25, more: Record<string, unknown> = {}) {
  const { id } = await confirmed(w, more, true)
  await serve(w, [id], inDays(w, days))
  return id
}
async function handedIn() {
  const id = await major()
  await w.as('feng').do(operations.acknowledge, { ...(await on(w, id)), plan: wholePlan(inDays(w, 20)) })
  await w.as('zhao').do(operations.submit, { ...(await on(w, id)), photosAfter: [await photo(w, 'zhao')], reports: [await photo(w, 'zhao')], note: '改造完成' })
  await w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: pair })
  return id
}

describe('挂牌督办', () => {
  it('is proposed, listed, reported on, verified with an expert and delisted; until then the hazard does not close', async () => {
    const id = await handedIn()
    const supervisionId = randomUUID()
    expect((await w.as('xu').do(operations.propose, { id, supervisionId, reason: '区安委会督办' })).state).toBe('PROPOSED')
    expect((await w.as('chen').call(operations.propose, { id, supervisionId: randomUUID(), reason: '再提' })).problem.code).toBe('hazard.supervision_open')
    const act = (who: 'xu' | 'chen', step: 'list' | 'verify' | 'delist' | 'extend', baseVersion: number, more: object = {}) => w.as(who).call(operations.supervise, { supervisionId, baseVersion, step, reason: '依规办理', ...more })
    expect((await act('chen', 'list', 1, { deadline: inDays(w, 60) })).problem.fields?.map((f) => f.path)).toEqual(['no', 'dutyUnit', 'dutyPerson'])
    const listing = { no: '安委督〔2026〕1号', dutyUnit: '望汀街道办', dutyPerson: '周予宁', deadline: inDays(w, 60) }
    expect((await act('chen', 'list', 1, { ...listing, publishedOn: inDays(w, 30) })).problem.code).toBe('hazard.supervision_publish_by')
    expect((await act('chen', 'list', 1, { ...listing, publishedOn: inDays(w, -1) })).problem.fields?.[0]?.path).toBe('publishedOn')
    expect((await act('chen', 'list', 1, { ...listing, deadline: inDays(w, 181) })).problem.code).toBe('hazard.supervision_too_long')
    expect((await act('chen', 'list', 1, listing)).ok.state).toBe('LISTED')
    await w.as('wang').do(operations.reinspect, { ...(await on(w, id)), officers: pair, passed: true, note: '合格', stopLifted: true })
    await w.as('xu').do(operations.review, { ...(await on(w, id)), approved: true, note: '齐全' })
    expect((await w.as('chen').call(operations.closeMajor, { ...(await on(w, id)), approved: true, note: '同意' })).problem.code).toBe('hazard.still_listed')
    expect((await w.as('zhou').do(operations.superviseReport, { supervisionId, baseVersion: 2, step: 'progress', note: '已完成九成' })).reportDueOn).toBe(inDays(w, 7))
    await w.as('zhao').do(operations.superviseReport, { supervisionId, baseVersion: 3, step: 'applyDelist', note: '申请摘牌' })
    expect((await act('xu', 'verify', 4, { officers: pair })).problem.code).toBe('hazard.expert_needed')
    await act('xu', 'verify', 4, { officers: pair, expertName: '专家甲' })
    expect((await act('chen', 'delist', 5)).ok.state).toBe('DELISTED')
    expect((await w.as('chen').do(operations.closeMajor, { ...(await on(w, id)), approved: true, note: '同意' })).state).toBe('CLOSED')
    expect((await w.as('xu').do(operations.supervisions, {})).rows.find((row) => row.id === supervisionId)).toMatchObject({ state: 'DELISTED', hazardState: 'CLOSED', actions: [] })
  })
})

describe('hazard, major: 拒绝胡来', () => {
  it('T2 is refused with every lack at once', async () => {
    const h = await reported(w, 'wang', { level: 'MAJOR' })
    const answer = await w.as('wang').call(operations.confirm, { ...(await on(w, h.id)), level: 'MAJOR' })
    expect(answer.problem.fields?.map((f) => f.code)).toEqual(['hazard.major_needs_clause', 'hazard.two_officers', 'hazard.finder_confirms_alone', 'hazard.opinion_needed'])
  })
  it('I4 an inspector does not void it, a leader does', async () => {
    const h = await reported(w, 'wang', { level: 'MAJOR' })
    const input = { ...(await on(w, h.id)), code: 'FALSE' as const, reason: '不构成', photos: [await photo(w, 'wang')] }
    expect((await w.as('wang').call(operations.void, input)).problem.code).toBe('hazard.major_void_needs_leader')
    expect((await w.as('chen').do(operations.voidMajor, input)).state).toBe('VOID')
  })
  it('T7 the safety manager cannot sign the 治理方案, the principal can', async () => {
    const id = await major()
    const input = { ...(await on(w, id)), plan: wholePlan(inDays(w, 20)) }
    expect((await w.as('zhao').call(operations.acknowledge, input)).problem.code).toBe('hazard.principal_signs_plan')
    expect((await w.as('feng').do(operations.acknowledge, input)).state).toBe('RECTIFYING')
  })
  it('T15 a working site is not frozen', async () => {
    const { id } = await confirmed(w)
    const answer = await w.as('xu').call(operations.freeze, { ...(await on(w, id)), reason: '停产', evidence: [await photo(w, 'xu')] })
    expect(answer.problem.code).toBe('hazard.site_not_stopped')
  })
})

describe('hazard, major: 办得成', () => {
  it('T11 closes only after two officers, the team lead and the leader, and lifts the stop', async () => {
    const id = await handedIn()
    const lift = await w.as('wang').call(operations.reinspect, { ...(await on(w, id)), officers: pair, passed: true, note: '合格' })
    expect(lift.problem.code).toBe('hazard.stop_in_force')
    await w.as('wang').do(operations.reinspect, { ...(await on(w, id)), officers: pair, passed: true, note: '合格', stopLifted: true })
    expect((await get(w, 'xu', id)).waiting).toBe('科长审核销号（重大隐患须审核、签批）。')
    expect((await w.as('chen').call(operations.closeMajor, { ...(await on(w, id)), approved: true, note: '同意' })).problem.code).toBe('hazard.not_reviewed')
    await w.as('xu').do(operations.review, { ...(await on(w, id)), approved: true, note: '材料齐全' })
    const closed = await w.as('chen').do(operations.closeMajor, { ...(await on(w, id)), approved: true, note: '同意销号' })
    expect(closed.state).toBe('CLOSED')
    expect(await get(w, 'wang', id)).toMatchObject({ stopInForce: false, closedHow: 'REINSPECTION' })
  })
  it('the leader sends it back to the officers', async () => {
    const id = await handedIn()
    await w.as('wang').do(operations.reinspect, { ...(await on(w, id)), officers: pair, passed: true, note: '合格', stopLifted: true })
    await w.as('xu').do(operations.review, { ...(await on(w, id)), approved: true, note: '材料齐全' })
    await w.as('chen').do(operations.closeMajor, { ...(await on(w, id)), approved: false, note: '缺检测报告' })
    expect(await get(w, 'wang', id)).toMatchObject({ state: 'REINSPECTING', pending: null })
  })
  it('I5 an inspector raises with a colleague and an expert, a leader lowers before the paper', async () => {
    const { id } = await confirmed(w)
    const raised = await w.as('wang').do(operations.raise, { ...(await on(w, id)), clauseId: 'GM-3-1', officers: [castIds.he], opinion: { text: '构成', by: '专家甲' }, reason: '复核发现' })
    expect(raised.level).toBe('MAJOR')
    expect((await w.as('chen').do(operations.lower, { ...(await on(w, id)), reason: '专家会审认定不构成' })).level).toBe('GENERAL')
  })
  it('opinions: team lead reviews, leader and expert carry the fallback clause of 16号令§3', async () => {
    const h = await reported(w, 'he', { level: 'MAJOR' })
    await w.as('chen').do(operations.giveOpinion, { ...(await on(w, h.id)), text: '同意按重大处理' })
    const answer = await w.as('wang').do(operations.confirm, { ...(await on(w, h.id)), level: 'MAJOR', clauseId: 'GEN-16-3', officers: pair, opinion: { text: '构成', by: '专家甲' } })
    expect(answer).toMatchObject({ state: 'CONFIRMED', level: 'MAJOR' })
    expect((await get(w, 'wang', h.id)).opinions.map((o) => o.kind)).toEqual(['LEADER', 'EXPERT'])
  })
  it('T15, T16 a stopped site freezes its hazards; when it works again they wake by themselves', async () => {
    const { id } = await confirmed(w, { siteId: ids.otherSite })
    const setState = (state: string) => sql`update enterprise set state = ${state} where id = ${ids.otherEnterprise}`.execute(w.app.db.all)
    await setState('LONG_STOP')
    await w.as('xu').do(operations.freeze, { ...(await on(w, id)), reason: '长期停产', evidence: [await photo(w, 'xu')] })
    expect((await w.as('xu').call(operations.unfreeze, { ...(await on(w, id)), reason: '恢复' })).problem.code).toBe('hazard.site_not_back')
    await w.runJobs()
    expect((await get(w, 'wang', id)).state).toBe('FROZEN')
    await setState('RESUMING')
    w.advance({ minutes: 2 })
    await w.runJobs()
    expect((await get(w, 'wang', id)).state).toBe('CONFIRMED')
  })
})

describe('挂牌督办 by itself', () => {
  it('proposes itself when the order names a term of more than 30 days', async () => {
    // Another enterprise, without a third open major hazard to be proposed for.
    const [short, long] = [await major(30, { siteId: ids.otherSite }), await major(31, { siteId: ids.otherSite })]
    const rows = (await w.as('xu').do(operations.supervisions, { limit: 200 })).rows
    const why = (id: string) => rows.find((row) => row.hazardId === id)?.why
    expect([why(short), why(long)]).toEqual([undefined, '预计治理期超过30日'])
  })
  it('proposes itself for the third open major hazard of one enterprise', async () => {
    for (let i = 0; i < 3; i++) await confirmed(w, {}, true)
    const rows = (await w.as('xu').do(operations.supervisions, { states: 'PROPOSED' as never })).rows
    expect(rows.some((row) => row.why.includes('项重大隐患未销号'))).toBe(true)
  })
})
