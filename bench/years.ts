/**
 * More years of history from one: everything that ended (hazards closed, voided or handed over, done visits and who was there) once
 * more for each year before, the same days of the year, under ids made from the first ones. What is open stays as it is: a
 * bureau of ten years has no more open hazards than one of one year. Events, todos and papers are not repeated.
 *
 * Rows are written without triggers and the indexes built afterwards, as a restore would; the counters of the home page are
 * repeated by the same shift, the tally is counted anew by its own job.
 */
import pg from 'pg'
import { openDb } from '../kernel/server/db.ts'
import { foldTally } from '../capabilities/statistics/server/tally.ts'
import { databaseUrl, server } from './processes.ts'

const DAYS = 364 // whole weeks, so that Mondays stay Mondays
const ended = `state in ('CLOSED','VOID','TRANSFER_CLOSED')`

export async function manyYears(url: string, years: number): Promise<string> {
  const from = new URL(url).pathname.slice(1)
  const name = `${from}_${years}y`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name])
  if (!rowCount) await admin.query(`create database ${name} template ${from}`)
  await admin.end()
  if (!rowCount) await repeat(databaseUrl(name), years)
  return databaseUrl(name)
}

async function repeat(url: string, years: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`set session_replication_role = replica; set maintenance_work_mem = '512MB'`)
  const indexes = (await client.query(`select indexname, indexdef from pg_indexes i where tablename in ('hazard','visit','visit_person') and not exists (select from pg_constraint c where c.conname = i.indexname)`)).rows
  for (const { indexname } of indexes) await client.query(`drop index ${indexname}`)
  for (let year = 1; year < years; year++) {
    console.log(`  第 ${year + 1} 年…`)
    for (const { table, where } of tables) await client.query(await copySql(client, table, where, year))
    await client.query(`insert into day_count (street, day, metric, n) select street, day - ${DAYS * year}, metric, n from (select street, day, metric, sum(n) as n from day_count where day > (select max(day) from day_count) - ${DAYS} group by 1, 2, 3) d on conflict (day, metric, street) do update set n = day_count.n + excluded.n`)
  }
  await client.query(`update hazard_count set n = n * ${years} where ${ended}`)
  for (const { indexdef } of indexes) await client.query(indexdef)
  await client.query(`update figure_state set definition = ''; truncate figure_mark`)
  await client.query('vacuum analyze')
  await client.end()
  const db = await openDb({ databaseUrl: url, dataDir: '', poolSize: 2 })
  const began = Date.now()
  await db.transaction((tx) => foldTally({ tx }, false))
  console.log(`  汇总 ${years} 年：${((Date.now() - began) / 1000).toFixed(0)} 秒`)
  await db.pool.query('vacuum analyze figure_tally')
  await db.close()
}

const tables = [
  { table: 'hazard', where: ended },
  { table: 'visit', where: `state = 'DONE'` },
  { table: 'visit_person', where: `visit_id in (select id from visit where state = 'DONE' and no not like '%/%')` },
]
const ids: Readonly<Record<string, string>> = { id: 'id', visit_id: 'visit_id', joint_id: 'joint_id' }

/** Only the rows of the first year: the others carry a year in their number. */
async function copySql(client: pg.Client, table: string, where: string, year: number): Promise<string> {
  const { rows } = await client.query(`select column_name as name, data_type as type from information_schema.columns where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`, [table])
  const value = ({ name, type }: { name: string; type: string }): string => {
    if (ids[name]) return `md5(${name}::text || '${year}')::uuid`
    if (name === 'no') return `no || '/${year}'`
    if (name === 'dedupe_key') return `dedupe_key || '/${year}'`
    if (name === 'recurrence_of' || name === 'within_visit_id' || name === 'converted_from_id') return 'null'
    if (type === 'date') return `${name} - ${DAYS * year}`
    if (type === 'timestamp with time zone') return `${name} - interval '${DAYS * year} days'`
    return name
  }
  const first = table === 'visit_person' ? '' : ` and no not like '%/%'`
  return `insert into ${table} (${rows.map((row) => row.name).join(', ')}) select ${rows.map(value).join(', ')} from ${table} where ${where}${first}`
}
