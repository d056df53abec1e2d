import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { finding, withChecklists } from '../../visit/server/fixtures.ts'
import { shippedDocTypes } from '../doc-types.data.ts'
import { PAPER_NUMBER } from '../number.ts'
import { operations } from '../operations.ts'
import type { PaperDetail } from '../paper.ts'
import { approvedPaper, draftOf, type Found, issued, itemsOf, recorded, visited } from './fixtures.ts'
import * as store from './store.ts'

let w: World
let found: Found
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
  found = await visited(w, ['YC-01', 'YC-02', 'YC-03', 'YC-04', 'YC-06', 'YC-08', 'YC-09', 'YC-10'].map((code) => finding(code)))
  await recorded(w, found)
})
afterAll(() => w.close())

const sequence = (no: string | null): number => Number(/〕(\d+)号/.exec(no ?? '')?.[1])
const one = (i: number): Promise<PaperDetail> => approvedPaper(w, draftOf('D06', found, { items: [itemsOf(w, found)[i]!] }))
const ledger = async () => (await w.app.db.pool.query<{ seq: number; state: string }>(`select seq, state from paper_number where type = 'D06' and year = 2026 order by seq`)).rows
const issue = (who: 'wang' | 'he', paper: PaperDetail, key?: string) => w.as(who).call(operations.issue, { id: paper.id, baseVersion: paper.version }, key ? { key } : {})

describe('文号（§3.4）', () => {
  it('六份文书由两人同时签发：各得一号，连续无空号', async () => {
    const papers: PaperDetail[] = []
    for (let i = 0; i < 6; i++) papers.push(await one(i))
    const answers = await Promise.all(papers.map((paper, i) => issue(i % 2 ? 'he' : 'wang', paper)))
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 200, 200])
    for (const { ok } of answers) expect(ok.no).toMatch(PAPER_NUMBER)
    expect(answers.map((a) => sequence(a.ok.no)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
  })
  it('同一份文书同时签发两次，只用一号；同一幂等键重放得同一号', async () => {
    const paper = await one(6)
    const key = randomUUID()
    const answers = await Promise.all([issue('wang', paper, key), issue('wang', paper, key), issue('he', paper)])
    const fine = answers.filter((a) => a.status === 200)
    expect(new Set(fine.map((a) => a.ok.no))).toEqual(new Set(['（澜安澜）应急责改〔2026〕7号']))
    const late = (await issue('wang', paper, key)).status
    expect([200, 409, 422]).toContain(late)
    expect((await ledger()).length).toBe(7)
  })
  it('作废的文号保留、标明作废、不再使用', async () => {
    const third = (await w.as('wang').do(operations.list, { q: '〔2026〕3号' })).rows[0]!
    const voided = await w.as('xu').do(operations.void, { id: third.id, baseVersion: third.version, reason: '当事人名称有误' })
    expect(voided).toMatchObject({ state: 'VOIDED', no: '（澜安澜）应急责改〔2026〕3号', voidReason: '当事人名称有误' })
    expect((await ledger()).filter((n) => n.state === 'VOIDED')).toEqual([{ seq: 3, state: 'VOIDED' }])
    const next = await issued(w, draftOf('D06', found, { items: [itemsOf(w, found)[7]!] }))
    expect(sequence(next.no)).toBe(8)
    expect((await w.as('wang').do(operations.list, { state: 'VOIDED' })).rows.map((p) => p.no)).toContain(voided.no)
  })
  it('签发不成的不占号', async () => {
    const paper = await one(0)
    await w.app.db.pool.query(`update organisation set paper_prefix = null where id = $1`, [ids.bureau])
    expect((await issue('wang', paper)).problem.code).toBe('enforcement.no_prefix')
    await w.app.db.pool.query(`update organisation set paper_prefix = '澜安澜' where id = $1`, [ids.bureau])
    expect(sequence((await issue('wang', paper)).ok.no)).toBe(9)
  })
  it('四十个事务同时取号、三分之一回滚：取到的号不重不漏', async () => {
    const taken: number[] = []
    await Promise.all(Array.from({ length: 40 }, (_, i) => w.app.db.transaction(async (tx) => {
      const seq = await store.nextNumber(tx, { agencyId: ids.neighbourBureau, type: 'D05', year: 2026 })
      if (i % 3 === 0) throw new Error('rolled back')
      return seq
    }).then((seq) => taken.push(seq), () => undefined)))
    expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 26 }, (_, i) => i + 1))
  })
  it('换年从一号起', async () => {
    w.advance({ days: 310 })
    await w.app.db.pool.query('update account set password_changed_at = $1', [w.app.runtime.now()])
    const later = await visited(w)
    await recorded(w, later)
    expect((await issued(w, draftOf('D06', later, { items: itemsOf(w, later) }))).no).toBe('（澜安澜）应急责改〔2027〕1号')
  })
})

describe('文书样式', () => {
  it('数据库里的出厂样式与代码所带的一致', async () => {
    const rows = await w.app.db.transaction((tx) => store.formsAt(tx, '000000000000'))
    expect(rows.map(({ areaCode: _a, version: _v, ...form }) => form)).toEqual([...shippedDocTypes].sort((a, b) => a.type.localeCompare(b.type)))
  })
})
