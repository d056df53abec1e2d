import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, type CastName } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { finding, withChecklists } from '../../visit/server/fixtures.ts'
import { GRACE_DAYS, VALID_DAYS } from '../block.ts'
import { operations } from '../operations.ts'
import type { PaperDetail } from '../paper.ts'
import { approvedPaper, draftOf, type Found, itemsOf, recorded, visited } from './fixtures.ts'

let w: World
let found: Found
let next = 0
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
  found = await visited(w, ['YC-01', 'YC-02', 'YC-03', 'YC-04', 'YC-06', 'YC-08', 'YC-09', 'YC-10'].map((code) => finding(code)))
  await recorded(w, found)
})
afterAll(() => w.close())

const phone = 'phone-of-wang-0001'
const take = async (who: CastName, count: number, deviceId = phone, type: 'D06' | 'D05' = 'D06') => {
  const id = randomUUID()
  const { rows } = await w.as(who).do(operations.reserve, { deviceId, blocks: [{ id, type, count }] })
  return rows.find((block) => block.id === id)!
}
const ready = (): Promise<PaperDetail> => approvedPaper(w, draftOf('D06', found, { items: [itemsOf(w, found)[next++]!] }))
const nowIso = () => w.app.runtime.now().toISOString()
const issueWith = (paper: PaperDetail, blockId: string, seq: number, more: { issuedAt?: string; device?: string; who?: CastName; key?: string } = {}) =>
  w.as(more.who ?? 'wang').call(operations.issue, { id: paper.id, baseVersion: paper.version, number: { blockId, seq, issuedAt: more.issuedAt ?? nowIso() } }, { headers: { 'x-device': more.device ?? phone }, ...(more.key ? { key: more.key } : {}) })
const issueAtDesk = (paper: PaperDetail) => w.as('wang').do(operations.issue, { id: paper.id, baseVersion: paper.version })
const register = async () => (await w.as('wang').do(operations.numbers, { type: 'D06', year: 2026, limit: 200 })).rows
const last = async () => (await register()).at(-1)?.seq ?? 0

describe('预留文号: refuses strangers', () => {
  it('enforcement.reserve asks for the right and a certificate in force; enforcement.blocks shows only one’s own', async () => {
    for (const who of ['lin', 'zhao', 'zhou'] as const) expect((await w.as(who).call(operations.reserve, { deviceId: phone, blocks: [{ id: randomUUID(), type: 'D06', count: 1 }] })).status, who).toBe(403)
    await w.app.db.pool.query(`update certificate set revoked_on = '2026-03-01' where person_id = $1`, [castIds.lu])
    expect((await w.as('lu').call(operations.reserve, { deviceId: phone, blocks: [{ id: randomUUID(), type: 'D06', count: 1 }] })).problem.code).toBe('enforcement.no_certificate')
    const block = await take('he', 1, 'phone-of-he-00001')
    expect((await w.as('wang').do(operations.blocks, {})).rows.map((row) => row.id)).not.toContain(block.id)
    expect((await w.as('wang').call(operations.giveBack, { id: block.id, baseVersion: 1, reason: '不是我的' })).status).toBe(404)
  })
  it('enforcement.voidBlock of another district is not there; enforcement.numbers shows it none of ours', async () => {
    const block = await take('he', 1, 'phone-of-he-00001')
    expect((await w.as('qian').call(operations.voidBlock, { id: block.id, baseVersion: 1, reason: '邻区无权' })).status).toBe(403)
    expect((await w.as('qian').do(operations.numbers, { type: 'D06', year: 2026 })).rows).toEqual([])
    expect((await w.as('zhao').do(operations.numbers, { type: 'D06', year: 2026 })).rows).toEqual([])
  })
})

describe('预留文号: refuses nonsense', () => {
  it('a number of another device, of another person, outside the block, used already, or out of its time', async () => {
    const block = await take('wang', 2)
    const seq = block.numbers[0]!.seq
    const paper = await ready()
    const code = async (...given: Parameters<typeof issueWith>) => (await issueWith(...given)).problem.code
    expect(await code(paper, block.id, seq, { device: 'another-phone-1' })).toBe('enforcement.block_other_device')
    expect(await code(paper, block.id, seq, { who: 'he' })).toBe('enforcement.block_unknown')
    expect(await code(paper, block.id, seq + 2)).toBe('enforcement.number_not_in_block')
    expect(await code(paper, block.id, seq, { issuedAt: new Date(w.app.runtime.now().getTime() - 30 * 60_000).toISOString() })).toBe('enforcement.block_not_then')
    expect(await code(paper, block.id, seq, { issuedAt: '2026-03-06T01:00:00Z' })).toBe('enforcement.issued_in_future')
    expect((await issueWith(paper, block.id, seq)).ok.no).toBe(block.numbers[0]!.no)
    expect(await code(await ready(), block.id, seq)).toBe('enforcement.number_gone')
  })
  it('more than a device may hold, and a paper that has no number', async () => {
    const refused = await w.as('he').call(operations.reserve, { deviceId: 'greedy-phone', blocks: [{ id: randomUUID(), type: 'D05', count: 15 }, { id: randomUUID(), type: 'D05', count: 6 }] })
    expect(refused.problem).toMatchObject({ code: 'enforcement.block_enough', params: { has: 15, most: 20 } })
    expect((await w.as('he').call(operations.reserve, { deviceId: 'greedy-phone', blocks: [{ id: randomUUID(), type: 'D04', count: 1 }] })).problem.code).toBe('enforcement.type_without_number')
    expect((await w.as('he').do(operations.numbers, { type: 'D05', year: 2026 })).total).toBe(0)
  })
})

describe('预留文号: works', () => {
  it('issued without a line: the number of the block, the day of the act; sent twice it is one paper', async () => {
    const block = await take('wang', 3)
    const paper = await ready()
    const issuedAt = nowIso()
    w.advance({ days: 2 })
    const key = randomUUID()
    const first = await issueWith(paper, block.id, block.numbers[1]!.seq, { issuedAt, key })
    expect(first.ok).toMatchObject({ state: 'ISSUED', no: block.numbers[1]!.no, issuedOn: '2026-03-05' })
    expect((await issueWith(paper, block.id, block.numbers[1]!.seq, { issuedAt, key })).ok).toEqual(first.ok)
    const mine = (await w.as('wang').do(operations.blocks, {})).rows.find((row) => row.id === block.id)!
    expect(mine.numbers.map((n) => n.state)).toEqual(['RESERVED', 'USED', 'RESERVED'])
  })
  it('the desk goes on behind the block; unused numbers in the middle are voided and listed, none is given twice', async () => {
    const block = await take('wang', 3)
    const desk = await issueAtDesk(await ready())
    expect(desk.no).toContain(`〔2026〕${block.numbers[2]!.seq + 1}号`)
    expect((await issueWith(await ready(), block.id, block.numbers[0]!.seq)).status).toBe(200)
    const closed = await w.as('wang').do(operations.giveBack, { id: block.id, baseVersion: 1, reason: '任务结束' })
    expect([closed.returned, closed.voided]).toEqual([[], [block.numbers[1]!.seq, block.numbers[2]!.seq]])
    const rows = await register()
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1))
    expect(rows.filter((row) => closed.voided.includes(row.seq))).toMatchObject([{ state: 'VOIDED', no: block.numbers[1]!.no, heldBy: '王砚川', why: '任务结束', paperId: null }, { state: 'VOIDED' }])
    expect((await w.as('wang').call(operations.giveBack, { id: block.id, baseVersion: 2, reason: '再交一次' })).problem.code).toBe('enforcement.block_closed')
  })
  it('unused numbers at the end of the sequence go back and are given again', async () => {
    const before = await last()
    const block = await take('wang', 4)
    await issueWith(await ready(), block.id, block.numbers[0]!.seq)
    const closed = await w.as('wang').do(operations.giveBack, { id: block.id, baseVersion: 1, reason: '任务结束' })
    expect(closed).toMatchObject({ state: 'RETURNED', returned: [before + 2, before + 3, before + 4], voided: [] })
    expect((await take('he', 1, 'phone-of-he-00001')).numbers[0]!.seq).toBe(before + 2)
  })
  it('a lost phone: whoever may void papers voids the rest, nothing goes back', async () => {
    const block = await take('wang', 2)
    const closed = await w.as('xu').do(operations.voidBlock, { id: block.id, baseVersion: 1, reason: '手机遗失' })
    expect(closed).toMatchObject({ state: 'VOIDED', returned: [], voided: block.numbers.map((n) => n.seq) })
    expect(await last()).toBe(block.numbers[1]!.seq)
  })
  it('ten people take and issue at once: every number once, no gap', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => take(i % 2 ? 'he' : 'wang', 1, `phone-number-${i}-x`)))
    const taken = answers.map((block) => block.numbers[0]!.seq).sort((a, b) => a - b)
    expect(new Set(taken).size).toBe(10)
    const rows = await register()
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1))
  })
  it('nobody came back: a month after its time the rest is voided; a paper issued in time still gets its number', async () => {
    const block = await take('wang', 2, 'phone-in-a-basement')
    const issuedAt = nowIso()
    const paper = await ready()
    w.advance({ days: VALID_DAYS + GRACE_DAYS + 2 })
    await w.app.db.pool.query('update account set password_changed_at = $1', [w.app.runtime.now()])
    await w.runJobs()
    const after = (await register()).filter((row) => block.numbers.some((n) => n.seq === row.seq))
    expect(after).toMatchObject([{ state: 'VOIDED', why: '逾期未用，文号作废' }, { state: 'VOIDED' }])
    const late = await issueWith(paper, block.id, block.numbers[0]!.seq, { issuedAt, device: 'phone-in-a-basement' })
    expect(late.ok).toMatchObject({ no: block.numbers[0]!.no, issuedOn: issuedAt.slice(0, 10) })
    expect((await register()).find((row) => row.seq === block.numbers[0]!.seq)).toMatchObject({ state: 'USED', paperId: paper.id })
  })
})
