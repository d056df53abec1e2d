import { type ColumnType, type CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import pg from 'pg'
import type { Reach } from '../core/access.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { ask, type Line, openLine } from './line.ts'

/** Tables anybody's handler may read as they are. Capabilities add theirs by declaration merging in server/tables.ts. */
export interface OpenTables {
  command: CommandTable
  domain_event: DomainEventTable
  ledger_seal: LedgerSealTable
  job: JobTable
  audit: AuditTable
  setting: SettingTable
}

/** Tables that carry `area_code`, `grid_id`, `enterprise_id`: a select goes through `reach()` or does not compile. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface ScopedTables {}

export type AllTables = OpenTables & ScopedTables

/** ISO text "2026-03-05T13:40:00.000Z" when read; a Date or ISO text when written. */
export type Instant = ColumnType<string, Date | string, Date | string>

/**
 * What a handler may do with the database. Reading a scoped table is possible only through `reach(tx, actor)`;
 * writing is free because every write follows a read that found the row.
 */
export type Tx = Pick<Kysely<OpenTables>, 'selectFrom' | 'selectNoFrom' | 'getExecutor' | 'deleteFrom' | 'fn' | 'with'> &
  Pick<Kysely<AllTables>, 'insertInto' | 'updateTable'>

/** Selects from scoped tables, already narrowed to what the actor may touch. */
export interface ReachDoor {
  from<T extends keyof ScopedTables & string>(table: T): SelectQueryBuilder<AllTables, T, Record<never, never>>
}

/** The only door to scoped tables. */
export function reach(tx: Tx, actor: { readonly reach: Reach }): ReachDoor {
  const all = tx as unknown as Kysely<AllTables>
  return {
    from: (table) =>
      (all.selectFrom(table as keyof AllTables) as unknown as SelectQueryBuilder<AllTables, never, Record<never, never>>).where(
        reachSql(actor, table),
      ) as never,
  }
}

/**
 * The same narrowing for hand-written SQL: `where ${reachSql(actor, 'h')}` with the table's name or alias.
 * @param by `'key'` where the rows are asked for by their keys: a kept plan takes any range of areas for a small one, and would go
 * through the index of a whole district for each of them; so no index serves it
 */
export function reachSql(actor: { readonly reach: Reach }, table: string, by: 'area' | 'key' = 'area'): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  const { areas, grids, enterprises } = actor.reach
  const area = by === 'key' ? sql`(${column('area_code')} || '')` : column('area_code')
  const parts: RawBuilder<unknown>[] = areas.map(([from, to]) => sql`(${area} >= ${from} and ${area} < ${to})`)
  if (grids.length) parts.push(sql`${column('grid_id')} = any(${[...grids]}::uuid[])`)
  if (enterprises.length) parts.push(sql`${column('enterprise_id')} = any(${[...enterprises]}::uuid[])`)
  if (!parts.length) return sql<boolean>`false`
  return sql<boolean>`(${sql.join(parts, sql` or `)})`
}

pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, isoOf)

/** PostgreSQL's "2026-03-05 13:40:00.1+00" as ISO with milliseconds; the session's zone is always UTC. */
export function isoOf(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text[19] === '.' ? text.slice(20).replace(/[+-].*$/, '').padEnd(3, '0').slice(0, 3) : '000'}Z`
}

export interface Db {
  /** Whole access; handlers get `tx` instead. */
  readonly all: Kysely<AllTables>
  readonly pool: pg.Pool
  readonly embedded: boolean
  /** The embedded database's process, for its keeper and for tests of its death. */
  readonly child: Embedded | undefined
  /** Statements sent since the start: what the house counts per request. */
  readonly sent: { count: number }
  /**
   * One transaction. Statements issued without waiting for each other cost one round trip. `last` names, when the work is
   * done, statements whose answers nobody needs: they travel with the commit, and one that fails fails the transaction.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  close(): Promise<void>
}

/**
 * Issues a statement of a transaction without waiting for it: it keeps its place before all that come later, and if it fails the
 * transaction fails. Only where its answer tells nothing.
 */
export function send(tx: Tx, statement: RawBuilder<unknown>): void {
  statement.execute(tx).catch(() => undefined)
}

export interface TransactionOptions {
  /** Every statement sees the same state of the facts; `'write'`: and may write (a conflict is tried again). */
  readonly snapshot?: boolean | 'write'
  readonly last?: () => readonly RawBuilder<unknown>[]
  /**
   * Statements keep the plan they were given first. What a command asks it asks by key, and planning anew costs more than the
   * statement itself; a list with optional filters must not be asked so. The embedded database, never prepared, has no use of it.
   */
  readonly planned?: boolean
}

/** Opens PostgreSQL by its address, or the embedded database in the data folder. */
export async function openDb(config: { databaseUrl: string; dataDir: string; poolSize: number; poolTimeoutMs?: number }): Promise<Db> {
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir)
  const pool = new pg.Pool({
    ...(embedded
      ? { host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres', max: 4 }
      : // Short statements over small sets that the planner takes for large ones: compiling them would cost seconds and gain nothing.
        { connectionString: config.databaseUrl, max: config.poolSize, options: '-c timezone=UTC -c jit=off' }),
    connectionTimeoutMillis: config.poolTimeoutMs ?? 5000,
    idleTimeoutMillis: 30_000,
    // The embedded database does not enforce it (PGlite); PostgreSQL ends what would block everybody.
    ...(embedded ? {} : { statement_timeout: 30_000 }),
  })
  pool.on('error', () => undefined) // an idle connection died; the next request opens a new one
  // One that dies while lent out tells its listeners besides failing the query; without a listener the process would end.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const sent = { count: 0 }
  const dialect = new PostgresDialect({ pool: preparing(pool, sent, !embedded) as never })
  const all = new Kysely<AllTables>({ dialect })
  const lend: Lend = { pool, dialect, all, open: (client) => openLine(client, { together: !embedded, nameOf }), sent, prepares: !embedded }
  return {
    all,
    pool,
    embedded: !!embedded,
    child: embedded,
    sent,
    transaction: (work, options) => runTransaction(lend, work, options ?? {}),
    close: async () => {
      await all.destroy()
      await embedded?.stop()
    },
  }
}

interface Lend {
  readonly pool: pg.Pool
  readonly dialect: PostgresDialect
  readonly all: Kysely<AllTables>
  readonly sent: { count: number }
  readonly prepares: boolean
  open(client: pg.PoolClient): Line
}

async function runTransaction<T>(lend: Lend, work: (tx: Tx) => Promise<T>, { snapshot, last, planned }: TransactionOptions): Promise<T> {
  const client = await lend.pool.connect()
  const line = counting(lend.open(client), lend.sent)
  try {
    void line.query(snapshot ? `start transaction isolation level repeatable read${snapshot === 'write' ? '' : ' read only'}` : 'begin', [])
    if (planned && lend.prepares) void line.query('set local plan_cache_mode = force_generic_plan', [])
    const tx = kyselyOn(lend, line)
    const result = await work(tx as unknown as Tx)
    for (const statement of last?.() ?? []) {
      const { sql: text, parameters } = statement.compile(tx)
      void line.query(text, parameters)
    }
    await line.end('commit')
    client.release()
    return result
  } catch (error) {
    // A connection that cannot even roll back is of no use to the next one.
    await line.end('rollback').then(() => client.release(), () => client.release(true))
    throw error
  }
}

const counting = (line: Line, sent: { count: number }): Line => ({
  query: (text, values) => {
    sent.count++
    return line.query(text, values)
  },
  end: (text) => {
    sent.count++
    return line.end(text)
  },
})

const traced = new WeakSet<Error>()
const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** Kysely on one line. Its own transactions make statements wait for each other, which costs a round trip each. */
function kyselyOn({ dialect, all }: Lend, line: Line): Kysely<AllTables> {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql: text, parameters }: CompiledQuery) {
      try {
        const { command, rowCount, rows } = await line.query(text, parameters)
        return { rows: rows as R[], ...(changing.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
      } catch (error) {
        // The driver's trace ends in the socket; the caller's says who asked. Those behind share the error of the first.
        if (error instanceof Error && !traced.has(error)) Error.captureStackTrace(error)
        if (error instanceof Error) traced.add(error)
        throw error
      }
    },
    // biome-ignore lint/correctness/useYield: a transaction reads no streams
    async *streamQuery() {
      throw new Error('no streams inside a transaction')
    },
  }
  const executor = all.getExecutor().withConnectionProvider({ provideConnection: (consumer) => consumer(connection) })
  return new Kysely<AllTables>({ config: { dialect }, dialect, driver: dialect.createDriver(), executor })
}

interface Client {
  query(sql: string, values: unknown[]): Promise<unknown>
  release(): void
}

const names = new Map<string, string>()

const BY_VALUES = '/* planned by its values */'
/**
 * Stands first in a statement whose best plan depends on the values asked with: how many days, one street or a province. It is
 * planned each time (some ms); without it PostgreSQL takes, from the sixth time on, a plan that knows no value.
 */
export const byValues = sql.raw(`${BY_VALUES} `)

/** One name per statement text, so that PostgreSQL plans it once per connection. Bounded: variable-length SQL goes unnamed. */
function nameOf(text: string): string | undefined {
  if (text.startsWith(BY_VALUES)) return undefined
  const known = names.get(text)
  if (known || names.size >= 500 || text.length > 8000) return known
  const name = `a${names.size}`
  names.set(text, name)
  return name
}

/** Wraps the pool for Kysely: counts statements and prepares them (never on the embedded database: one session for all). */
function preparing(pool: pg.Pool, sent: { count: number }, prepare: boolean): { connect(): Promise<Client>; end(): Promise<void> } {
  return {
    connect: async () => {
      const client = await pool.connect()
      return {
        query: (text, values) => {
          sent.count++
          return prepare ? ask(client, text, values, nameOf(text)) : client.query({ text, values })
        },
        release: () => client.release(),
      }
    },
    end: () => pool.end(),
  }
}

interface CommandTable {
  id: string
  actor_id: string | null
  operation: string
  request_hash: string
  response: unknown
  at: Instant
}
export interface DomainEventTable {
  seq: ColumnType<number, never, never>
  epoch: ColumnType<number, number | undefined, never>
  xid: ColumnType<string, never, never>
  id: string
  at: Instant
  occurred_at: Instant
  command_id: string | null
  operation: string
  aggregate: string
  aggregate_id: string
  version: number
  event: string
  from_state: string | null
  to_state: string | null
  actor_id: string | null
  actor_name: string
  actor_role: string
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  data: ColumnType<Record<string, unknown>, string, never>
  origin: ColumnType<Record<string, unknown>, string, never>
}
interface LedgerSealTable {
  batch: number
  epoch: number
  last_xid: string
  last_seq: number
  count: number
  algorithm: string
  root: string
  previous: string
  chain: string
  sealed_at: Instant
}
export interface JobTable {
  id: string
  kind: string
  payload: ColumnType<Record<string, unknown>, string, string>
  run_at: Instant
  attempts: ColumnType<number, number | undefined, number>
  locked_until: ColumnType<string | null, Date | string | null | undefined, Date | string | null>
  done_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>
  failed: ColumnType<string | null, string | null | undefined, string | null>
  every_seconds: number | null
}
interface AuditTable {
  id: string
  at: Instant
  request_id: string
  actor_id: string | null
  actor_name: string
  kind: string
  subject: string
  subject_id: string | null
  result: string
  address: string
  data: ColumnType<Record<string, unknown>, string, never>
}
interface SettingTable {
  key: string
  area_code: string
  value: ColumnType<unknown, string, string>
  version: number
}
