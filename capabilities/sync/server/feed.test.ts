import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, type CastName, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { contents, type Phone, phoneOf } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const onPostgres = !!process.env.ANGRID_TEST_PG
const rename = `update site set name = $2 where id = $1`
const nameOf = (phone: Phone, id: string) => {
  const change = phone.held.get(`site ${id}`)
  return change?.kind === 'site' ? change.row?.siteName : undefined
}

async function client(): Promise<pg.Client> {
  const one = new pg.Client({ connectionString: w.app.config.databaseUrl })
  await one.connect()
  return one
}

describe('the cursor: a transaction that began earlier and commits later', () => {
  if (!onPostgres) {
    it('cannot overtake on the embedded database: one session, the phone waits its turn and hears of both', async () => {
      const phone = await phoneOf(w, 'wang')
      await phone.pull()
      const slow = w.app.db.transaction(async (tx) => {
        await tx.updateTable('site').set({ name: '先开始' }).where('id', '=', ids.site).execute()
        await new Promise((done) => setTimeout(done, 150))
      })
      const second = w.app.db.transaction((tx) => tx.updateTable('site').set({ name: '后开始' }).where('id', '=', ids.otherSite).execute())
      await phone.pull()
      await Promise.all([slow, second])
      await phone.pull()
      expect([nameOf(phone, ids.site), nameOf(phone, ids.otherSite)]).toEqual(['先开始', '后开始'])
    })
    return
  }
  it('is not skipped, however often the phone has asked meanwhile, and comes exactly once', async () => {
    const phone = await phoneOf(w, 'wang')
    await phone.pull()
    const early = await client()
    await early.query('begin')
    await early.query(rename, [ids.site, '先开始后提交'])
    const late = await client()
    await late.query('begin')
    await late.query(rename, [ids.otherSite, '后开始先提交'])
    await late.query('commit')
    expect((await phone.pull()).changes.map((change) => change.id)).toEqual([ids.otherSite])
    expect((await phone.pull()).changes).toEqual([])
    await w.app.db.pool.query(rename, [ids.otherSite, '其间又改'])
    expect((await phone.pull()).changes.map((change) => change.id)).toEqual([ids.otherSite])
    await early.query('commit')
    expect((await phone.pull()).changes.map((change) => change.id)).toEqual([ids.site])
    expect(nameOf(phone, ids.site)).toBe('先开始后提交')
    expect((await phone.pull()).changes).toEqual([])
    await Promise.all([early.end(), late.end()])
  })
  it('is not skipped when it commits between two pages of one round', async () => {
    const phone = await phoneOf(w, 'wang')
    await phone.pull()
    const early = await client()
    await early.query('begin')
    await early.query(rename, [ids.site, '两页之间提交'])
    for (let i = 0; i < 4; i++) await w.app.db.pool.query(rename, [ids.otherSite, `第${i}次`])
    let committed = false
    await phone.pull({ limit: 2, between: async () => {
      if (!committed) await early.query('commit')
      committed = true
    } })
    await phone.pull()
    expect(committed).toBe(true)
    expect([nameOf(phone, ids.site), nameOf(phone, ids.otherSite)]).toEqual(['两页之间提交', '第3次'])
    await early.end()
  })
  it('is not skipped when it began before the first load and commits during it', async () => {
    const early = await client()
    await early.query('begin')
    await early.query(rename, [ids.site, '首次下载时提交'])
    const phone = await phoneOf(w, 'wang')
    let pages = 0
    await phone.pull({ limit: 3, between: async () => {
      if (++pages === 2) await early.query('commit')
    } })
    if (pages < 2) throw new Error('the load was over before the commit')
    await phone.pull()
    expect(nameOf(phone, ids.site)).toBe('首次下载时提交')
    await early.end()
  })
  it('that is rolled back leaves nothing behind', async () => {
    const phone = await phoneOf(w, 'wang')
    await phone.pull()
    const early = await client()
    await early.query('begin')
    await early.query(rename, [ids.site, '不会提交'])
    await phone.pull()
    await early.query('rollback')
    expect((await phone.pull()).changes).toEqual([])
    await early.end()
  })
})

/** Small numbers that one seed repeats. */
function dice(seed: number): (n: number) => number {
  let x = seed * 7919 + 1
  return (n) => (x = (x * 48271) % 2147483647) % n
}

const places = [[areas.community, ids.grid], [areas.otherCommunity, ids.otherGrid], [areas.neighbourCommunity, null]] as const

/** One random change of the world, as statements. */
function happening(roll: (n: number) => number): [string, unknown[]][] {
  const site = [ids.site, ids.otherSite, ids.neighbourSite][roll(3)]!
  const [area, grid] = places[roll(3)]!
  const officer = [castIds.lin, castIds.wang, castIds.he][roll(3)]!
  return [
    () => [[rename, [site, `名${roll(1000)}`]]],
    () => [[`update site set area_code = $2, grid_id = $3, version = version + 1 where id = $1`, [site, area, grid]]],
    () => [[`update site set closed_on = case when closed_on is null then date '2026-03-01' end where id = $1`, [site]]],
    () => [[`update enterprise set name = $2, version = version + 1 where id = (select enterprise_id from site where id = $1)`, [site, `企业${roll(1000)}`]]],
    () => [[`insert into todo (id, kind, subject_aggregate, subject_id, title, why, person_id, area_code, grid_id, link, dedupe_key, opened_at) values ($1::uuid, 'visit.do', 'visit', $1::uuid, $2, '为何', $3, $4, $5, '/', $2, now())`, [randomUUID(), `待办${randomUUID()}`, officer, area, grid]]],
    () => [[`update todo set done_at = now(), done_how = '办了' where id = (select id from todo where done_at is null order by id offset $1 limit 1)`, [roll(4)]]],
    () => [[`update todo set person_id = $2, version = version + 1 where id = (select id from todo where done_at is null order by id offset $1 limit 1)`, [roll(4), officer]]],
    () => [[`update grid set name = $2, version = version + 1 where id = $1`, [grid ?? ids.grid, `安格${roll(100)}`]]],
    () => [[`update person set duty_title = $2, version = version + 1 where id = $1`, [officer, `职务${roll(100)}`]]],
  ][roll(9)]!() as [string, unknown[]][]
}

describe('the set on the phone', () => {
  const names: readonly CastName[] = ['lin', 'wang', 'zhao', 'zhou', 'qian']
  it.each([1, 2, 3, 4])('seed %i: after any run of changes, transactions in any order and pages of any size, it is what a first load brings', async (seed) => {
    const roll = dice(seed)
    const phones = await Promise.all(names.map((name) => phoneOf(w, name)))
    const clients = onPostgres ? await Promise.all([client(), client(), client()]) : []
    const open = new Set<pg.Client>()
    for (let step = 0; step < 60; step++) {
      const one = clients[roll(3)]
      if (one && roll(3) > 0) {
        if (!open.has(one)) await one.query('begin')
        open.add(one)
        // Two transactions on one row would wait for each other: such a step is left to another time.
        await one.query('savepoint s')
        for (const [text, values] of happening(roll)) await one.query(`set local lock_timeout = '30ms'`).then(() => one.query(text, values)).catch(() => one.query('rollback to s'))
        if (roll(3) === 0) await one.query(roll(5) ? 'commit' : 'rollback').then(() => open.delete(one))
      } else if (!open.size) {
        for (const [text, values] of happening(roll)) await w.app.db.pool.query(text, values)
      }
      if (roll(2)) await phones[roll(phones.length)]!.page(1 + roll(6))
    }
    for (const one of open) await one.query('commit')
    await Promise.all(clients.map((one) => one.end()))
    for (const [i, phone] of phones.entries()) {
      await phone.pull({ limit: 1 + roll(9) })
      const fresh = await phoneOf(w, names[i]!)
      await fresh.pull()
      expect(contents(phone), `${names[i]} seed ${seed}`).toEqual(contents(fresh))
    }
  })
})
