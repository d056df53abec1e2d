import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, compose } from '../apps/server/app.ts'
import { type HazardEvent, foldAll } from '../capabilities/hazard/fold.ts'
import { HAZARD_STATES } from '../capabilities/hazard/hazard.ts'
import { columns, toHazard } from '../capabilities/hazard/server/row.ts'
import { rungOf } from '../capabilities/hazard/timers.ts'
import { cellsOf } from '../capabilities/statistics/figures.ts'
import { countBase, countFigures } from '../capabilities/statistics/server/figures.ts'
import { foldTally, tallied } from '../capabilities/statistics/server/tally.ts'
import { rangeOf } from '../kernel/core/access.ts'
import { localDate } from '../kernel/core/time.ts'
import { systemActor } from '../kernel/server/actor.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { openDb, type Tx } from '../kernel/server/db.ts'
import { sealNext } from '../kernel/server/ledger.ts'
import { exportLedger, verifyLedger } from '../kernel/server/ledger-file.ts'
import { migrate } from '../kernel/server/migrate.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { demoPassword, demoPeople, seed } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'angrid-seed-'))
const lines: string[] = []
let app: App

const rows = async <T>(text: string): Promise<T[]> => (await sql.raw<T>(text).execute(app.db.all)).rows
const one = async (text: string): Promise<number> => Number((await rows<{ n: number }>(`select (${text}) as n`))[0]!.n)

beforeAll(async () => {
  const config = loadConfig({ mode: 'test', dataDir: folder, databaseUrl: '', movableClock: true, logLevel: 'silent' }, {})
  const db = await openDb(config)
  await migrate(db, join(projectRoot(), 'migrations'))
  app = await compose(config, db)
  app.clock.advance(Date.parse('2026-11-20T02:00:00Z') - Date.now())
  await seed(app, { say: (line) => lines.push(line), size: 'small' })
}, 300_000)
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the fictional district in a database', () => {
  it.each([
    ['11 streets', `select count(*) from area where kind = 'STREET' and parent_code = '990101000000'`, 11],
    ['111 communities', `select count(*) from area where kind = 'COMMUNITY' and code like '990101%'`, 111],
    ['174 grids', `select count(*) from grid where area_code like '990101%'`, 174],
    ['370 members with a grid of their own', `select count(*) from grid_member where is_main`, 370],
    ['276 parks', 'select count(*) from park', 276],
    ['as many companies that run them', `select count(*) from enterprise where site_kind in ('INDUSTRIAL_PARK','PARK_IN_PARK')`, 276],
    ['28,000 industrial enterprises', `select count(*) from enterprise where division is not null and division < 70 and area_code like '990101%'`, 28_000],
    ['1,847 of them above scale', `select count(*) from enterprise where above_scale and area_code like '990101%'`, 1_847],
    ['all of those on the yearly list', `select count(*) from above_scale_entry`, 1_847],
    ['6,000 small places', 'select count(*) from enterprise where division is null', 6_000],
    ['20 plants of the neighbour', `select count(*) from enterprise where area_code like '990102%'`, 20],
    ['a rota for every grid today', `select count(distinct grid_id) from grid_rota where day = '2026-11-20'`, 174],
    ['six actions of the year that are over', `select count(*) from campaign where state = 'CLOSED'`, 6],
    ['things held at each point of their clock', `select count(distinct (state, approved)) from seal_measure`, 4],
    ['a decision that waits for the head', `select count(*) from paper where type = 'D09' and state = 'PENDING'`, 1],
    ['a talk that was held', `select count(*) from paper where type = 'D27' and state = 'SIGNED'`, 1],
    ['two that run', `select count(*) from campaign where state = 'RUNNING'`, 2],
    ['no visit of an action whose place is missing in its list', `select count(*) from visit v where v.campaign_id is not null and v.state = 'DONE' and not exists (select from campaign_target t where t.campaign_id = v.campaign_id and t.site_id = v.site_id)`, 0],
    ['what an action counts is what was visited in it', `select count(*) from (select campaign_id, sum(n) as n from (select campaign_id, n from campaign_count where metric = 'CHECKS' union all select campaign_id, n from campaign_count_delta where metric = 'CHECKS') c group by 1) c full join
      (select campaign_id, count(*) as n from visit where campaign_id is not null and state = 'DONE' and outcome = 'CHECKED' group by 1) v using (campaign_id) where c.n is distinct from v.n`, 0],
  ])('%s', async (_name, query, count) => expect(await one(query)).toBe(count))

  it('everybody who is printed on the start screen can sign in', async () => {
    for (const { login } of demoPeople) {
      const answer = await app.http.inject({ method: 'POST', url: '/api/sign-in', headers: { 'x-angrid': '1' }, payload: { login, password: demoPassword } })
      expect([login, answer.statusCode]).toEqual([login, 200])
    }
    expect(demoPeople).toHaveLength(16)
  })

  it('no telephone number stands in clear text', async () => {
    expect(await one(`select count(*) from enterprise where principal_phone_sealed ~ '16000' or principal_phone_masked ~ '^[0-9]{11}$'`)).toBe(0)
    expect(await one(`select count(*) from domain_event where data::text ~ '16000[0-9]{6}'`)).toBe(0)
  })

  it('a second start finds it and writes nothing', async () => {
    const before = await one('select count(*) from domain_event')
    const said = lines.length
    await seed(app, { say: (line) => lines.push(line), size: 'small' })
    expect([await one('select count(*) from domain_event'), lines.length]).toEqual([before, said])
  })
})

describe('the year in a database', () => {
  it('every hazard folds from its events to the row that is stored', async () => {
    const stored = new Map((await rows<Record<string, unknown>>(`select h.* from hazard h`)).map((row) => [row.id as string, row]))
    const events = await rows<{ id: string; event: string; to: string; data: unknown }>(`select aggregate_id as id, event, to_state as "to", data from domain_event where aggregate = 'hazard' order by aggregate_id, version, seq`)
    const lives = new Map<string, HazardEvent[]>()
    for (const { id, ...event } of events) lives.set(id, [...(lives.get(id) ?? []), event as HazardEvent])
    expect(lives.size).toBe(stored.size)
    for (const [id, life] of lives) expect(foldAll(life)).toEqual(toHazard(stored.get(id)!))
    expect(columns('h')).toBeDefined()
  })

  it('versions of every record count its events without a gap', async () => {
    // What only the clock does (reminders, rungs of the ladder) leaves the version as it is.
    const told = `count(*) filter (where event not in ('hazard.reminded', 'hazard.escalated', 'hazard.freeze_checked'))`
    expect(await one(`select count(*) from (select aggregate_id from domain_event where aggregate = 'hazard' group by 1 having ${told} <> max(version) or count(distinct version) <> max(version)) x`)).toBe(0)
    expect(await one(`select count(*) from domain_event e join domain_event l on l.aggregate_id = e.aggregate_id and l.version = e.version + 1 and l.aggregate = e.aggregate where l.at < e.at`)).toBe(0)
  })

  it('all states are there but the draft, which lives on a phone', async () => {
    const states = (await rows<{ state: string }>('select distinct state from hazard')).map((row) => row.state)
    expect(new Set(states)).toEqual(new Set(HAZARD_STATES.filter((state) => state !== 'DRAFT')))
  })

  it('counters equal a recount', async () => {
    expect(await one('select count(*) from hazard_count_delta')).toBe(0)
    expect(await one(`select count(*) from hazard_count c full join (select street, state, level, coalesce(runs_to, '9999-12-31') as runs_to, count(*) as n from hazard group by 1, 2, 3, 4) r using (street, state, level, runs_to) where c.n is distinct from r.n`)).toBe(0)
    expect(await one(`select sum(n) from day_count where metric = 'FOUND'`)).toBe(await one(`select count(*) from hazard where state <> 'VOID'`))
    expect(await one(`select sum(n) from day_count where metric = 'VISITED'`)).toBe(await one(`select count(*) from visit where state = 'DONE'`))
    expect(await one(`select sum(n) from day_count where metric = 'FIXED'`)).toBe(await one(`select count(*) from hazard where closed_how = 'ON_SITE'`))
  })

  it('every tallied figure × dimension equals the count of the facts', async () => {
    while ((await app.db.transaction((tx) => foldTally({ tx }, false))) > 0);
    expect(await one('select count(*) from figure_tally')).toBeGreaterThan(500)
    const chen = { ...systemActor(), reach: { areas: [rangeOf('990101000000')], grids: [], enterprises: [] } }
    const ids = Object.values(tallied).flatMap((known) => known.ids)
    for (const by of [[], ['street'], ['industry'], ['section'], ['size'], ['aboveScale'], ['campaign'], ['kind'], ['level'], ['source'], ['day'], ['week'], ['month'], ['street', 'industry']] as const)
      for (const scope of [{ from: '2025-11-01', to: '2026-11-20' }, { from: '2025-12-20', to: '2026-03-03' }]) {
        const counted = async (plainly: boolean) => {
          const found = await countFigures(app.db.all as unknown as Tx, chen, ids, scope, app.clock.now(), by, ...(plainly ? [countBase] : []))
          const some = (figures: typeof found.total) => ids.flatMap((id) => (figures[id]?.value ? [[id, figures[id].value]] : []))
          return [some(found.total), cellsOf(found, ids).map((cell) => [cell.keys.join(), some(cell.figures)] as const).filter(([, figures]) => figures.length).sort(([a], [b]) => (a < b ? -1 : 1))]
        }
        expect(await counted(false), by.join('×')).toEqual(await counted(true))
      }
  })

  it('the ladder stands where the clock has put it', async () => {
    const late = await rows<{ level: 'GENERAL' | 'MAJOR'; runs_to: string; escalation: number }>(`select level, runs_to, escalation from hazard where runs_to is not null and state not in ('CLOSED','VOID','TRANSFER_CLOSED')`)
    for (const h of late) expect(h.escalation).toBe(rungOf({ level: h.level, runsTo: h.runs_to }, localDate(app.clock.now())))
    expect(new Set(late.map((h) => h.escalation))).toEqual(new Set([0, 1, 2, 3, 4, 5]))
  })

  it('every open hazard waits for somebody, and nobody has to be found by the level above', async () => {
    expect(await one(`select count(*) from hazard h where state not in ('CLOSED','VOID','TRANSFER_CLOSED') and not exists (select from todo t where t.subject_id = h.id and t.done_at is null)`)).toBe(0)
    expect(await one('select count(*) from todo where orphan_of is not null')).toBe(0)
  })

  it('papers are numbered without gaps in the order of their issue, and their hash is that of their content', async () => {
    expect(await one(`select count(*) from (select type, year, count(*) as n, max(seq) as last from paper_number group by 1, 2) x where n <> last`)).toBe(0)
    expect(await one(`select count(*) from paper_number a join paper_number b on b.type = a.type and b.year = a.year and b.seq = a.seq + 1 join paper p on p.id = a.paper_id join paper q on q.id = b.paper_id where p.issued_at > q.issued_at`)).toBe(0)
    expect(await one(`select count(*) from paper p where p.type = 'D06' and not exists (select from paper r where r.visit_id = p.visit_id and r.type = 'D04' and r.signed_at <= p.issued_at)`)).toBe(0)
  })

  it('the jobs of the first minute change no state', async () => {
    const before = await rows('select id, state from hazard order by id')
    await app.jobs.runDue()
    expect(await rows('select id, state from hazard order by id')).toEqual(before)
  })

  it('the ledger seals the year and verifies', async () => {
    const given = { epoch: app.runtime.epoch(), algorithm: 'sha256' as const, now: app.clock.now() }
    while ((await app.db.transaction((tx) => sealNext(tx, given))) > 0);
    const verdict = await verifyLedger(exportLedger(app.db.all as unknown as Tx, app.clock.now()), [])
    expect(verdict).toMatchObject({ ok: true, unsealed: 0 })
    expect(verdict.sealed).toBe(await one('select count(*) from domain_event'))
  })
})
