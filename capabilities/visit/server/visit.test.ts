import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { openTable } from '../../../kernel/server/sheet/head.ts'
import { readSheet } from '../../../kernel/server/sheet/read.ts'
import { type World, world } from '../../../house/world.ts'
import { operations as todo } from '../../todo/operations.ts'
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

describe('走访：办得成', () => {
  it('计划、报批、批准、到场、办结，四项隐患（一项现场已改，一项重大）登记成功', async () => {
    const { id, version } = await approved(w)
    const started = await w.as('wang').do(operations.start, { id, baseVersion: version, arrivedAt: after(w, -60), scan: { moment: 'BEFORE', scannedAt: after(w, -60) }, idShownAt: after(w, -59), informedAt: after(w, -58) })
    expect(started).toMatchObject({ state: 'IN_PROGRESS', warnings: [] })
    const [b1, b2, b3, b4] = await photos(w, 'wang', 4)
    const recorded = await w.as('wang').do(operations.record, inspection(w, id, {
      baseVersion: started.version, signs,
      answers: answered(answer('YC-08', 'FAILS'), answer('YC-09', 'FIXED'), answer('YC-29', 'FAILS'), answer('YC-03', 'FAILS')),
      findings: [
        finding('YC-08', { photosBefore: [b1!] }),
        finding('YC-09', { photosBefore: [b2!], photosAfter: [b3!], fixed: true }),
        finding('YC-29', { photosBefore: [b4!], level: 'MAJOR', clauseId: 'GM-11-1', immediateStop: true, opinion: { kind: 'TEAM_REVIEW', text: '符合判定条款', by: '许听澜' } }),
        finding('YC-03'),
      ],
    }))
    expect(recorded).toMatchObject({ state: 'DONE' })
    expect(recorded.hazards).toHaveLength(4)
    const detail = await w.as('wang').do(operations.get, { id })
    expect(detail).toMatchObject({ outcome: 'CHECKED', findingCount: 4, fixedCount: 1, majorCount: 1, answerCount: 40, compliedCount: 36, papersAllowed: true, scanned: true, businessDate: '2026-03-05' })
    expect(detail.findings.map((f) => [f.itemCode, f.level]).sort()).toEqual([['YC-03', 'GENERAL'], ['YC-08', 'GENERAL'], ['YC-09', 'GENERAL'], ['YC-29', 'MAJOR']])
    expect(detail.answers.find((a) => a.itemCode === 'YC-08')).toMatchObject({ answer: 'FAILS', hazardId: recorded.hazards[0]!.id, byRest: false })
    expect(detail.people.filter((p) => p.part === 'OFFICER').map((p) => p.certificateNo)).toEqual(['990101001', '990101002'])
    expect(detail.timeline.map((e) => e.label)).toEqual(['安排任务', '报批', '批准', '到场开始', '办结'])
  })
})

/** A patrol by the grid officer alone, recorded in one command from the phone. */
const patrol = (more: Record<string, unknown> = {}) => ({
  id: randomUUID(), kind: 'PATROL' as const, siteId: ids.site, people: alone('lin'), taskSource: 'GRID_PLAN' as const, arrivedAt: after(w, -20), leftAt: after(w, -10), outcome: 'CHECKED' as const, ...more,
})

describe('走访：各种方式办得成', () => {
  it('网格巡查一次登记，隐患待核定，未满足有效巡查只作说明', async () => {
    const [photo] = await photos(w, 'lin', 1)
    const found = { id: randomUUID(), category: 'XC-01', location: '门口', description: '疏散通道堆放货物', requirement: '立即清理', photosBefore: [photo!] }
    const recorded = await w.as('lin').do(operations.record, patrol({ findings: [found], place: { lon: 114.2, lat: 22.7 } }))
    expect(recorded.warnings).toContain('没有完成检查表')
    const detail = await w.as('lin').do(operations.get, { id: recorded.id })
    expect(detail).toMatchObject({ kind: 'PATROL', state: 'DONE', findingCount: 1, patrolValid: false, papersAllowed: false, papersWhyNot: ['“网格巡查”不得出具文书，只能上报'], countsToCap: false })
    expect(detail.findings[0]).toMatchObject({ state: 'REPORTED', level: 'GENERAL' })
  })
  it('企业自查用复工自查表，问题由企业自己登记', async () => {
    const fg = (await import('../../checklist/library.ts')).shippedChecklist('FG')
    const asked = fg.items.filter((i) => i.specialPeriod === undefined)
    const recorded = await w.as('zhao').do(operations.record, {
      ...patrol({ kind: 'SELF_CHECK', people: alone('zhao', 'ASSISTANT'), taskSource: 'OWN', versionIds: [fg.id], answers: asked.map((i) => ({ versionId: fg.id, itemCode: i.code, answer: 'COMPLIES' })) }),
    } as never)
    expect((await w.as('zhao').do(operations.get, { id: recorded.id })).answerCount).toBe(asked.length)
  })
  it('紧急个案先查：即时报告并 24 小时内补办，追认后状态不变', async () => {
    const id = randomUUID()
    const urgent = inspection(w, id, { signs, kind: 'ADMIN_CASE', urgent: true, urgentReason: '群众举报粉尘间冒烟', clueKind: 'COMPLAINT', clueNo: 'JB-2026-018', taskSource: 'CLUE', scan: { moment: 'BEFORE_LEAVING', scannedAt: after(w, -2) } })
    const recorded = await w.as('wang').do(operations.record, urgent)
    const open = await w.as('chen').do(operations.get, { id })
    expect(Date.parse(open.papersDueAt!) - Date.parse(open.arrivedAt!)).toBe(24 * 3_600_000)
    expect((await w.as('chen').do(operations.list, { papersOpen: 'true' })).rows.map((r) => r.id)).toEqual([id])
    expect((await todosOf(id)).todos.filter((t) => !t.done).map((t) => t.kind)).toEqual(['visit.make_up', 'visit.ratify'])
    const ratified = await w.as('chen').do(operations.approve, { visits: [{ id, baseVersion: recorded.version }], opinion: '情况属实，予以追认' })
    expect(ratified.visits[0]).toMatchObject({ state: 'DONE' })
    expect((await w.as('chen').do(operations.list, { papersOpen: 'true' })).total).toBe(0)
    expect((await w.as('chen').call(operations.approve, { visits: [{ id, baseVersion: ratified.visits[0]!.version }], opinion: '再批' })).problem.code).toBe('visit.wrong_state')
  })
  it('去不了的退还任务：自己的待办了结，安排人收到待办，同去的人收到消息；批准和版本不变，同事照常办结', async () => {
    const { id, version } = await approved(w)
    expect((await w.as('he').do(operations.get, { id })).actions.map((a) => a.action)).toContain('handBack')
    const back = await w.as('he').do(operations.handBack, { id, baseVersion: version, reason: '今天到不了现场' })
    expect(back).toMatchObject({ state: 'APPROVED', version })
    const mine = async (who: 'wang' | 'he') => (await w.as(who).do(todo.mine, { limit: 200 })).rows.filter((row) => row.subjectId === id)
    expect(await mine('he')).toEqual([])
    expect((await mine('wang')).map((row) => [row.kind, row.title.slice(0, 8)]).sort()).toEqual([['visit.do', expect.any(String)], ['visit.rearrange', '何汀筠退还任务，']])
    expect((await mine('wang')).find((row) => row.kind === 'visit.rearrange')?.why).toContain('今天到不了现场')
    expect((await w.as('wang').do(todo.messages, {})).rows.find((row) => row.kind === 'visit.handed_back')).toMatchObject({ title: expect.stringContaining('何汀筠退还了与您同去的任务'), text: expect.stringContaining('今天到不了现场') })
    expect((await w.as('wang').do(operations.get, { id })).timeline.at(-1)).toMatchObject({ label: '退还任务', actor: '何汀筠' })
    await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs }))
    expect(await mine('wang')).toEqual([])
  })
  it('不需审批的任务改派后，新的人收到待办，原来的人和安排人的待办了结', async () => {
    const id = randomUUID()
    const patrol = { kind: 'PATROL' as const, plannedOn: '2026-03-05', versionIds: [], taskSource: 'GRID_PLAN' as const, purpose: '' }
    const planned = await w.as('zhou').do(operations.plan, { ...patrol, visits: [{ id, siteId: ids.site }], people: alone('lin') })
    await w.as('lin').do(operations.handBack, { id, baseVersion: planned.visits[0]!.version, reason: '今晚值班' })
    const open = async () => (await todosOf(id)).todos.filter((t) => !t.done).map((t) => t.kind)
    expect(await open()).toEqual(['visit.rearrange'])
    await w.as('zhou').do(operations.edit, { ...patrol, id, baseVersion: planned.visits[0]!.version, people: alone('lin') })
    expect(await open()).toEqual(['visit.do'])
  })
  it('00:30 的夜查计入前一日', async () => {
    const { id, version } = await approved(w, { plannedOn: '2026-03-05' })
    w.advance({ hours: 15, minutes: 40 })
    await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs, arrivedAt: after(w, -5), idShownAt: after(w, -5), informedAt: after(w, -5), scan: { moment: 'BEFORE', scannedAt: after(w, -5) } }))
    expect((await w.as('wang').do(operations.get, { id })).businessDate).toBe('2026-03-05')
    w.advance({ hours: -15, minutes: -40 })
  })
  it('锁门：有照片无作答，不计入频次', async () => {
    const used = (await w.as('wang').do(operations.capUsage, { enterpriseId: ids.enterprise, year: 2026 })).used
    const { id, version } = await approved(w)
    const [door] = await photos(w, 'wang', 1)
    await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs, outcome: 'LOCKED', outcomePhotos: [door!], answers: [], signature: undefined, companion: undefined }))
    const detail = await w.as('wang').do(operations.get, { id })
    expect([detail.outcome, detail.photos.map((p) => p.role), detail.cap?.used]).toEqual(['LOCKED', ['OUTCOME'], used])
  })
  it('拒签有见证人的可以办结，并向负责人报告（R3-2，安法§68）', async () => {
    const { id, version } = await approved(w)
    await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs, companion: undefined, signature: { state: 'REFUSED', officerAttachmentIds: [signs[1]!, signs[2]!], refusalReason: '对第八项不认可', witnessName: '蒋作舟', witnessIdentity: '园区管理方' } }))
    const { todos } = await todosOf(id)
    expect(todos).toContainEqual(expect.objectContaining({ kind: 'visit.sign_refused', verb: 'visit.approve', done: false }))
    expect(todos.find((t) => t.kind === 'visit.do')).toMatchObject({ done: true })
    const open = await w.as('chen').do(operations.get, { id })
    expect(open.actions.find((a) => a.action === 'acknowledge')).toMatchObject({ allowed: true, label: '阅处报告' })
    await w.as('chen').do(operations.acknowledge, { id, baseVersion: open.version, opinion: '留存录像，另行约谈' })
    expect((await todosOf(id)).todos.find((t) => t.kind === 'visit.sign_refused')).toMatchObject({ done: true })
  })
  it('没有扫码的留下补录事项，10 日内写明理由即了结', async () => {
    const { id, version } = await approved(w)
    const recorded = await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs, scan: undefined }))
    expect(recorded.warnings).toEqual(['尚未扫码入企，请在 10 个自然日内补录并写明理由'])
    const added = await w.as('wang').do(operations.addScan, { id, baseVersion: recorded.version, moment: 'ADDED', scannedAt: after(w, -60), reason: '地下车间无信号' })
    expect(added.state).toBe('DONE')
    expect((await todosOf(id)).todos.find((t) => t.kind === 'visit.scan')).toMatchObject({ done: true })
  })
  it('指导服务发现重大隐患：不出文书，留下转个案检查的事项', async () => {
    const { id, version } = await approved(w, { kind: 'GUIDANCE', people: [officers[0]!], taskSource: 'INVITATION', planReference: '企业来函', purpose: '' })
    const [photo] = await photos(w, 'wang', 1)
    const recorded = await w.as('wang').do(operations.record, {
      ...inspection(w, id, { baseVersion: version, signs }), kind: 'GUIDANCE', people: [officers[0]!], scan: undefined, signature: undefined,
      answers: answered(answer('YC-29', 'FAILS')), findings: [finding('YC-29', { photosBefore: [photo!], level: 'MAJOR', clauseId: 'GM-11-1' })],
    })
    expect(recorded.warnings).toContain('指导服务中发现重大事故隐患，须转为个案检查')
    expect((await todosOf(id)).todos).toContainEqual(expect.objectContaining({ kind: 'visit.convert', verb: 'visit.inspect' }))
    expect((await w.as('wang').do(operations.get, { id })).papersAllowed).toBe(false)
    await w.as('wang').do(operations.plan, dailyPlan(randomUUID(), { kind: 'ADMIN_CASE', taskSource: 'CLUE', clueKind: 'CONVERTED', clueNo: recorded.no, convertedFromId: id }))
    expect((await todosOf(id)).todos.find((t) => t.kind === 'visit.convert')).toMatchObject({ done: true })
  })
  it('暂存的作答留到办结，别人看不到我的草稿', async () => {
    const { id, version } = await approved(w)
    const started = await w.as('wang').do(operations.start, { id, baseVersion: version, arrivedAt: after(w, -30), idShownAt: after(w, -29), informedAt: after(w, -28) })
    const at = { versionId: yc.id, itemCode: 'YC-01' }
    await w.as('wang').do(operations.saveAnswers, { id, answers: [{ ...at, answer: { answer: 'COMPLIES' } }, { ...at, itemCode: 'YC-02', answer: { answer: 'FAILS', note: '无人在岗' } }] })
    await w.as('wang').do(operations.saveAnswers, { id, answers: [{ ...at, answer: null }] })
    expect((await w.as('wang').do(operations.get, { id })).draft).toMatchObject([{ itemCode: 'YC-02', answer: 'FAILS', note: '无人在岗' }])
    expect((await w.as('he').do(operations.get, { id })).draft).toEqual([])
    expect((await w.as('lu').call(operations.saveAnswers, { id, answers: [{ ...at, answer: null }] })).problem.code).toBe('visit.draft_not_yours')
    const left = await w.as('wang').do(operations.leave, { id, baseVersion: started.version, leftAt: after(w, -1) })
    expect((await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: left.version, signs, arrivedAt: after(w, -30) }))).state).toBe('DONE')
    expect((await w.as('wang').do(operations.get, { id })).draft).toEqual([])
  })
  it('不批准的写明意见，修改后重报；取消的任务留痕', async () => {
    const id = randomUUID()
    await w.as('wang').do(operations.plan, dailyPlan(id))
    const { visits: [submitted] } = await w.as('wang').do(operations.submit, { visits: [{ id, baseVersion: 1 }] })
    const { visits: [refused] } = await w.as('xu').do(operations.refuse, { visits: [{ id, baseVersion: submitted!.version }], opinion: '本月已查，改到下季度' })
    expect(refused!.state).toBe('REFUSED')
    const { visits: _, ...arranged } = dailyPlan(id, { plannedOn: '2026-04-20' })
    const edited = await w.as('wang').do(operations.edit, { id, baseVersion: refused!.version, ...arranged })
    expect([edited.state, (await w.as('wang').do(operations.get, { id })).plannedOn]).toEqual(['PLANNED', '2026-04-20'])
    const gone = await w.as('wang').do(operations.cancel, { id, baseVersion: edited.version, reason: '企业已搬迁' })
    expect(gone.state).toBe('VOID')
    expect((await w.as('wang').do(operations.get, { id })).voidReason).toBe('企业已搬迁')
  })
  it('作废检查记录由负责人写明理由', async () => {
    const { id, version } = await approved(w)
    const recorded = await w.as('wang').do(operations.record, inspection(w, id, { baseVersion: version, signs }))
    const gone = await w.as('chen').do(operations.void, { id, baseVersion: recorded.version, reason: '误选企业' })
    expect(gone.state).toBe('VOID')
  })
  it('导出与列表一致，页码游标不重不漏，图上数字即筛选结果', async () => {
    const all = await w.as('wang').do(operations.list, { limit: 200 })
    const first = await w.as('wang').do(operations.list, { limit: 3 })
    const second = await w.as('wang').do(operations.list, { limit: 3, cursor: first.next! })
    expect([...first.rows, ...second.rows].map((r) => r.id)).toEqual(all.rows.slice(0, 6).map((r) => r.id))
    expect([all.total, all.figures.done]).toEqual([all.rows.length, (await w.as('wang').do(operations.list, { states: 'DONE' })).total])
    expect((await w.as('wang').do(operations.list, { q: '精密五金', kinds: 'PATROL' })).rows.every((r) => r.kind === 'PATROL' && r.enterpriseName.includes('精密五金'))).toBe(true)
    expect((await w.as('lu').do(operations.list, { mine: 'true' })).total).toBe(0)
    expect((await w.as('wang').do(operations.list, { from: '2026-03-06' })).total).toBe(0)
    expect((await w.as('wang').call(operations.list, { cursor: 'x' })).problem.code).toBe('common.bad_cursor')
    const file = await w.as('wang').call(operations.export, {})
    expect([file.status, file.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    const chosen = await openTable(await readSheet((await w.as('wang').call(operations.export, { columns: 'state,no,enterpriseName' })).bytes), { no: { zh: '检查编号' }, state: { zh: '状态' } })
    expect(chosen.headings).toEqual(['状态', '检查编号', '监管对象'])
    expect((await w.as('wang').call(operations.export, { columns: 'password' })).problem.code).toBe('common.invalid')
  })
  it('可安排的人员标明当日有效的执法证', async () => {
    const { people } = await w.as('wang').do(operations.team, { siteId: ids.site, on: '2026-03-05' })
    expect(people.find((p) => p.personId === castIds.he)).toMatchObject({ name: '何汀筠', certificateNo: '990101002' })
    expect(people.find((p) => p.personId === castIds.lin)).toMatchObject({ certificateNo: null })
  })
})

/** Todos of a visit as the database has them; who may see which is the todo slice's own story. */
async function todosOf(id: string): Promise<{ todos: { kind: string; verb: string | null; done: boolean }[] }> {
  const { rows } = await w.app.db.pool.query('select kind, verb, done_at is not null as done from todo where subject_id = $1 order by opened_at, kind', [id])
  return { todos: rows }
}
