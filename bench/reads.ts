/**
 * Reads beside the limit: `npx tsx bench/reads.ts [bench|bench-large]`. Needs a local PostgreSQL (ANGRID_TEST_PG).
 * Both must answer the same rows in the same order before anything is measured.
 */
import { Agent } from 'node:http'
import pg from 'pg'
import { rangeOf } from '../kernel/core/access.ts'
import { localDate } from '../kernel/core/time.ts'
import { send } from './load.ts'
import { compare, type Pair, type Work } from './pair.ts'
import { angrid, limit, prepared, type Size, statementsOf } from './world.ts'

const size: Size = process.argv[2] === 'bench-large' ? 'bench-large' : 'bench'
const seconds = Number(process.env.BENCH_SECONDS ?? 3)
const today = localDate(new Date())
console.log(`预备数据（${size}）…`)
const url = await prepared(size)
const street = await facts(url)
const pair: Pair & { angrid: Awaited<ReturnType<typeof angrid>>; limit: Awaited<ReturnType<typeof limit>> } = await servers()
const [from, to] = rangeOf(street)
const get = (path: string, query: Record<string, string>) => () => ({ method: 'GET', path: `${path}?${new URLSearchParams(query)}` })

interface Checked extends Work {
  readonly keys: (body: Body) => unknown
}
interface Body {
  rows?: { id: string }[]
  total?: number | Record<string, unknown>
  streets?: Record<string, unknown>[]
}
const ids = (body: Body) => [body.total, body.rows?.map((row) => row.id)]
const found = (body: Body) => body.rows?.map((row) => row.id)
const figures = (body: Body) => body.streets?.map((s) => ['street', 'visited', 'checked', 'found', 'closed', 'fixed', 'open', 'toConfirm', 'toReinspect', 'overdue', 'major'].map((k) => s[k]))

const works: Checked[] = [
  { name: '企业列表：街道＋行业＋关键词，按名称，精确总数，50 行', aim: 0.6, keys: ids, angrid: get('/api/enterprises', { area: street, industry: '39', q: '电子', sort: 'name', limit: '50' }), limit: get('/list', { from, to, division: '39', q: '电子' }) },
  { name: '企业查找：两个字', aim: 0.6, keys: found, angrid: get('/api/enterprises/find', { q: '精密' }), limit: get('/search', { q: '精密' }) },
  { name: '隐患台账：状态＋逾期，精确总数，50 行', aim: 0.6, keys: ids, angrid: get('/api/hazards', { states: 'SUBMITTED', overdue: 'true', sort: 'due', limit: '50' }), limit: get('/hazards', { from: '990101', to: '990101~', state: 'SUBMITTED', day: today }) },
  { name: '首页：分街道的数', aim: 0.6, keys: figures, angrid: get('/api/statistics/home', {}), limit: get('/home', { day: today }) },
]

console.log(`AnGrid：登录、管辖、审计、账本全开；一个服务进程；${process.version}；每轮 ${seconds} 秒`)
let missed = 0
for (const work of works) {
  console.log(`\n${work.name}`)
  await mustAgree(work)
  for (const concurrency of [1, 32]) if ((await compare(pair, work, concurrency, seconds)) < work.aim) missed++
}
console.log(`\n${works.length * 2 - missed} of ${works.length * 2} reached`)
pair.angrid.stop()
pair.limit.stop()
process.exit(0)

async function servers() {
  const a = await angrid(url, 'chen')
  const b = await limit(url)
  return { angrid: a, limit: b, statements: () => statementsOf(a) }
}

/** Counters for the limit, and a street with many enterprises. */
async function facts(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('drop table if exists limit_home, limit_trend')
  const zone = `left(area_code, 9) || '000'`
  const open = `state not in ('CLOSED','VOID','TRANSFER_CLOSED','DRAFT')`
  await client.query(`create table limit_home as select a.code as street, a.name, a.sort_no,
    (select count(*)::int from visit where state = 'DONE' and business_date = $1::date and ${zone} = a.code) as visited,
    (select count(*)::int from visit where state = 'DONE' and outcome = 'CHECKED' and business_date = $1::date and ${zone} = a.code) as checked,
    (select count(*)::int from hazard where state not in ('DRAFT','VOID') and found_on = $1::date and ${zone} = a.code) as found,
    (select count(*)::int from hazard where state = 'CLOSED' and local_day(closed_at) = $1::date and ${zone} = a.code) as closed,
    (select count(*)::int from hazard where state = 'CLOSED' and closed_how = 'ON_SITE' and local_day(closed_at) = $1::date and ${zone} = a.code) as fixed,
    (select count(*)::int from hazard where ${open} and ${zone} = a.code) as open,
    (select count(*)::int from hazard where state = 'REPORTED' and ${zone} = a.code) as "toConfirm",
    (select count(*)::int from hazard where state = 'SUBMITTED' and ${zone} = a.code) as "toReinspect",
    (select count(*)::int from hazard where ${open} and runs_to < $1::date and ${zone} = a.code) as overdue,
    (select count(*)::int from hazard where ${open} and level = 'MAJOR' and ${zone} = a.code) as major
    from area a where a.kind in ('STREET','DEV_ZONE','PARK_COMMITTEE','BAY_AREA') and a.code >= '990101' and a.code < '990101~'`.replaceAll('$1', `'${today}'`))
  await client.query('create table limit_trend as select day, metric, sum(n)::int as n from (select day, metric, n from day_count union all select day, metric, n from day_count_delta) d group by 1, 2')
  await client.query('create index on limit_trend (day)')
  await client.query('analyze limit_home, limit_trend')
  const { rows } = await client.query(`select ${zone} as street from enterprise where division = 39 and area_code like '990101%' group by 1 order by count(*) desc limit 1`)
  await client.end()
  return rows[0].street
}

async function mustAgree(work: Checked): Promise<void> {
  const agent = new Agent()
  const ours = await send(pair.angrid, work.angrid(), agent)
  const theirs = await send(pair.limit, work.limit(), agent)
  if (ours.status !== 200 || theirs.status !== 200) throw new Error(`${work.name}: ${ours.status} ${ours.text.slice(0, 300)} / ${theirs.status} ${theirs.text.slice(0, 300)}`)
  const [a, b] = [work.keys(JSON.parse(ours.text)), work.keys(JSON.parse(theirs.text))]
  if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error(`${work.name}: answers differ\n${JSON.stringify(a).slice(0, 600)}\n${JSON.stringify(b).slice(0, 600)}`)
  console.log(`  same answer: ${JSON.stringify(a).slice(0, 80)}… ${(ours.text.length / 1024).toFixed(0)} KB / ${(theirs.text.length / 1024).toFixed(0)} KB`)
}
