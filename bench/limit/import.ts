/** The limit of importing: the rows are read and stand as text in a bare table with its key, in one transaction; nothing is checked. */
import pg from 'pg'
import { arrayLiteral } from '../../kernel/server/array-literal.ts'
import { readSheet } from '../../kernel/server/sheet/read.ts'

const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
const columns = Array.from({ length: 20 }, (_, i) => `c${i}`)

async function once(): Promise<number> {
  const began = performance.now()
  await client.query('begin')
  await client.query(`create table limit_import (id integer primary key, ${columns.map((column) => `${column} text`).join(', ')})`)
  let sent: Promise<unknown> = Promise.resolve()
  for await (const { rows, numbers } of (await readSheet(process.argv[2]!)).rows()) {
    const values = [arrayLiteral(numbers), ...columns.map((_, i) => arrayLiteral(rows.map((row) => row[i])))]
    await sent
    sent = client.query(`insert into limit_import select * from unnest($1::int[], ${columns.map((_, i) => `$${i + 2}::text[]`).join(', ')})`, values)
  }
  await sent
  await client.query('commit')
  const ms = performance.now() - began
  await client.query('drop table limit_import')
  return ms
}

const times = []
for (let i = 0; i < 3; i++) times.push(await once())
console.log(times.map((ms) => ms.toFixed(0)).join(' / '))
await client.end()
