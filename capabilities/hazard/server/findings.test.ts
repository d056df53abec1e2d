import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { newId } from '../../../kernel/server/id.ts'
import { draft, get, inDays, photo, serve, within } from './fixtures.ts'
import { hazardsForPaper, hazardsOfVisit, openCounts, recordReinspection, reportFindings } from './public.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const pair = [castIds.wang, castIds.he]
const stateOf = async (id: string) => (await get(w, 'wang', id)).state

describe('reportFindings: T1 and what follows from who was there', () => {
  it.each<[string, Parameters<typeof draft>[1], boolean, string]>([
    ['a patrol without officers waits for 核定', { source: 'PATROL', foundBy: [castIds.lin] }, false, 'REPORTED'],
    ['two certified officers confirm a general one at once (T2)', { officers: pair }, false, 'CONFIRMED'],
    ['an officer without certificate on the day confirms nothing', { officers: [castIds.lin] }, false, 'REPORTED'],
    ['seen put right by officers: closed on the spot (T4, T5)', { officers: pair, fixedOnSite: true }, true, 'CLOSED'],
    ['stopped on the spot: the fix waits until the stop is lifted (T5)', { officers: pair, fixedOnSite: true, immediateStop: true }, true, 'FIXED_ON_SITE'],
    ['a major one without opinion waits', { officers: pair, level: 'MAJOR', clauseId: 'GM-3-1' }, false, 'REPORTED'],
    ['a major one with clause, two officers and opinion is confirmed', { officers: pair, level: 'MAJOR', clauseId: 'GM-3-1', opinion: { kind: 'EXPERT', text: '构成', by: '专家甲' } }, false, 'CONFIRMED'],
  ])('%s', async (_, more, after, state) => {
    const finding = draft(w, { ...more, photosBefore: [await photo(w, 'wang')], photosAfter: after ? [await photo(w, 'wang')] : [] })
    const { reported: [done] } = await within(w, 'wang', (ctx) => reportFindings(ctx, [finding]))
    expect(done).toMatchObject({ id: finding.id, state, sighting: false })
    expect(await stateOf(finding.id)).toBe(state)
  })
  it('says every lack of every finding with its place in the list', async () => {
    const twice = draft(w, { photosBefore: ['x'] })
    const bad = [draft(w), draft(w, { fixedOnSite: true, level: 'MAJOR', evidence: 'NONE' }), twice, { ...twice, id: newId(new Date()) }]
    await expect(within(w, 'wang', (ctx) => reportFindings(ctx, bad))).rejects.toMatchObject({
      fields: [{ path: 'findings.0.photosBefore', code: 'hazard.photo_needed' }, { path: 'findings.1.fixedOnSite', code: 'hazard.major_not_fixed_on_site' }, { path: 'findings.3.location', code: 'hazard.duplicate_draft' }],
    })
  })
  it('costs the same number of statements for three findings and for twelve', async () => {
    const count = async (n: number) => {
      const drafts = await Promise.all(Array.from({ length: n }, async () => draft(w, { officers: pair, photosBefore: [await photo(w, 'wang')] })))
      const before = w.app.db.sent.count
      await within(w, 'wang', (ctx) => reportFindings(ctx, drafts))
      return w.app.db.sent.count - before
    }
    const three = await count(3)
    expect(await count(12)).toBe(three)
    expect(three).toBeLessThanOrEqual(24)
  })
  it('gives numbers of the business date: a night finding counts to the day before', async () => {
    const finding = draft(w, { foundAt: '2026-03-04T17:30:00.000Z', photosBefore: [await photo(w, 'wang')] })
    const { reported: [done] } = await within(w, 'wang', (ctx) => reportFindings(ctx, [finding]))
    expect(done!.no).toMatch(/^HZ-20260304-990101-\d{6}$/)
  })
  it('an earlier visit’s hazard seen again belongs to both visits and counts once', async () => {
    const [first, second] = [newId(new Date()), newId(new Date())]
    const seen = draft(w, { sourceId: first, photosBefore: [await photo(w, 'wang')] })
    const again = { ...seen, id: newId(new Date()), sourceId: second, photosBefore: [await photo(w, 'wang')] }
    await within(w, 'wang', (ctx) => reportFindings(ctx, [seen]))
    const { reported: [done] } = await within(w, 'wang', (ctx) => reportFindings(ctx, [again]))
    expect(done).toMatchObject({ id: seen.id, sighting: true })
    const of = (visit: string) => within(w, 'wang', (ctx) => hazardsOfVisit(ctx, visit))
    expect((await of(first)).map((h) => [h.id, h.seenAgain])).toEqual([[seen.id, false]])
    expect((await of(second)).map((h) => [h.id, h.seenAgain])).toEqual([[seen.id, true]])
  })
  it('closed within 90 days and seen by officers again: the old one reopens (T17); a patrol makes a new one that points to it', async () => {
    const closed = draft(w, { officers: pair, fixedOnSite: true, photosBefore: [await photo(w, 'wang')], photosAfter: [await photo(w, 'wang')] })
    await within(w, 'wang', (ctx) => reportFindings(ctx, [closed]))
    const patrol = { ...closed, id: newId(new Date()), source: 'PATROL' as const, officers: [], fixedOnSite: false, photosBefore: [await photo(w, 'wang')], photosAfter: [] }
    await within(w, 'lin', (ctx) => reportFindings(ctx, [patrol]))
    expect(await get(w, 'wang', patrol.id)).toMatchObject({ state: 'REPORTED', recurrence: true, recurrenceOf: closed.id })
    const other = draft(w, { officers: pair, fixedOnSite: true, photosBefore: [await photo(w, 'wang')], photosAfter: [await photo(w, 'wang')] })
    await within(w, 'wang', (ctx) => reportFindings(ctx, [other]))
    const again = { ...other, id: newId(new Date()), fixedOnSite: false, photosAfter: [], photosBefore: [await photo(w, 'wang')] }
    const { reported: [back] } = await within(w, 'wang', (ctx) => reportFindings(ctx, [again]))
    expect(back).toMatchObject({ id: other.id, state: 'CONFIRMED', sighting: true })
  })
})

describe('what a paper needs', () => {
  it('orderHazards starts the clock once; a second paper for the same hazard changes nothing', async () => {
    const finding = draft(w, { officers: pair, photosBefore: [await photo(w, 'wang')] })
    await within(w, 'wang', (ctx) => reportFindings(ctx, [finding]))
    expect((await within(w, 'wang', (ctx) => hazardsForPaper(ctx, [finding.id])))[0]).toMatchObject({ requirement: '加装漏电保护装置', state: 'CONFIRMED' })
    await serve(w, [finding.id], inDays(w, 7))
    await serve(w, [finding.id], inDays(w, 9))
    expect(await get(w, 'wang', finding.id)).toMatchObject({ state: 'ORDERED', dueOn: inDays(w, 7) })
  })
  it('recordReinspection assigns the two officers itself when nobody had (T10), and closes', async () => {
    const finding = draft(w, { officers: pair, photosBefore: [await photo(w, 'wang')] })
    await within(w, 'wang', (ctx) => reportFindings(ctx, [finding]))
    await serve(w, [finding.id], inDays(w, 1))
    w.advance({ days: 2 })
    await w.runJobs()
    expect(await stateOf(finding.id)).toBe('SUBMITTED')
    const results = [{ hazardId: finding.id, passed: true, note: '合格', photos: [] }]
    await expect(within(w, 'wang', (ctx) => recordReinspection(ctx, { paperId: null, officers: [castIds.wang], results }))).rejects.toMatchObject({ code: 'hazard.two_officers' })
    const [done] = await within(w, 'wang', (ctx) => recordReinspection(ctx, { paperId: newId(new Date()), officers: pair, results }))
    expect(done!.state).toBe('CLOSED')
  })
  it('openCounts counts open, major and late ones of an enterprise as the rows stand', async () => {
    const enterprise = (await get(w, 'wang', (await sql<{ id: string }>`select id from hazard limit 1`.execute(w.app.db.all)).rows[0]!.id)).enterpriseId
    const { rows } = await sql<{ open: number; major: number }>`select count(*)::int as open, (count(*) filter (where level = 'MAJOR'))::int as major from hazard where state not in ('CLOSED','VOID','TRANSFER_CLOSED') and enterprise_id = ${enterprise}`.execute(w.app.db.all)
    expect((await within(w, 'wang', (ctx) => openCounts(ctx.tx, [enterprise]))).get(enterprise)).toMatchObject(rows[0]!)
  })
})
