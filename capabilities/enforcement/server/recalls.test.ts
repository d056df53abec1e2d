import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { textOf } from '../../../kernel/core/document.ts'
import { operations as enterprises } from '../../enterprise/operations.ts'
import { operations as hazards } from '../../hazard/operations.ts'
import { withChecklists } from '../../visit/server/fixtures.ts'
import { operations } from '../operations.ts'
import type { PaperDetail } from '../paper.ts'
import { draftOf, type Found, inDays, itemsOf, major, readWord, recorded, servedPaper, today, visited } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
})
afterAll(() => w.close())

const hazard = (id: string) => w.as('wang').do(hazards.get, { id })
const of = (paper: PaperDetail) => ({ id: paper.id, baseVersion: paper.version })
const asked = (paper: PaperDetail, more: Partial<Parameters<typeof askInput>[1]> = {}) => w.as('wang').do(operations.askRecall, askInput(paper, more))
const askInput = (paper: PaperDetail, more: { kind?: 'REVOKE' | 'CORRECT'; reason?: string; corrections?: { wrong: string; right: string }[] } = {}) => ({ ...of(paper), recallId: randomUUID(), kind: 'REVOKE' as const, reason: '认定事实有误', ...more })
const direct = () => ({ method: 'DIRECT' as const, servedOn: today(w), receiver: '冯立勤' })
const revoked = async (paper: PaperDetail): Promise<PaperDetail> => {
  const decided = await w.as('chen').do(operations.decideRecall, { ...of(await asked(paper)), agree: true })
  return w.as('wang').do(operations.serveRecall, { ...of(decided), ...direct() })
}
const ordered = async (): Promise<{ found: Found; order: PaperDetail }> => {
  const found = await visited(w)
  await recorded(w, found)
  return { found, order: await servedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) })) }
}
const messagesFor = async (personId: string, paperId: string) => (await w.app.db.pool.query<{ kind: string }>('select kind from message where person_id = $1 and subject_id = $2', [personId, paperId])).rows.map((m) => m.kind)

describe('撤销与更正：办得成', () => {
  it('撤销唯一的责令：负责人决定、再送达；文号保留，隐患退回已核定而不销号，各方收到消息', async () => {
    const { found, order } = await ordered()
    const waiting = await asked(order)
    expect(waiting).toMatchObject({ state: 'SERVED', recalls: [{ kind: 'REVOKE', state: 'ASKED', askedByName: '王砚川' }] })
    expect((await w.app.db.pool.query('select verb from todo where subject_id = $1 and done_at is null', [order.id])).rows).toEqual([{ verb: 'enforcement.revoke' }])
    const decided = await w.as('chen').do(operations.decideRecall, { ...of(waiting), agree: true, note: '同意撤销' })
    expect((await hazard(found.hazards[0]!.id)).state).toBe('ORDERED')
    const done = await w.as('wang').do(operations.serveRecall, { ...of(decided), ...direct() })
    expect(done).toMatchObject({ state: 'REVOKED', no: order.no, actions: [] })
    for (const { id } of found.hazards) expect(await hazard(id)).toMatchObject({ state: 'CONFIRMED', orderNo: null, dueOn: null })
    expect(textOf(done.page)).toMatch(/本文书已于2026年3月5日撤销。[\s\S]*经本机关负责人批准，撤销本文书，文号保留不再使用。\n理由：认定事实有误。批准人：陈岸平，送达日期：2026年3月5日。/)
    expect(readWord((await w.as('wang').call(operations.download, { id: order.id })).bytes).text).toContain('撤销决定')
    expect((await w.as('wang').do(operations.numbers, { type: 'D06', year: 2026, limit: 200 })).rows.find((n) => n.no === order.no)).toMatchObject({ state: 'VOIDED', why: '撤销：认定事实有误' })
    expect(await messagesFor(castIds.feng, order.id)).toContain('enforcement.recalled')
    expect(await messagesFor(castIds.he, order.id)).toContain('enforcement.recall')
    // The party still reads it, with what became of it and not how the office came to it.
    expect(await w.as('feng').do(operations.get, { id: order.id })).toMatchObject({ state: 'REVOKED', recalls: [{ state: 'SERVED', askedByName: '', decisionNote: null }] })
    // A new order may follow.
    const again = await servedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) }))
    expect(await hazard(found.hazards[0]!.id)).toMatchObject({ state: 'ORDERED', orderNo: again.no })
  })
  it('还有姊妹文书责令的，隐患继续由它责令；撤销停产决定不自动恢复生产', async () => {
    const found = await visited(w, [major()])
    await recorded(w, found)
    const items = itemsOf(w, found, 60)
    const stop = await servedPaper(w, draftOf('D05', found, { items, measures: ['STOP_PRODUCTION'], scope: '粉尘收集系统', until: '至审查同意恢复之日' }))
    const order = await servedPaper(w, draftOf('D06', found, { items }))
    const [first] = found.hazards
    expect(await hazard(first!.id)).toMatchObject({ orderNo: stop.no, stopInForce: true })
    await revoked(stop)
    expect(await hazard(first!.id)).toMatchObject({ state: 'ORDERED', orderNo: order.no, dueOn: inDays(w, 60), stopInForce: true })
    expect((await w.as('wang').do(enterprises.get, { id: ids.enterprise })).state).toBe('ORDERED_STOP')
    expect(await messagesFor(castIds.xu, stop.id)).toContain('enforcement.stop_to_review')
    await revoked(order)
    expect(await hazard(first!.id)).toMatchObject({ state: 'CONFIRMED', stopInForce: true, orderNo: null })
  })
  it('更正笔误：文号、状态、隐患不变，文书末尾注明更正', async () => {
    const { found, order } = await ordered()
    const waiting = await asked(order, { kind: 'CORRECT', reason: '打印错误', corrections: [{ wrong: '安川澜湖精密五金有限公司', right: '安川澜湖精密五金制造有限公司' }] })
    const decided = await w.as('chen').do(operations.decideRecall, { ...of(waiting), agree: true })
    const done = await w.as('he').do(operations.serveRecall, { ...of(decided), ...direct() })
    expect(done).toMatchObject({ state: 'SERVED', no: order.no, contentSha256: order.contentSha256 })
    expect(textOf(done.page)).toContain('“安川澜湖精密五金有限公司”更正为“安川澜湖精密五金制造有限公司”。')
    expect(await hazard(found.hazards[0]!.id)).toMatchObject({ state: 'ORDERED', orderNo: order.no })
  })
  it('负责人不同意、提请人撤回：文书照常有效，可以再提', async () => {
    const { order } = await ordered()
    const refused = await w.as('chen').do(operations.decideRecall, { ...of(await asked(order)), agree: false, note: '事实清楚' })
    expect(refused).toMatchObject({ state: 'SERVED', recalls: [{ state: 'REFUSED' }] })
    const withdrawn = await w.as('wang').do(operations.withdrawRecall, of(await asked(refused)))
    expect(withdrawn.recalls.map((r) => r.state)).toEqual(['REFUSED', 'WITHDRAWN'])
    expect(textOf(withdrawn.page)).not.toContain('撤销决定')
  })
})

describe('撤销与更正：拒绝外人', () => {
  it('邻区看不到；安格员、企业、街道、法制人员办不了；科长不能决定', async () => {
    const { order } = await ordered()
    const calls = [[operations.askRecall, askInput(order)], [operations.withdrawRecall, of(order)], [operations.serveRecall, { ...of(order), ...direct() }]] as const
    for (const [operation, input] of calls) expect((await w.as('qian').call(operation, input as never)).status, operation.path).toBe(404)
    const decide = { ...of(order), agree: true }
    for (const who of ['lin', 'zhao', 'feng', 'zhou', 'wei', 'sun'] as const) for (const [operation, input] of [...calls, [operations.decideRecall, decide]] as const) expect((await w.as(who).call(operation, input as never)).status, `${who} ${operation.path}`).toBe(403)
    expect((await w.as('xu').call(operations.decideRecall, decide)).status).toBe(403)
  })
})

describe('撤销与更正：拒绝胡来', () => {
  it('没送达的不能撤销，没提请的不能决定，没决定的不能送达，一次一件', async () => {
    const { order } = await ordered()
    const record = (await w.as('wang').do(operations.list, { visitId: order.visitId!, type: 'D04' })).rows[0]!
    const code = async (answer: Promise<{ problem: { code: string } }>) => (await answer).problem.code
    expect(await code(w.as('wang').call(operations.askRecall, { ...askInput(order), id: record.id, baseVersion: record.version }))).toBe('enforcement.wrong_state')
    expect(await code(w.as('chen').call(operations.decideRecall, { ...of(order), agree: true }))).toBe('enforcement.recall_not_asked')
    const waiting = await asked(order)
    expect(await code(w.as('he').call(operations.askRecall, askInput(waiting)))).toBe('enforcement.recall_open')
    expect(await code(w.as('wang').call(operations.serveRecall, { ...of(waiting), ...direct() }))).toBe('enforcement.recall_not_approved')
    expect(await code(w.as('he').call(operations.withdrawRecall, of(waiting)))).toBe('enforcement.recall_not_yours')
    expect(await code(w.as('chen').call(operations.decideRecall, { ...of(waiting), agree: false }))).toBe('enforcement.recall_note_needed')
    expect(await code(w.as('chen').call(operations.decideRecall, { ...of(order), agree: true }))).toBe('common.stale')
    const decided = await w.as('chen').do(operations.decideRecall, { ...of(waiting), agree: true })
    expect(await code(w.as('lu').call(operations.serveRecall, { ...of(decided), ...direct() }))).toBe('enforcement.not_officer')
  })
  it('期限不能用更正来改', async () => {
    const { order } = await ordered()
    const answer = await w.as('wang').call(operations.askRecall, askInput(order, { kind: 'CORRECT', corrections: [{ wrong: '2026年3月15日', right: '2026年4月15日' }] }))
    expect([answer.status, answer.problem.code, answer.problem.fields?.[0]?.path]).toEqual([422, 'enforcement.correction_of_substance', 'corrections.0.wrong'])
  })
})
