import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { canonicalJson } from '../core/canonical-json.ts'
import { chain, GENESIS, type HashBytes, merkleRoot } from '../core/merkle.ts'
import type { JobSpec } from './capability.ts'
import type { Tx } from './db.ts'

/** SHA-256, or SM3 (GB/T 32905) for sites under the national algorithms. Both give 32 bytes. */
export type LedgerHash = 'sha256' | 'sm3'

export const hashWith = (algorithm: LedgerHash): HashBytes => (bytes) => createHash(algorithm).update(bytes).digest('hex')

/** Where an event stands: all events are ordered by these three. */
export interface Position {
  readonly epoch: number
  /** 64-bit transaction number as text. */
  readonly xid: string
  readonly seq: number
}

export const START: Position = { epoch: 0, xid: '0', seq: 0 }

/** One event as it is sealed and exported: every column, times to the microsecond. */
export type SealedEvent = { epoch: number; xid: string; seq: number } & Record<string, unknown>

/** One sealed batch. `chain` covers everything else. */
export interface Seal {
  batch: number
  epoch: number
  lastXid: string
  lastSeq: number
  count: number
  algorithm: LedgerHash
  root: string
  previous: string
  chain: string
  sealedAt: string
}

/** Events sealed at once. */
export const BATCH = 2000

/** Leaves hashed in one turn of the event loop (some 5 ms): a backlog after a large import must not hold up answers. */
const LEAVES_A_TURN = 200

/** The hash of an event: over the canonical text of the whole row. */
export const leafOf = (event: SealedEvent, hash: HashBytes): string => hash(Buffer.from(canonicalJson(event), 'utf8'))

async function leavesOf(rows: readonly SealedEvent[], hash: HashBytes): Promise<string[]> {
  const leaves: string[] = []
  for (const row of rows) {
    if (leaves.length % LEAVES_A_TURN === LEAVES_A_TURN - 1) await nextTurn()
    leaves.push(leafOf(row, hash))
  }
  return leaves
}

/** Links a batch to the one before. @param seal everything but its own chain value */
export const chainOf = (seal: Omit<Seal, 'chain'>): string => {
  const { root, previous, ...head } = seal
  return chain(previous, root, head, hashWith(seal.algorithm))
}

const micros = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column}`)
const columns = sql`epoch, xid::text as xid, seq, id, ${micros('at')}, ${micros('occurred_at')}, command_id, operation, aggregate, aggregate_id, version, event,
  from_state, to_state, actor_id, actor_name, actor_role, area_code, grid_id, enterprise_id, data, origin`

const after = (p: Position) => sql<boolean>`(epoch, xid, seq) > (${p.epoch}, ${p.xid}::xid8, ${p.seq})`
const upTo = (p: Position) => sql<boolean>`(epoch, xid, seq) <= (${p.epoch}, ${p.xid}::xid8, ${p.seq})`

/**
 * Only what no running transaction can still come before: a transaction number below the oldest running one is
 * finished for good. Order of `seq` alone would skip a command that began earlier and commits later.
 */
const settled = (epoch: number) => sql<boolean>`(epoch < ${epoch} or (epoch = ${epoch} and xid < pg_snapshot_xmin(pg_current_snapshot())))`

async function events(tx: Tx, where: RawBuilder<boolean>, limit: number): Promise<SealedEvent[]> {
  const { rows } = await sql<SealedEvent>`select ${columns} from domain_event where ${where} order by domain_event.epoch, domain_event.xid, domain_event.seq limit ${limit}`.execute(tx)
  return rows
}

/** Events of a sealed batch, or of the tail after the last one, in order. */
export const eventsBetween = (tx: Tx, from: Position, to: Position, limit = 100_000): Promise<SealedEvent[]> => events(tx, sql`${after(from)} and ${upTo(to)}`, limit)
export const eventsAfter = (tx: Tx, from: Position, limit: number): Promise<SealedEvent[]> => events(tx, after(from), limit)

const sealColumns = sql.raw(`batch, epoch, last_xid::text as "lastXid", last_seq as "lastSeq", count, algorithm, root, previous, chain, to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt"`)

export async function lastSeal(tx: Tx): Promise<Seal | undefined> {
  const { rows } = await sql<Seal>`select ${sealColumns} from ledger_seal order by batch desc limit 1`.execute(tx)
  return rows[0]
}

export async function sealsAfter(tx: Tx, batch: number, limit: number): Promise<Seal[]> {
  const { rows } = await sql<Seal>`select ${sealColumns} from ledger_seal where batch > ${batch} order by batch limit ${limit}`.execute(tx)
  return rows
}

/** The position up to which a seal reaches; the start when there is none. */
export const endOf = (seal: Seal | undefined): Position => (seal ? { epoch: seal.epoch, xid: seal.lastXid, seq: seal.lastSeq } : START)

/** Seals the next batch of settled events. @returns how many events it took */
export async function sealNext(tx: Tx, given: { epoch: number; algorithm: LedgerHash; now: Date; limit?: number }): Promise<number> {
  const before = await lastSeal(tx)
  const rows = await events(tx, sql`${after(endOf(before))} and ${settled(given.epoch)}`, given.limit ?? BATCH)
  const last = rows.at(-1)
  if (!last) return 0
  const hash = hashWith(given.algorithm)
  const head = {
    batch: (before?.batch ?? 0) + 1,
    epoch: last.epoch,
    lastXid: last.xid,
    lastSeq: last.seq,
    count: rows.length,
    algorithm: given.algorithm,
    root: merkleRoot(await leavesOf(rows, hash), hash),
    previous: before?.chain ?? GENESIS,
    sealedAt: given.now.toISOString(),
  }
  await tx
    .insertInto('ledger_seal')
    .values({ batch: head.batch, epoch: head.epoch, last_xid: head.lastXid, last_seq: head.lastSeq, count: head.count, algorithm: head.algorithm, root: head.root, previous: head.previous, chain: chainOf(head), sealed_at: head.sealedAt })
    .execute()
  return rows.length
}

/** Batches in one run of the job; the next run goes on. */
const BATCHES_A_RUN = 25

/** The recurring job that seals what has settled. */
export const sealingJob = (given: { algorithm: LedgerHash; seconds: number; epoch: () => number }): JobSpec => ({
  kind: 'ledger.seal',
  every: given.seconds,
  run: async (ctx) => {
    for (let i = 0; i < BATCHES_A_RUN; i++) {
      if ((await sealNext(ctx.tx, { epoch: given.epoch(), algorithm: given.algorithm, now: ctx.now })) < BATCH) return
    }
  },
})

/**
 * The ledger's epoch. Transaction numbers start anew in another cluster (a restore, a dump loaded elsewhere); events
 * written there would sort before what is sealed and never be sealed themselves. So the epoch is raised as soon as the
 * database's own counter stands behind a number that is already in the log.
 */
export async function ledgerEpoch(tx: Tx): Promise<number> {
  const { rows } = await sql<{ epoch: number; behind: boolean }>`
    with kept as (select coalesce((select (value #>> '{}')::int from setting where key = 'ledger.epoch' and area_code = '000000000000'), 1) as epoch)
    select epoch, coalesce((select xid >= pg_snapshot_xmax(pg_current_snapshot()) from domain_event where domain_event.epoch = kept.epoch order by xid desc, seq desc limit 1), false) as behind from kept`.execute(tx)
  const { epoch, behind } = rows[0] ?? { epoch: 1, behind: false }
  return behind ? raiseEpoch(tx, epoch + 1) : epoch
}

/** Sets the epoch after a restore; only ever upwards. */
export async function raiseEpoch(tx: Tx, epoch: number): Promise<number> {
  await sql`insert into setting (key, area_code, value) values ('ledger.epoch', '000000000000', ${JSON.stringify(epoch)}::jsonb)
    on conflict (key, area_code) do update set value = excluded.value, version = setting.version + 1`.execute(tx)
  return epoch
}
