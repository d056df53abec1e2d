import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, type CastName, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { operations as hazards } from '../../hazard/operations.ts'
import { operations as todos } from '../../todo/operations.ts'
import { operations as visits } from '../../visit/operations.ts'
import { after, alone, answer, answered, finding, photos, withChecklists } from '../../visit/server/fixtures.ts'
import { wordsOf } from '../compose.ts'
import { operations } from '../operations.ts'
import type { PaperContent, PaperDetail } from '../paper.ts'
import { approvedPaper, draftOf, type Found, inDays, itemsOf, pair, readWord, visited } from './fixtures.ts'

/** Papers issued where there was no line: what the phone sends when it is back. */
let w: World
let found: Found
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
  found = await visited(w, ['YC-01', 'YC-02', 'YC-03', 'YC-04'].map((code) => finding(code)))
})
afterAll(() => w.close())

type Spot = InputOf<typeof operations.onSpot>
const phone = 'phone-of-wang-0001'
const nowIso = () => w.app.runtime.now().toISOString()
const send = (who: CastName, input: Spot, more: { key?: string; device?: string } = {}) => w.as(who).call(operations.onSpot, input, { headers: { 'x-device': more.device ?? phone }, ...(more.key ? { key: more.key } : {}) })

/** What the server would write: read from a draft of the same content that is taken back again. */
async function contentAt(of: Found): Promise<PaperContent> {
  const draft = await w.as('wang').do(operations.draft, draftOf('D04', of, said))
  await w.as('wang').do(operations.cancel, { id: draft.id, baseVersion: draft.version, reason: '只看文字' })
  return draft.content
}
const said = { checked: '用电、通风、疏散', handling: '责令限期整改' }
const marks = async (who: readonly string[] = pair) => (await photos(w, 'wang', who.length)).map((attachmentId, i) => ({ personId: who[i]!, attachmentId }))
const signed = async (): Promise<Spot['party']> => ({ signed: true, signer: '赵启澄', duty: '安全管理员', attachmentId: (await photos(w, 'wang', 1))[0]! })

async function record(of: Found, more: Partial<Spot> = {}): Promise<Spot> {
  const { id: _, ...draft } = draftOf('D04', of, said)
  const issuedAt = more.issuedAt ?? nowIso()
  return { id: randomUUID(), draft, issuedAt, words: wordsOf(await contentAt(of), localDate(issuedAt)), marks: await marks(), party: await signed(), ...more }
}
async function order(paper: PaperDetail, seq: number, blockId: string, more: Partial<Spot> = {}): Promise<Spot> {
  const issuedAt = more.issuedAt ?? nowIso()
  return { id: paper.id, baseVersion: paper.version, number: { blockId, seq }, issuedAt, words: wordsOf(paper.content, localDate(issuedAt)), marks: await marks(), party: await signed(), ...more }
}
const take = async (who: CastName, deviceId: string, count = 3, type: 'D06' | 'D30' = 'D06') => {
  const id = randomUUID()
  return (await w.as(who).do(operations.reserve, { deviceId, blocks: [{ id, type, count }] })).rows.find((block) => block.id === id)!
}

describe('现场出具: refuses strangers', () => {
  it('enforcement.onSpot: who has not the right, whose visit it is not, who is no officer of the paper', async () => {
    const input = await record(found)
    for (const who of ['lin', 'zhao', 'zhou'] as const) expect((await send(who, input)).status, who).toBe(403)
    expect((await send('qian', input)).status).toBe(404)
    expect((await send('lu', input)).problem.code).toBe('enforcement.not_officer')
  })
  it('enforcement.kit: the forms and the bureau of one’s own reach, nothing for who writes no papers', async () => {
    expect((await w.as('zhao').call(operations.kit, {})).status).toBe(403)
    const kit = await w.as('wang').do(operations.kit, {})
    expect(kit.agencies.map((agency) => agency.areaCode)).toContain('990101000000')
    expect(kit.agencies.map((agency) => agency.areaCode)).not.toContain('990102000000')
    expect(kit.forms.find((form) => form.type === 'D06')).toMatchObject({ wordCode: '责改', approval: true })
    expect(kit.spare).toEqual(['D05', 'D06', 'D30'].map((type) => ({ type, count: 5 })))
  })
})

describe('现场出具: refuses nonsense', () => {
  it('an order that nobody approved, whatever number it carries: nothing is left of it', async () => {
    const block = await take('wang', phone)
    const { id, ...draft } = draftOf('D06', found, { items: itemsOf(w, found) })
    const refused = await send('wang', { id, draft, number: { blockId: block.id, seq: block.numbers[0]!.seq }, issuedAt: nowIso(), words: '0'.repeat(64), marks: await marks(), party: await signed() })
    expect(refused.problem.code).toBe('enforcement.approval_needed')
    const free = await send('wang', { ...(await record(found)), marks: await marks(pair.slice(0, 1)) })
    expect(free.problem.code).toBe('enforcement.marks_incomplete')
    expect((await w.as('wang').do(operations.list, { visitId: found.visitId })).total).toBe(0)
  })
  it('other words than those that were signed; a paper of tomorrow', async () => {
    expect((await send('wang', await record(found, { words: 'a'.repeat(64) }))).problem.code).toBe('enforcement.words_differ')
    expect((await send('wang', await record(found, { issuedAt: new Date(w.app.runtime.now().getTime() + 86_400_000).toISOString() }))).problem.code).toBe('enforcement.issued_in_future')
    expect((await send('wang', await record(found, { draft: undefined, baseVersion: 1 }))).status).toBe(404)
    expect((await w.as('wang').do(operations.list, { visitId: found.visitId })).total).toBe(0)
  })
})

describe('现场出具: works', () => {
  it('the record of the inspection, signed by both and the firm, on the day it was made; sent twice it is one', async () => {
    const input = await record(found)
    w.advance({ days: 2 })
    const key = randomUUID()
    const first = await send('wang', input, { key })
    expect(first.ok).toMatchObject({ state: 'SIGNED', no: null, issuedOn: '2026-03-05', signatures: [{ part: 'OFFICER', name: '王砚川' }, { part: 'OFFICER', name: '何汀筠' }, { part: 'RECIPIENT', name: '赵启澄', duty: '安全管理员' }] })
    expect(new Set(first.ok.signatures.map((one) => one.at))).toEqual(new Set([input.issuedAt]))
    expect((await send('wang', input, { key })).ok).toEqual(first.ok)
    expect((await w.as('wang').do(operations.list, { visitId: found.visitId })).total).toBe(1)
    const told = await w.as('he').do(todos.messages, {})
    expect(told.rows[0]).toMatchObject({ kind: 'enforcement.signed_on_spot' })
    expect(told.rows[0]!.text).toContain('由王砚川的手机当面采集')
    const word = await w.as('wang').call(operations.download, { id: first.ok.id })
    expect(readWord(word.bytes).text).toContain('2026年3月5日')
  })
  it('an approved order with a number of the device: served, its hazards under order from that moment', async () => {
    const block = await take('wang', phone)
    const paper = await approvedPaper(w, draftOf('D06', found, { items: itemsOf(w, found).slice(0, 2) }))
    const input = await order(paper, block.numbers[0]!.seq, block.id)
    w.advance({ hours: 5 })
    const answer = await send('wang', input)
    expect(answer.ok).toMatchObject({ state: 'SERVED', no: block.numbers[0]!.no, service: { method: 'DIRECT', receiver: '赵启澄' } })
    const hazard = await w.as('wang').do(hazards.get, { id: found.hazards[0]!.id })
    expect(hazard.state).toBe('ORDERED')
    expect((await w.as('zhao').do(operations.list, {})).rows.map((row) => row.no)).toContain(block.numbers[0]!.no)
    const rows = (await w.as('wang').do(operations.numbers, { type: 'D06', year: 2026, limit: 200 })).rows
    expect(rows.find((row) => row.seq === block.numbers[0]!.seq)).toMatchObject({ state: 'USED', paperId: paper.id })
  })
  it('who refuses to sign: left with a witness', async () => {
    const block = await take('wang', phone)
    const paper = await approvedPaper(w, draftOf('D06', found, { items: itemsOf(w, found).slice(2, 3) }))
    const party: Spot['party'] = { signed: false, why: 'REFUSED', reason: '负责人拒绝签名', witness: '周予宁', witnessDuty: '望汀街道办事处' }
    const answer = await send('wang', await order(paper, block.numbers[0]!.seq, block.id, { party }))
    expect(answer.ok).toMatchObject({ state: 'SERVED', service: { method: 'LEFT', witness: '周予宁' } })
    expect(answer.ok.signatures.filter((one) => one.part !== 'OFFICER')).toMatchObject([{ part: 'RECIPIENT', refused: 'REFUSED' }, { part: 'WITNESS', name: '周予宁' }])
  })
  it('advice after a patrol needs no approval: numbered and left on the spot, and orders nothing', async () => {
    const visitId = randomUUID()
    const hazardId = randomUUID()
    const seen = { id: hazardId, category: 'XC-01', location: '门口', description: '疏散通道堆放货物', requirement: '清理通道', photosBefore: await photos(w, 'lin', 1) }
    await w.as('lin').do(visits.record, { id: visitId, kind: 'PATROL', siteId: ids.site, people: alone('lin'), taskSource: 'GRID_PLAN', arrivedAt: after(w, -20), leftAt: after(w, -10), outcome: 'CHECKED', findings: [seen] })
    const { id, ...draft } = draftOf('D30', { visitId, hazards: [] }, { officers: [castIds.wang], items: [{ hazardId }] })
    const trial = await w.as('wang').do(operations.draft, { id: randomUUID(), ...draft })
    const block = await take('wang', phone, 1, 'D30')
    const party: Spot['party'] = { signed: false, why: 'ABSENT', reason: '负责人外出', witness: '林禾安' }
    const answer = await send('wang', { id, draft, number: { blockId: block.id, seq: block.numbers[0]!.seq }, issuedAt: nowIso(), words: wordsOf(trial.content, localDate(nowIso())), marks: await marks([castIds.wang]), party })
    expect(answer.ok).toMatchObject({ state: 'SERVED', no: '（澜安澜）应急服〔2026〕1号', service: { method: 'LEFT' } })
    expect((await w.as('wang').do(hazards.get, { id: hazardId })).state).toBe('REPORTED')
  })
  it('what is found again is recorded in the words of that day, in the order of that day; the order speaks of the known hazard', async () => {
    const known = (await visited(w, [finding('YC-06')])).hazards[0]!
    const { location } = await w.as('wang').do(hazards.get, { id: known.id })
    const [before, after_, other] = await photos(w, 'wang', 3)
    const fresh = { ...finding('YC-05'), id: randomUUID(), description: '第一处', photosBefore: [other!] }
    const again = { ...finding('YC-06'), id: randomUUID(), location, description: '与上次不同的写法', requirement: '今天的要求', fixed: true, photosBefore: [before!], photosAfter: [after_!] }
    const day = await visited(w, [], { answers: answered(answer('YC-05', 'FAILS'), answer('YC-06', 'FIXED')), findings: [fresh, again] })
    const { id, ...draft } = draftOf('D04', day, { ...said, items: [fresh, again].map((one) => ({ hazardId: one.id, basis: one === again ? known.basis.slice(0, 1) : [] })) })
    const trial = await w.as('wang').do(operations.draft, { id: randomUUID(), ...draft })
    await w.as('wang').do(operations.cancel, { id: trial.id, baseVersion: trial.version, reason: '只看文字' })
    // The phone knows its findings and nothing of the register.
    const [one, two] = trial.content.items
    const items = [{ ...one!, location: fresh.location, problem: '第一处', fixed: false, no: '' }, { ...two!, location, problem: '与上次不同的写法', requirement: '今天的要求', fixed: true, no: '' }]
    const issuedAt = nowIso()
    const answer_ = await send('wang', { id, draft, issuedAt, words: wordsOf({ ...trial.content, items }, localDate(issuedAt)), composition: 1, marks: await marks(), party: await signed() })
    expect(answer_.ok.state).toBe('SIGNED')
    expect(answer_.ok.warnings).toEqual([])
    expect(answer_.ok.content.items.map((item) => [item.hazardId, item.problem, item.fixed])).toEqual([[fresh.id, '第一处', false], [known.id, '与上次不同的写法', true]])
    expect(answer_.ok.content.items[1]).toMatchObject({ no: known.no, requirement: '今天的要求' })
    expect(answer_.ok.content.items[1]!.basis).toHaveLength(1)
    expect((await w.as('wang').do(operations.list, { hazardId: known.id })).rows.map((row) => row.id)).toContain(id)
    const order_ = await w.as('wang').do(operations.draft, draftOf('D06', day, { items: [{ hazardId: again.id, basis: known.basis, dueOn: inDays(w, 5) }] }))
    expect(order_.choices.items[0]!.hazardId).toBe(known.id)
    expect(order_.content.items[0]).toMatchObject({ hazardId: known.id, problem: finding('YC-06').description })
  })
  it('advice on what a patrol sees again says what was seen again', async () => {
    const seen = async (description: string) => {
      const visitId = randomUUID()
      const one = { id: randomUUID(), category: 'XC-01', location: '北门外', description, requirement: `${description}，应清理`, photosBefore: await photos(w, 'lin', 1) }
      await w.as('lin').do(visits.record, { id: visitId, kind: 'PATROL', siteId: ids.site, people: alone('lin'), taskSource: 'GRID_PLAN', arrivedAt: after(w, -20), leftAt: after(w, -10), outcome: 'CHECKED', findings: [one] })
      return { visitId, one }
    }
    const first = await seen('堆放纸箱')
    const second = await seen('堆放油桶')
    const { id, ...draft } = draftOf('D30', { visitId: second.visitId, hazards: [] }, { officers: [castIds.wang], items: [{ hazardId: second.one.id }] })
    const trial = await w.as('wang').do(operations.draft, { id: randomUUID(), ...draft })
    const items = [{ ...trial.content.items[0]!, problem: '堆放油桶', requirement: '堆放油桶，应清理' }]
    const block = await take('wang', phone, 1, 'D30')
    const issuedAt = nowIso()
    const answer_ = await send('wang', { id, draft, number: { blockId: block.id, seq: block.numbers[0]!.seq }, issuedAt, words: wordsOf({ ...trial.content, items }, localDate(issuedAt)), composition: 1, marks: await marks([castIds.wang]), party: await signed() })
    expect(answer_.ok).toMatchObject({ state: 'SERVED', content: { items: [{ hazardId: first.one.id, problem: '堆放油桶' }] } })
  })
  it('words of a composition this server does not know: the paper is taken, their hash kept, and it says so', async () => {
    const input = await record(await visited(w, [finding('YC-07')]), { words: 'b'.repeat(64) })
    expect((await send('wang', { ...input, composition: 1 })).problem.code).toBe('enforcement.words_differ')
    expect((await send('wang', { ...input, composition: 0 })).status).toBe(400)
    const taken = await send('wang', { ...input, composition: 9 })
    expect(taken.ok.state).toBe('SIGNED')
    expect(taken.ok.warnings).toEqual([expect.stringContaining(`校验值已留存（${'b'.repeat(16)}…）`)])
    const told = await w.app.db.pool.query(`select data -> 'words' as words from domain_event where aggregate_id = $1 and event = 'enforcement.signed'`, [input.id])
    expect(told.rows).toEqual([{ words: { sha256: 'b'.repeat(64), composition: 9, checked: false } }])
  })
  it('two phones, two blocks, sent in whichever order: never one number twice', async () => {
    const [mine, his] = [await take('wang', phone), await take('he', 'phone-of-he-00001')]
    const numbers = [...mine.numbers, ...his.numbers].map((n) => n.no)
    expect(new Set(numbers).size).toBe(6)
    const paper = await approvedPaper(w, draftOf('D06', found, { items: itemsOf(w, found).slice(3, 4) }))
    const first = await order(paper, his.numbers[0]!.seq, his.id)
    expect((await send('wang', first)).problem.code).toBe('enforcement.block_unknown')
    expect((await send('he', { ...first, number: { blockId: mine.id, seq: mine.numbers[0]!.seq } }, { device: 'phone-of-he-00001' })).problem.code).toBe('enforcement.block_unknown')
    expect((await send('wang', { ...first, number: { blockId: mine.id, seq: mine.numbers[0]!.seq } })).ok.no).toBe(mine.numbers[0]!.no)
  })
})
