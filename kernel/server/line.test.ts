import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type World, world } from '../../house/world.ts'
import type { Tx } from './db.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await sql`create table line_try (n int primary key, word text)`.execute(w.app.db.all)
})
afterAll(() => w.close())
beforeEach(() => sql`delete from line_try`.execute(w.app.db.all))

const put = (tx: Tx, n: number, word: unknown = '字') => sql`insert into line_try (n, word) values (${n}, ${word})`.execute(tx)
const stored = async () => (await sql<{ n: number }>`select n from line_try order by n`.execute(w.app.db.all)).rows.map((row) => row.n)
const transaction: World['app']['db']['transaction'] = (work, options) => w.app.db.transaction(work, options)

describe('statements that are issued together', () => {
  it('are done in their order, and each gets its own answer', async () => {
    const answers = await transaction(async (tx) => {
      const [, one, , two] = await Promise.all([put(tx, 1), sql<{ n: number }>`select count(*)::int as n from line_try`.execute(tx), put(tx, 2), sql<{ n: number }>`select count(*)::int as n from line_try`.execute(tx)])
      return [one.rows[0]?.n, two.rows[0]?.n]
    })
    expect(answers).toEqual([1, 2])
    expect(await stored()).toEqual([1, 2])
  })

  it('stand in one chain even when one of them waits for nothing and another for two', async () => {
    await transaction((tx) => Promise.all([put(tx, 1).then(() => put(tx, 2)).then(() => put(tx, 3)), put(tx, 4), put(tx, 5).then(() => put(tx, 6))]))
    expect(await stored()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('a statement that fails takes all with it, those before and those behind', async () => {
    const work = (tx: Tx) => Promise.all([put(tx, 1), put(tx, 1), put(tx, 2)])
    await expect(transaction(work)).rejects.toMatchObject({ code: '23505' })
    expect(await stored()).toEqual([])
  })

  it('one whose failure nobody looks at still fails the transaction', async () => {
    await put(w.app.db.all as unknown as Tx, 7)
    await expect(transaction(async (tx) => {
      await put(tx, 1)
      await put(tx, 7).catch(() => undefined)
    })).rejects.toMatchObject({ code: '23505' })
    expect(await stored()).toEqual([7])
  })

  it('after a failure a statement that was never parsed works the next time', async () => {
    const odd = (tx: Tx) => sql<{ n: number }>`select 40 + ${2}::int as n`.execute(tx)
    for (let i = 0; i < 20; i++) {
      await expect(transaction((tx) => Promise.all([put(tx, 1), put(tx, 1), odd(tx)]))).rejects.toMatchObject({ code: '23505' })
      expect((await transaction(odd)).rows).toEqual([{ n: 42 }])
    }
  })

  it('a value that cannot be written sends nothing at all', async () => {
    const endless: Record<string, unknown> = {}
    endless.itself = endless
    await expect(transaction((tx) => Promise.all([put(tx, 1), put(tx, 2, endless)]))).rejects.toThrow()
    expect(await stored()).toEqual([])
    await transaction((tx) => put(tx, 3))
    expect(await stored()).toEqual([3])
  })
})

describe('the end of a transaction', () => {
  it('carries the last statements with the commit', async () => {
    const before = w.app.db.sent.count
    expect(await transaction(async (tx) => put(tx, 1).then(() => 'done'), { last: () => [sql`insert into line_try (n) values (8)`, sql`insert into line_try (n) values (9)`] })).toBe('done')
    expect(w.app.db.sent.count - before).toBe(5)
    expect(await stored()).toEqual([1, 8, 9])
  })

  it('a last statement that fails leaves nothing behind', async () => {
    await expect(transaction((tx) => put(tx, 1), { last: () => [sql`insert into line_try (n) values (8)`, sql`insert into line_try (n) values (8)`] })).rejects.toMatchObject({ code: '23505' })
    expect(await stored()).toEqual([])
  })

  it('what a broken-off handler still issues is refused', async () => {
    let late: Promise<unknown> = Promise.resolve()
    let go: () => void = () => undefined
    const gate = new Promise<void>((open) => (go = open))
    await expect(transaction(async (tx) => {
      late = gate.then(() => put(tx, 5))
      late.catch(() => undefined)
      await put(tx, 1)
      throw new Error('broken off')
    })).rejects.toThrow('broken off')
    go()
    await expect(late).rejects.toThrow('ended')
    expect(await stored()).toEqual([])
  })

  it('a deferred rule that fails at the commit is told', async () => {
    await sql`alter table line_try add column of int references line_try (n) deferrable initially deferred`.execute(w.app.db.all)
    await expect(transaction((tx) => sql`insert into line_try (n, of) values (1, 99)`.execute(tx))).rejects.toMatchObject({ code: '23503' })
    expect(await stored()).toEqual([])
  })
})
