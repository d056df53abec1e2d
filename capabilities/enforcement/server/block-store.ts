import { type Selectable, sql } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { NUMBER_STATES } from '../block.ts'
import type { PaperType } from '../doc-type.ts'
import { paperNumber } from '../number.ts'
import { levelsOf } from './store.ts'
import type { PaperBlockTable, PaperNumberTable } from './tables.ts'

export type BlockRow = Omit<Selectable<PaperBlockTable>, 'closed_at' | 'closed_by' | 'closed_why' | 'grid_id' | 'enterprise_id'>
export type NumberRow = Pick<Selectable<PaperNumberTable>, 'seq' | 'state' | 'paper_id'> & { block_id: string }

/** One's own block, or whoever's in reach; locked, so that a use and a return follow each other. */
export async function find(tx: Tx, id: string, who: { personId: string } | { reach: Reach }): Promise<BlockRow | undefined> {
  const mine = 'personId' in who ? sql`b.person_id = ${who.personId}::uuid` : reachSql(who, 'b')
  const { rows } = await sql<BlockRow>`select b.* from paper_block b where b.id = ${id} and ${mine} for update`.execute(tx)
  return rows[0]
}

export async function mine(tx: Tx, personId: string): Promise<BlockRow[]> {
  return (await sql<BlockRow>`select b.* from paper_block b where b.person_id = ${personId} and (b.state = 'OPEN' or b.closed_at > now() - interval '60 days') order by b.taken_at desc, b.id limit 100`.execute(tx)).rows
}

export async function numbersOf(tx: Tx, blockIds: readonly string[]): Promise<NumberRow[]> {
  return (await sql<NumberRow>`select block_id, seq, state, paper_id from paper_number where block_id = any(${[...blockIds]}::uuid[]) order by seq`.execute(tx)).rows
}

/** Reserved numbers of one type that a person holds on a device. */
export async function held(tx: Tx, at: { personId: string; device: string; type: PaperType }): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from paper_block b join paper_number p on p.block_id = b.id and p.state = 'RESERVED'
    where b.person_id = ${at.personId} and b.device = ${at.device} and b.type = ${at.type} and b.state = 'OPEN'`.execute(tx)
  return rows[0]!.n
}

/** The next numbers in a row; the same sequence and the same lock as issuing takes one from. */
export async function nextNumbers(tx: Tx, at: { agencyId: string; type: PaperType; year: number }, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into paper_sequence (agency_id, type, year, last) values (${at.agencyId}, ${at.type}, ${at.year}, ${count})
    on conflict (agency_id, type, year) do update set last = paper_sequence.last + ${count} returning last`.execute(tx)
  return rows[0]!.last - count + 1
}

export async function insert(tx: Tx, row: Omit<BlockRow, 'version' | 'taken_at' | 'expires_at'> & { taken_at: Date; expires_at: Date }): Promise<void> {
  await tx.insertInto('paper_block').values({ ...row, closed_at: null, closed_by: null, closed_why: null, grid_id: null, enterprise_id: null }).execute()
  await sql`insert into paper_number (agency_id, type, year, seq, paper_id, state, block_id)
    select ${row.agency_id}::uuid, ${row.type}::text, ${row.year}::smallint, n, null, 'RESERVED', ${row.id}::uuid from generate_series(${row.first_seq}::int, ${row.last_seq}::int) n`.execute(tx)
}

/** Puts a reserved number on a paper. */
export async function use(tx: Tx, block: BlockRow, seq: number, paperId: string): Promise<void> {
  await sql`update paper_number set state = 'USED', paper_id = ${paperId}, voided_at = null, voided_why = null where block_id = ${block.id} and seq = ${seq}`.execute(tx)
}

/**
 * Unused numbers at the very end of the sequence go back to it; nothing came after them. The sequence stays locked from here on.
 * @returns what went back
 */
export async function giveBack(tx: Tx, block: BlockRow): Promise<number[]> {
  const at = sql`agency_id = ${block.agency_id} and type = ${block.type} and year = ${block.year}`
  const { rows } = await sql<{ last: number }>`select last from paper_sequence where ${at} for update`.execute(tx)
  const last = rows[0]?.last ?? 0
  if (last !== block.last_seq) return []
  const { rows: gone } = await sql<{ seq: number }>`delete from paper_number where block_id = ${block.id} and state = 'RESERVED'
    and seq > coalesce((select max(seq) from paper_number where ${at} and (state <> 'RESERVED' or block_id is distinct from ${block.id}::uuid)), 0) returning seq`.execute(tx)
  const left = last - gone.length
  await (left === 0 ? sql`delete from paper_sequence where ${at}` : sql`update paper_sequence set last = ${left} where ${at}`).execute(tx)
  return gone.map((row) => row.seq).sort((a, b) => a - b)
}

/** The rest is voided and stays in the register. */
export async function voidRest(tx: Tx, block: BlockRow, why: string, now: Date): Promise<number[]> {
  const { rows } = await sql<{ seq: number }>`update paper_number set state = 'VOIDED', voided_at = ${now}, voided_why = ${why} where block_id = ${block.id} and state = 'RESERVED' returning seq`.execute(tx)
  return rows.map((row) => row.seq).sort((a, b) => a - b)
}

export const close = (tx: Tx, block: BlockRow, given: { state: 'RETURNED' | 'VOIDED' | 'EXPIRED'; by: string | null; why: string; now: Date }) =>
  tx.updateTable('paper_block').set({ state: given.state, closed_at: given.now, closed_by: given.by, closed_why: given.why, version: block.version + 1 }).where('id', '=', block.id).execute()

/** Open blocks whose time was over before a moment. */
export async function overdue(tx: Tx, before: Date): Promise<BlockRow[]> {
  return (await sql<BlockRow>`select b.* from paper_block b where b.state = 'OPEN' and b.expires_at < ${before} order by b.expires_at limit 200 for update skip locked`.execute(tx)).rows
}

interface Registered {
  seq: number
  state: (typeof NUMBER_STATES)[number]
  no: string | null
  prefix: string | null
  word_code: string | null
  paperId: string | null
  enterpriseName: string | null
  issuedOn: string | null
  heldBy: string | null
  voidedAt: string | null
  why: string | null
}

/** The register of the agency of an area, one type, one year: used, reserved, voided. One statement. */
export async function register(tx: Tx, areaCode: string, filter: { type: PaperType; year: number; state?: string | undefined; after: number; limit: number }) {
  const agency = sql`(select id from organisation where kind = 'BUREAU' and valid_to is null and area_code = any(${levelsOf(areaCode)}::text[]) order by length(rtrim(area_code, '0')) desc, sort_no, id limit 1)`
  const where = sql`n.agency_id = ${agency} and n.type = ${filter.type} and n.year = ${filter.year} ${filter.state ? sql`and n.state = ${filter.state}` : sql``}`
  const { rows } = await sql<Registered & { total: number }>`
    with t as (select count(*)::int as total from paper_number n where ${where}),
      p as (select n.seq, n.state, p.no, b.prefix, b.word_code, n.paper_id as "paperId", p.enterprise_name as "enterpriseName", p.issued_on as "issuedOn", o.name as "heldBy",
          coalesce(n.voided_at, p.voided_at) as "voidedAt", coalesce(n.voided_why, p.void_reason) as why
        from paper_number n left join paper p on p.id = n.paper_id left join paper_block b on b.id = n.block_id left join person o on o.id = b.person_id
        where ${where} and n.seq > ${filter.after} order by n.seq limit ${filter.limit + 1})
    select t.total, p.* from t left join p on true order by p.seq`.execute(tx)
  const found = rows.filter((row) => row.seq !== null)
  const shown = found.slice(0, filter.limit).map(({ total: _t, prefix, word_code, ...row }) => ({ ...row, no: row.no ?? (prefix && word_code ? paperNumber({ prefix, wordCode: word_code, year: filter.year, seq: row.seq }) : null) }))
  return { rows: shown, total: rows[0]?.total ?? 0, ...(found.length > filter.limit ? { next: String(shown.at(-1)!.seq) } : {}) }
}
