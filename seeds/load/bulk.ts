import { createHash } from 'node:crypto'
import type pg from 'pg'

const known = new Map<string, string>()

/** The same reference always has the same id (UUID version 8, RFC 9562), so that two seeds of one world are equal. */
export function idOf(kind: string, ref: string): string {
  const key = `${kind}:${ref}`
  const found = known.get(key)
  if (found) return found
  const hex = createHash('sha256').update(key).digest('hex')
  const id = `0193${hex.slice(0, 4)}-${hex.slice(4, 8)}-8${hex.slice(8, 11)}-a${hex.slice(11, 14)}-${hex.slice(14, 26)}`
  if (known.size < 200_000) known.set(key, id)
  return id
}

export type Row = Record<string, unknown>

const CHUNK = 1000

/** Collects rows of many tables and writes each in statements of a thousand; `flush` writes the rest in order of first use. */
export class Bulk {
  private readonly waiting = new Map<string, Row[]>()
  private readonly client: pg.PoolClient
  constructor(client: pg.PoolClient) {
    this.client = client
  }

  async add(table: string, row: Row): Promise<void> {
    const rows = this.waiting.get(table) ?? []
    this.waiting.set(table, rows)
    rows.push(row)
    if (rows.length >= CHUNK) await this.flush()
  }

  async addAll(table: string, rows: Iterable<Row>): Promise<void> {
    for (const row of rows) await this.add(table, row)
  }

  /** Tables in the order in which they were first named: name parents before children. */
  async flush(): Promise<void> {
    for (const [table, rows] of this.waiting) {
      if (!rows.length) continue
      await insert(this.client, table, rows)
      rows.length = 0
    }
  }
}

async function insert(client: pg.PoolClient, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!).map((name) => `"${name}"`).join(', ')
  await client.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [JSON.stringify(rows)])
}
