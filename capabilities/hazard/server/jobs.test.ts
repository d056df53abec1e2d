import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations as todos } from '../../todo/operations.ts'
import { operations } from '../operations.ts'
import { confirmed, get, inDays, on, plan, reported, serve } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const kinds = async (id: string) => (await sql<{ kind: string }>`select kind from todo where subject_id = ${id} and done_at is null order by kind`.execute(w.app.db.all)).rows.map((r) => r.kind)
// Straight from the table: asking over HTTP every day would be a sign-in every day.
const rungNow = async (id: string) => (await sql<{ escalation: number }>`select escalation from hazard where id = ${id}`.execute(w.app.db.all)).rows[0]!.escalation
const passDays = async (days: number) => {
  for (let i = 0; i < days; i++) {
    w.advance({ days: 1 })
    await w.runJobs()
  }
}

describe('timers', () => {
  it('C1 a report nobody confirms is put before the team lead after one working day', async () => {
    const { id } = await reported(w, 'lin', { source: 'PATROL' })
    expect(await kinds(id)).toEqual(['hazard.confirm'])
    await passDays(1)
    expect(await kinds(id)).toEqual(['hazard.confirm'])
    await passDays(1)
    expect(await kinds(id)).toEqual(['hazard.confirm', 'hazard.overrun'])
    const mine = (await w.as('xu').do(todos.mine, { kind: 'hazard.overrun' })).rows
    expect(mine.map((row) => row.subjectId)).toContain(id)
    await w.as('wang').do(operations.confirm, { ...(await on(w, id)), level: 'GENERAL' })
    expect(await kinds(id)).toEqual(['hazard.start'])
  })
  it('REM, T9b and the ladder: three days of reminders, re-inspection at 24:00, then E1 to E5 on their days', async () => {
    const { id } = await confirmed(w)
    await serve(w, [id], inDays(w, 3))
    await w.as('zhao').do(operations.acknowledge, { ...(await on(w, id)), plan: plan(inDays(w, 3)) })
    w.advance({ minutes: 2 })
    await w.runJobs()
    expect((await get(w, 'wang', id)).timeline.filter((e) => e.event === 'hazard.reminded')).toHaveLength(1)
    await passDays(3)
    expect(await get(w, 'wang', id)).toMatchObject({ state: 'RECTIFYING', overdue: false })
    expect((await get(w, 'wang', id)).timeline.filter((e) => e.event === 'hazard.reminded')).toHaveLength(3)
    await passDays(1)
    const late = await get(w, 'wang', id)
    expect(late).toMatchObject({ state: 'SUBMITTED', overdue: true, late: true, escalation: 0 })
    expect(late.timeline.at(-1)).toMatchObject({ event: 'hazard.lapsed', actor: '系统', role: 'SYSTEM' })
    const rungs: number[] = []
    for (let day = 1; day <= 30; day++) {
      await passDays(1)
      rungs.push(await rungNow(id))
    }
    expect([1, 3, 7, 15, 30].map((day) => rungs[day - 1])).toEqual([1, 2, 3, 4, 5])
    expect([2, 6, 14, 29].map((day) => rungs[day - 1])).toEqual([1, 2, 3, 4])
    expect((await w.as('chen').do(todos.mine, { kind: 'hazard.escalated' })).rows.map((row) => row.subjectId)).toEqual([id])
  })
  it('a page opened before a reminder is not stale after it: what the clock did changes nothing one decides on', async () => {
    const { id } = await confirmed(w)
    await serve(w, [id], inDays(w, 3))
    const opened = await on(w, id)
    await passDays(2)
    expect((await get(w, 'wang', id)).timeline.filter((e) => e.event === 'hazard.reminded').length).toBeGreaterThan(0)
    await w.as('zhao').do(operations.acknowledge, { ...opened, plan: plan(inDays(w, 1)) })
    // A lost update would have taken the reminder with it.
    expect((await sql<{ reminded_on: string | null }>`select reminded_on from hazard where id = ${id}`.execute(w.app.db.all)).rows[0]!.reminded_on).not.toBeNull()
  })
  it('a late hazard stays overdue through a failed re-inspection, until it is closed', async () => {
    const { id } = await confirmed(w)
    await serve(w, [id], inDays(w, 5))
    await passDays(6)
    const pair = [castIds.wang, castIds.he]
    const result = async (passed: boolean) => {
      await w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: pair })
      await w.as('wang').do(operations.reinspect, { ...(await on(w, id)), officers: pair, passed, note: '复查' })
    }
    await result(false)
    expect(await get(w, 'wang', id)).toMatchObject({ state: 'RECTIFYING', round: 1, overdue: true, dueOn: inDays(w, 5) })
    expect(await kinds(id)).toContain('hazard.propose_case')
    await passDays(6)
    await result(true)
    expect(await get(w, 'wang', id)).toMatchObject({ state: 'CLOSED', overdue: false, late: true })
    expect(await kinds(id)).toEqual([])
  })
  it('X1 a transfer without receipt is put before those who approve transfers', async () => {
    const { id } = await confirmed(w)
    await w.as('wang').do(operations.askTransfer, { ...(await on(w, id)), toDept: '区消防救援大队', materials: ['照片'], reason: '职权' })
    await w.as('xu').do(operations.decideTransfer, { ...(await on(w, id)), approved: true, reason: '同意' })
    await passDays(8)
    expect(await kinds(id)).toEqual(['hazard.overrun', 'hazard.receipt'])
  })
  it('runs again without doing anything twice', async () => {
    await w.runJobs()
    const events = async () => Number((await sql<{ n: number }>`select count(*) as n from domain_event`.execute(w.app.db.all)).rows[0]!.n)
    const before = await events()
    w.advance({ minutes: 2 })
    await w.runJobs()
    expect(await events()).toBe(before)
  })
})
