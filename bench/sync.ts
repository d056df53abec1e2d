/**
 * First load and a quiet poll of a phone: a grid officer (160 sites), a street (2,500), a district (10,000), each with open
 * hazards. Pages, statements, bytes on the wire (zipped) and milliseconds.
 *   node --import tsx bench/sync.ts            embedded
 *   ANGRID_TEST_PG=postgres://… node --import tsx bench/sync.ts
 */
import { gzipSync } from 'node:zlib'
import { operations } from '../capabilities/sync/operations.ts'
import { reported } from '../capabilities/hazard/server/fixtures.ts'
import { withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { areas, type CastName, ids } from '../house/cast.ts'
import { type World, world } from '../house/world.ts'

const w: World = await world(undefined, { rateFactor: 1000 })
await withChecklists(w)
const { id: sample } = await reported(w, 'wang')

/** So many firms with a site in one place, every tenth with an open hazard copied from the sample. */
async function fill(count: number, area: string, grid: string | null): Promise<void> {
  const copy = async (table: string, id: string, change: Record<string, string>, from: string) => {
    const { rows } = await w.app.db.pool.query<{ name: string }>(`select column_name as name from information_schema.columns where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`, [table])
    const columns = rows.map((row) => row.name)
    await w.app.db.pool.query(`insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => change[name] ?? `t.${name}`).join(', ')} from ${table} t, ${from} where t.id = '${id}'`)
  }
  await w.app.db.pool.query('create table if not exists bench_n (e uuid, s uuid, n int)')
  await w.app.db.pool.query('truncate bench_n')
  await w.app.db.pool.query('insert into bench_n select gen_random_uuid(), gen_random_uuid(), n from generate_series(1, $1::int) n', [count])
  const place = { area_code: `'${area}'`, geo_code: `'${area}'`, grid_id: grid ? `'${grid}'::uuid` : 'null', park_id: 'null' }
  await copy('enterprise', ids.enterprise, { id: 'b.e', credit_code: `'9199' || upper(substr(replace(b.e::text, '-', ''), 1, 14))`, name: `'安川示范' || b.n || '号制造有限公司'`, ...place }, 'bench_n b')
  await copy('site', ids.site, { id: 'b.s', enterprise_id: 'b.e', code: `'SITE-' || upper(substr(replace(b.s::text, '-', ''), 1, 14)) || '-001'`, address: `'示范路' || b.n || '号'`, lon: '120.1 + b.n / 100000.0', lat: '30.2 + b.n / 100000.0', ...place }, 'bench_n b')
  await copy('hazard', sample, { id: 'gen_random_uuid()', no: `'HZ-' || b.s`, dedupe_key: 'b.s::text', enterprise_id: 'b.e', site_id: 'b.s', ...place }, '(select * from bench_n where n % 10 = 0) b')
}

async function load(name: CastName, what: string, limit: number): Promise<void> {
  let { cursor } = await w.as(name).do(operations.start, {})
  const sent = w.app.db.sent.count
  const times: number[] = []
  let [bytes, zipped, rows] = [0, 0, 0]
  for (let more = true; more; ) {
    const began = performance.now()
    const answer = await w.as(name).call(operations.changes, { cursor, limit })
    times.push(performance.now() - began)
    bytes += answer.bytes.length
    zipped += gzipSync(answer.bytes).length
    rows += answer.ok.changes.length
    ;({ cursor, more } = answer.ok)
  }
  const statements = w.app.db.sent.count - sent
  const began = performance.now()
  for (let i = 0; i < 10; i++) await w.as(name).do(operations.changes, { cursor, limit })
  const poll = (performance.now() - began) / 10
  console.log(`${what}: ${rows} rows, ${times.length} pages, ${statements} statements, ${(bytes / 1024).toFixed(0)} KB (${(zipped / 1024).toFixed(0)} KB zipped), ${times.reduce((a, b) => a + b, 0).toFixed(0)} ms in all, slowest page ${Math.max(...times).toFixed(0)} ms; quiet poll ${poll.toFixed(1)} ms`)
}

await fill(160, areas.community, ids.grid)
await load('lin', 'grid officer, 160 sites', 1000)
await fill(2340, areas.community, null)
await load('zhou', 'street, 2,500 sites', 1000)
await load('zhou', 'street, 2,500 sites, pages of 2,000', 2000)
await fill(7500, areas.otherCommunity, null)
await w.app.db.pool.query('analyze')
await load('wang', 'district, 10,000 sites', 2000)
await w.app.db.pool.query('drop table bench_n')
await w.close()
