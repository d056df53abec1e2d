/**
 * Figures beside the limit: `npx tsx bench/statistics.ts [years]` (1 by default; 10 makes ten times the facts, see years.ts). Needs
 * a local PostgreSQL (ANGRID_TEST_PG). The limit program reads counters that are there already; both must give the same numbers,
 * which are those of the plain count, before anything is measured. The plain count is timed beside them.
 */
import { Agent } from 'node:http'
import { cellsOf, type Counted } from '../capabilities/statistics/figures.ts'
import { countBase, countFigures } from '../capabilities/statistics/server/figures.ts'
import { recount } from '../capabilities/statistics/server/store.ts'
import { foldTally } from '../capabilities/statistics/server/tally.ts'
import { rangeOf } from '../kernel/core/access.ts'
import { addDays, localDate } from '../kernel/core/time.ts'
import { type Actor, systemActor } from '../kernel/server/actor.ts'
import { openDb, type Tx } from '../kernel/server/db.ts'
import { load, send } from './load.ts'
import { compare, type Pair, type Work } from './pair.ts'
import { angrid, limit, prepared, statementsOf } from './world.ts'
import { manyYears } from './years.ts'

const years = Number(process.argv[2] ?? 1)
const seconds = Number(process.env.BENCH_SECONDS ?? 3)
const today = localDate(new Date())
const from = addDays(today, -364)
const metrics = ['M04', 'M07', 'M08', 'M09C', 'M11', 'M14', 'M15', 'M15O'] as const
const counts = metrics.filter((id) => id !== 'M11')

console.log(`预备数据（${years} 年）…`)
const first = await prepared('bench')
const url = years > 1 ? await manyYears(first, years) : first
const db = await openDb({ databaseUrl: url, dataDir: '', poolSize: 2 })
const tx = db.all as unknown as Tx
const chen: Actor = { ...systemActor(), reach: { areas: [rangeOf('990101000000')], grids: [], enterprises: [] } }
const facts = (await db.pool.query(`select (select count(*)::int from hazard) as hazards, (select count(*)::int from visit) as visits, (select id from campaign order by (select count(*) from hazard h where h.campaign_id = campaign.id) desc limit 1) as campaign`)).rows[0]
await db.transaction((one) => foldTally({ tx: one }, false))
const cells = await counters()

const a = await angrid(url, 'chen')
const pair: Pair = { angrid: a, limit: await limit(url), statements: () => statementsOf(a) }
const get = (path: string, query: Record<string, string> = {}) => ({ method: 'GET', path: `${path}?${new URLSearchParams(query)}` })
const cross = { from, to: today, metrics: metrics.join(','), splitBy: 'street,industry' }

interface Asked extends Work {
  readonly same: (body: never) => unknown
  readonly plain?: () => Promise<unknown>
}
let turn = 0
const cell = () => cells[turn % 40]!
const works: Asked[] = [
  {
    name: '首页：分街道的数', aim: 0.6, angrid: () => get('/api/statistics/home'), limit: () => get('/home', { day: today }), plain: () => recount(tx, chen, today),
    same: ({ streets }: { streets: { street: string; found: number; open: number; closed: number; checked: number }[] }) => streets.map((s) => [s.street, s.checked, s.found, s.closed, s.open]),
  },
  {
    name: '统计指标：一年，街道 × 行业，8 个指标', aim: 0.6, angrid: () => get('/api/statistics/figures', cross), limit: () => get('/cross'), plain: () => plainly(['street', 'industry']),
    same: (body: Counted & { rows?: Record<string, unknown>[] }) => (body.rows ?? cellsOf(body, metrics).filter(({ keys }) => !keys.includes('*')).map(({ keys, figures }) => ({ street: keys[0], industry: keys[1], ...Object.fromEntries(counts.map((id) => [id, figures[id]!.value])) } as Record<string, unknown>))).map((row) => [row.street, row.industry, ...counts.map((id) => row[id])].join()).sort(),
  },
  {
    name: '实时战报：最大的一次行动', aim: 0.6, angrid: () => get(`/api/campaigns/${facts.campaign}/board`), limit: () => get('/board', { campaign: facts.campaign }),
    same: (body: { board?: { totals: { found: number; closed: number }; stream: { id: string }[] }; found?: number; closed?: number; stream?: { id: string }[] }) => [body.board?.totals.found ?? body.found, body.board?.totals.closed ?? body.closed, (body.board?.stream ?? body.stream!).map((h) => h.id)],
  },
  {
    name: '点开一格：排查隐患的第一页（40 个不同的格轮流）', aim: 0.6, plain: () => plainly([]),
    angrid: () => get('/api/statistics/facts', { metric: 'M07', from, to: today, splitBy: 'street,industry', cell: cell().join(','), limit: '50' }),
    limit: () => get('/facts', { street: cell()[0]!, industry: cell()[1]!, from, to: today }),
    same: (body: { total: number; rows: { recordId: string }[] }) => [body.total, body.rows.map((row) => row.recordId)],
  },
]

console.log(`AnGrid：登录、管辖、审计、账本全开；一个服务进程；隐患 ${facts.hazards}，走访 ${facts.visits}；每轮 ${seconds} 秒`)
let missed = 0
for (const work of works) {
  console.log(`\n${work.name}`)
  await mustAgree(work)
  const turning: Work = { ...work, angrid: () => (turn++, work.angrid()), limit: () => (turn++, work.limit()) }
  for (const concurrency of [1, 32]) if ((await compare(pair, turning, concurrency, seconds, 50)) < work.aim) missed++
  if (work.plain) await besidePlain(work.plain, turning)
}
await whileFactsMove()
console.log(`\n${works.length * 2 - missed} of ${works.length * 2} reached`)
await db.close()
process.exit(0)

function plainly(by: readonly ('street' | 'industry')[]) {
  return countFigures(tx, chen, by.length ? metrics : ['M07'], { from, to: today }, new Date(), by, countBase)
}

/** How often a second the plain SQL answers to one who asks alone, and how many times that AnGrid does. */
async function besidePlain(plain: () => Promise<unknown>, work: Work): Promise<void> {
  const began = performance.now()
  const times = 3
  for (let i = 0; i < times; i++) await plain()
  const ms = (performance.now() - began) / times
  const { perSecond } = await load(pair.angrid, work.angrid, 1, seconds)
  console.log(`  plain SQL ${ms.toFixed(0)} ms; AnGrid ${((ms * perSecond) / 1000).toFixed(0)} times as fast (c=1)`)
}

/** A hazard changes ten times a second: every answer has to be made anew. */
async function whileFactsMove(): Promise<void> {
  const { rows: [hazard] } = await db.pool.query(`select id from hazard where state = 'RECTIFYING' order by found_on desc limit 1`)
  const timer = setInterval(() => void db.pool.query(`update hazard set source = case source when 'EXPERT' then 'INSPECTION' else 'EXPERT' end where id = $1`, [hazard.id]), 100)
  console.log('\n同时每秒改动十次台账')
  for (const { name, angrid: ask } of works) {
    const { perSecond, p50, p95, p99, errors } = await load(pair.angrid, () => (turn++, ask()), 32, seconds)
    console.log(`  ${name}\n    angrid  c=32  ${perSecond.toFixed(0).padStart(7)} req/s  p50 ${p50.toFixed(2)} ms  p95 ${p95.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  errors ${errors}`)
  }
  clearInterval(timer)
}

/** What the limit program reads: the home page's counters of today, the cells by street and industry (by the plain count), the board's. */
async function counters(): Promise<string[][]> {
  const found = await countFigures(tx, chen, metrics, { from, to: today }, new Date(), ['street', 'industry'], countBase)
  const inner = cellsOf(found, metrics).filter(({ keys }) => !keys.includes('*'))
  const home = (await recount(tx, chen, today)).map(({ to_confirm: toConfirm, to_reinspect: toReinspect, ...row }) => ({ ...row, toConfirm, toReinspect }))
  const client = await db.pool.connect()
  await client.query('drop table if exists limit_home, limit_trend, limit_cross, limit_board')
  await client.query(`create table limit_cross (street text collate "C", industry text, ${counts.map((id) => `"${id}" integer`).join(', ')}, primary key (street, industry))`)
  await client.query(`insert into limit_cross select * from jsonb_populate_recordset(null::limit_cross, $1::jsonb)`, [JSON.stringify(inner.map(({ keys, figures }) => ({ street: keys[0], industry: keys[1], ...Object.fromEntries(counts.map((id) => [id, figures[id]!.value])) })))])
  await client.query(`create table limit_home as select a.code as street, a.name, a.sort_no, ${['visited', 'checked', 'found', 'closed', 'fixed', 'open', 'toConfirm', 'toReinspect', 'overdue', 'major'].map((key) => `coalesce((r.row->>'${key}')::int, 0) as "${key}"`).join(', ')}
    from area a left join jsonb_array_elements($$${JSON.stringify(home)}$$::jsonb) r (row) on r.row->>'street' = a.code where a.kind in ('STREET','DEV_ZONE','PARK_COMMITTEE','BAY_AREA') and a.code >= '990101' and a.code < '990101~'`)
  await client.query('create table limit_trend as select day, metric, sum(n)::int as n from (select day, metric, n from day_count union all select day, metric, n from day_count_delta) d group by 1, 2')
  await client.query('create index on limit_trend (day)')
  await client.query('create table limit_board as select campaign_id, street, metric, part, sum(n)::int as n from (select campaign_id, street, metric, part, n from campaign_count union all select campaign_id, street, metric, part, n from campaign_count_delta) c group by 1, 2, 3, 4')
  await client.query('create index on limit_board (campaign_id)')
  await client.query('analyze limit_home, limit_trend, limit_cross, limit_board')
  client.release()
  return inner.filter(({ keys, figures }) => keys[1] && (figures.M07?.value ?? 0) > 0).sort((x, y) => (y.figures.M07!.value ?? 0) - (x.figures.M07!.value ?? 0)).map(({ keys }) => [...keys])
}

async function mustAgree(work: Asked): Promise<void> {
  const agent = new Agent()
  const [ours, theirs] = [await send(pair.angrid, work.angrid(), agent), await send(pair.limit, work.limit(), agent)]
  if (ours.status !== 200 || theirs.status !== 200) throw new Error(`${work.name}: ${ours.status} ${ours.text.slice(0, 300)} / ${theirs.status} ${theirs.text.slice(0, 300)}`)
  const [mine, limits] = [ours, theirs].map((answer) => JSON.stringify(work.same(JSON.parse(answer.text) as never)))
  if (mine !== limits) throw new Error(`${work.name}: answers differ\n${mine!.slice(0, 600)}\n${limits!.slice(0, 600)}`)
  console.log(`  same numbers: ${mine!.slice(0, 80)}… ${(ours.text.length / 1024).toFixed(0)} KB / ${(theirs.text.length / 1024).toFixed(0)} KB`)
}
