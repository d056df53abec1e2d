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

/** What is made in millions gets ids that sort by time, as the product's own do: random ones would tear the indexes apart. */
export const timedKinds = ['visit', 'hazard', 'event', 'paper', 'attachment', 'sighting', 'supervision', 'scan'] as const

/** A UUIDv7 of a known time whose random part is a kind and a running number. */
export function timedId(kind: (typeof timedKinds)[number], at: string | number, ordinal: number): string {
  const time = (typeof at === 'number' ? at : Date.parse(at)).toString(16).padStart(12, '0')
  const group = (timedKinds.indexOf(kind) + 1).toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${group}-8a5e-${ordinal.toString(16).padStart(12, '0')}`
}

export type Row = Record<string, unknown>

/** Rows in one flush: enough that statements are few, little enough that their text stays small. */
const FLUSH_ROWS = 4_000
const STATEMENT_ROWS = 2_000

/** The end has been asked for; what is not committed goes, and the next start takes up again. */
export class Interrupted extends Error {}

/**
 * Collects rows of many tables and writes them in few statements, in the order given or in which the tables were first
 * named: parents before children. One flush is under way while the next is gathered.
 */
export class Bulk {
  private readonly waiting = new Map<string, Row[]>()
  private readonly client: pg.PoolClient
  private readonly ended: () => boolean
  private count = 0
  private writing: Promise<void> = Promise.resolve()
  /** Tables in which a row that is there already is left as it is. */
  private readonly keep: ReadonlySet<string>
  constructor(client: pg.PoolClient, ended: () => boolean, given: { keep?: readonly string[]; order?: readonly string[] } = {}) {
    this.client = client
    this.ended = ended
    this.keep = new Set(given.keep)
    for (const table of given.order ?? []) this.waiting.set(table, [])
  }

  /** Resolves at once unless so much has gathered that the last flush must be waited for. */
  add(table: string, row: Row): void | Promise<void> {
    let rows = this.waiting.get(table)
    if (!rows) this.waiting.set(table, (rows = []))
    rows.push(row)
    return ++this.count < FLUSH_ROWS ? undefined : this.send()
  }

  async addAll(table: string, rows: Iterable<Row>): Promise<void> {
    for (const row of rows) await this.add(table, row)
  }

  /** Writes everything that waits. @throws Interrupted, and whatever the database says */
  async flush(): Promise<void> {
    await this.send()
    await this.writing
  }

  private async send(): Promise<void> {
    const taken = [...this.waiting].map(([table, rows]) => [table, rows.splice(0)] as const)
    this.count = 0
    await this.writing
    this.writing = this.write(taken)
    // The failure is met where it is awaited, by the next flush.
    this.writing.catch(() => undefined)
  }

  private async write(tables: readonly (readonly [string, Row[]])[]): Promise<void> {
    for (const [table, rows] of tables) {
      for (let from = 0; from < rows.length; from += STATEMENT_ROWS) {
        if (this.ended()) throw new Interrupted('已中断，下次启动从断开处继续')
        await insert(this.client, table, rows.slice(from, from + STATEMENT_ROWS), this.keep.has(table))
      }
    }
  }
}

async function insert(client: pg.PoolClient, table: string, rows: readonly Row[], keep: boolean): Promise<void> {
  const columns = Object.keys(rows[0]!).map((name) => `"${name}"`).join(', ')
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)${keep ? ' on conflict do nothing' : ''}`,
    [JSON.stringify(rows)],
  )
}
