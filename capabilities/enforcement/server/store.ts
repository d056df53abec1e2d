import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { DocType, type PaperState, type PaperType } from '../doc-type.ts'
import { levelsOf } from '../kit.ts'
import type { ListFilter, PaperContent, PaperRow, Signature } from '../paper.ts'
import type { PaperTable, SignedWords } from './tables.ts'

export type Row = Selectable<PaperTable>

const officesOf = (reach: Reach): Reach => ({ areas: reach.areas, grids: reach.grids, enterprises: [] })
const firmsOf = (reach: Reach): Reach => ({ areas: [], grids: [], enterprises: reach.enterprises })

/** Whom a paper is for sees it when it has been served on him; whoever writes it sees it from the first draft. */
export const visible = (actor: Pick<Actor, 'reach'>, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${reachSql({ reach: officesOf(actor.reach) }, alias)} or (${sql.ref(`${alias}.state`)} in ('SERVED','REVOKED') and ${reachSql({ reach: firmsOf(actor.reach) }, alias)}))`

/** Nobody of an office: sees his own firm's papers only. */
export const isParty = (actor: Pick<Actor, 'reach'>): boolean => actor.reach.areas.length === 0 && actor.reach.grids.length === 0

/** One paper in sight; `lock` for a command, so that two acts on one paper follow each other. */
export async function find(tx: Tx, actor: Actor, id: string, lock = false): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select p.* from paper p where p.id = ${id} and ${visible(actor, 'p')} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0]
}

interface Listed extends Row {
  item_count: number
  officer_names: string[]
}
type Totals = { total: number; pending: number; toIssue: number; toSign: number; toServe: number; served: number }

const listColumns = sql.raw('p.id, p.no, p.type, p.title, p.state, p.enterprise_id, p.enterprise_name, p.site_name, p.visit_id, p.drafted_at, p.issued_on, p.served_on, p.version')

/** Newest draft first, with exact totals that are also filters. One statement. */
export async function list(tx: Tx, actor: Actor, filter: ListFilter): Promise<{ rows: PaperRow[]; totals: Totals; next?: string }> {
  const states = filter.state?.length ? sql`b.state = any(${filter.state}::text[])` : sql`b.state <> 'VOIDED'`
  const { rows } = await sql<Totals & { page: Listed[] | null }>`
    with b as materialized (select ${listColumns}, p.content -> 'officers' as people, jsonb_array_length(p.content -> 'items') as item_count from paper p where ${visible(actor, 'p')} and ${conditions(filter, actor)}),
    page as (select * from b where ${states} ${after(filter.cursor)} order by drafted_at desc, id desc limit ${filter.limit + 1})
    select count(*) filter (where ${states})::int as total, count(*) filter (where state = 'PENDING')::int as pending, count(*) filter (where state = 'APPROVED')::int as "toIssue",
      count(*) filter (where state = 'ISSUED')::int as "toSign", count(*) filter (where state = 'SIGNED' and type <> 'D04')::int as "toServe", count(*) filter (where state = 'SERVED')::int as served,
      (select jsonb_agg(to_jsonb(page) || jsonb_build_object('officer_names', (select jsonb_agg(o ->> 'name') from jsonb_array_elements(page.people) o)) order by drafted_at desc, id desc) from page) as page
    from b`.execute(tx)
  const { page, ...totals } = rows[0]!
  const found = (page ?? []).slice(0, filter.limit)
  const last = found.at(-1)
  return { rows: found.map(toRow), totals, ...((page?.length ?? 0) > filter.limit && last ? { next: `${new Date(last.drafted_at).toISOString()}_${last.id}` } : {}) }
}

function conditions(filter: ListFilter, actor: Actor): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`true`]
  if (filter.type) parts.push(sql`p.type = ${filter.type}`)
  if (filter.enterpriseId) parts.push(sql`p.enterprise_id = ${filter.enterpriseId}`)
  if (filter.visitId) parts.push(sql`p.visit_id = ${filter.visitId}`)
  if (filter.hazardId) parts.push(sql`exists (select from paper_hazard h where h.paper_id = p.id and h.hazard_id = ${filter.hazardId})`)
  if (filter.areaCode) parts.push(sql`p.area_code >= ${filter.areaCode} and p.area_code < ${`${filter.areaCode.replace(/(000)+$/, '')}~`}`)
  if (filter.from) parts.push(sql`p.drafted_at >= ${filter.from}::date`)
  if (filter.to) parts.push(sql`p.drafted_at < ${filter.to}::date + 1`)
  if (filter.mine) parts.push(sql`(p.drafted_by = ${actor.id} or ${actor.id}::uuid = any(p.officers))`)
  if (filter.q) parts.push(sql`strpos(concat_ws(' ', p.no, p.title, p.enterprise_name), ${filter.q}) > 0`)
  return sql.join(parts, sql` and `)
}

function after(cursor: string | undefined): RawBuilder<unknown> {
  const m = /^(\d{4}-[\dT:.-]+Z)_([0-9a-f-]{36})$/.exec(cursor ?? '')
  return m ? sql`and (drafted_at, id) < (${m[1]}::timestamptz, ${m[2]}::uuid)` : sql``
}

export const toRow = (row: Listed): PaperRow => ({
  id: row.id, no: row.no, type: row.type, title: row.title, state: row.state, enterpriseId: row.enterprise_id, enterpriseName: row.enterprise_name, siteName: row.site_name, visitId: row.visit_id,
  officers: row.officer_names ?? [], itemCount: row.item_count, draftedAt: new Date(row.drafted_at).toISOString(), issuedOn: row.issued_on, servedOn: row.served_on, version: row.version,
})

export interface Sister {
  id: string
  type: PaperType
  title: string
  no: string | null
  state: PaperState
}

/** Papers of one visit that were not voided. The caller has found the visit in reach. */
export const ofVisit = async (tx: Tx, visitId: string): Promise<Sister[]> =>
  (await sql<Sister>`select id, type, title, no, state from paper where visit_id = ${visitId} and state <> 'VOIDED' order by drafted_at, id`.execute(tx)).rows

/** Papers that stand on this one: drawn from the same visit after it, or referring to it. */
export const standingOn = async (tx: Tx, row: Row): Promise<Sister[]> =>
  (await sql<Sister>`select id, type, title, no, state from paper where state in ('ISSUED','SIGNED','SERVED') and id <> ${row.id}
    and (refer_id = ${row.id} or (${row.type} = 'D04' and visit_id = ${row.visit_id}::uuid))`.execute(tx)).rows

export const hazardsOf = async (tx: Tx, paperId: string): Promise<string[]> =>
  (await tx.selectFrom('paper_hazard').select('hazard_id').where('paper_id', '=', paperId).orderBy('ordinal').execute()).map((r) => r.hazard_id)

export const insert = (tx: Tx, values: Parameters<ReturnType<Tx['insertInto']>['values']>[0]) => tx.insertInto('paper').values(values as never).execute()

/** Writes the given columns and raises the version. The row was locked by {@link find}. */
export const update = (tx: Tx, row: Row, set: Record<string, unknown>) =>
  tx.updateTable('paper').set({ ...set, version: row.version + 1 } as never).where('id', '=', row.id).execute()

/** What stood on the page when it was signed on the spot. A part of the issue, no version of its own. */
export const keepWords = (tx: Tx, id: string, words: SignedWords) => tx.updateTable('paper').set({ signed_words: JSON.stringify(words) }).where('id', '=', id).execute()

/** The hazards on a paper, anew. */
export async function setHazards(tx: Tx, paperId: string, items: PaperContent['items']): Promise<void> {
  await tx.deleteFrom('paper_hazard').where('paper_id', '=', paperId).execute()
  if (!items.length) return
  await tx.insertInto('paper_hazard').values(items.map((item, i) => ({ paper_id: paperId, hazard_id: item.hazardId, ordinal: i + 1, due_on: item.dueOn, passed: item.passed, new_due_on: item.newDueOn }))).execute()
}

export async function signaturesOf(tx: Tx, paperId: string): Promise<Signature[]> {
  const rows = await tx.selectFrom('paper_signature').selectAll().where('paper_id', '=', paperId).orderBy('part').orderBy('ordinal').execute()
  return rows.map((r) => ({ part: r.part, personId: r.person_id, name: r.name, duty: r.duty, attachmentId: r.attachment_id, refused: r.refused, reason: r.reason, at: r.at }))
}

export const addSignatures = (tx: Tx, paperId: string, signatures: readonly (Omit<Signature, 'at'> & { ordinal: number })[], now: Date) =>
  tx.insertInto('paper_signature').values(signatures.map((s) => ({ paper_id: paperId, part: s.part, ordinal: s.ordinal, person_id: s.personId, name: s.name, duty: s.duty, attachment_id: s.attachmentId, refused: s.refused, reason: s.reason, at: now }))).execute()

/**
 * The next number of an agency, type and year. Papers issued at the same moment wait here for each other until commit; a rollback
 * gives the number back, so that there are no gaps.
 */
export async function nextNumber(tx: Tx, at: { agencyId: string; type: PaperType; year: number }): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into paper_sequence (agency_id, type, year, last) values (${at.agencyId}, ${at.type}, ${at.year}, 1)
    on conflict (agency_id, type, year) do update set last = paper_sequence.last + 1 returning last`.execute(tx)
  return rows[0]!.last
}

export const keepNumber = (tx: Tx, at: { agencyId: string; type: PaperType; year: number; seq: number; paperId: string }) =>
  tx.insertInto('paper_number').values({ agency_id: at.agencyId, type: at.type, year: at.year, seq: at.seq, paper_id: at.paperId, state: 'USED' }).execute()

export const voidNumber = (tx: Tx, paperId: string) => tx.updateTable('paper_number').set({ state: 'VOIDED' }).where('paper_id', '=', paperId).execute()

export { levelsOf }

type FormRow = DocType & { areaCode: string; version: number }
interface FormData {
  area_code: string
  type: string
  title: string
  word_code: string | null
  copies: number
  copy_holders: string
  rights: string | null
  rules: Record<string, unknown>
  sections: unknown
  version: number
}

/** The forms in force at a place: of each type the one of the nearest area. One statement. */
export async function formsAt(tx: Tx, areaCode: string): Promise<FormRow[]> {
  const { rows } = await sql<FormData>`
    select distinct on (type) * from doc_type where area_code = any(${levelsOf(areaCode)}::text[]) order by type, length(rtrim(area_code, '0')) desc`.execute(tx)
  return rows.map(toForm)
}

/** Every form that is in force somewhere in these areas: their own, and those of the levels above. One statement. */
export async function formsWithin(tx: Tx, areas: Reach['areas']): Promise<FormRow[]> {
  const { rows } = await sql<FormData>`select * from doc_type where ${withinOrAbove(areas)} order by area_code, type limit 500`.execute(tx)
  return rows.map(toForm)
}

const withinOrAbove = (areas: Reach['areas']): RawBuilder<boolean> =>
  sql<boolean>`(area_code = any(${[...new Set(areas.flatMap(([from]) => levelsOf(from.slice(0, 12))))]}::text[])${sql.join(areas.map(([from, to]) => sql` or (area_code >= ${from} and area_code < ${to})`), sql``)})`

const toForm = (r: FormData): FormRow =>
  ({ ...DocType.parse({ ...r.rules, type: r.type, title: r.title, wordCode: r.word_code, copies: r.copies, copyHolders: r.copy_holders, rights: r.rights, sections: r.sections }), areaCode: r.area_code, version: r.version })

/** Lays a place's own words over the form in force there. */
export async function setForm(tx: Tx, form: FormRow, given: { areaCode: string; wordCode: string | null; copies: number; copyHolders: string; rights: string | null }): Promise<number> {
  const { type, title, sections, wordCode: _w, copies: _c, copyHolders: _h, rights: _r, areaCode: _a, version: _v, ...rules } = form
  const { rows } = await sql<{ version: number }>`
    insert into doc_type (area_code, type, title, word_code, copies, copy_holders, rights, rules, sections)
    values (${given.areaCode}, ${type}, ${title}, ${given.wordCode}, ${given.copies}, ${given.copyHolders}, ${given.rights}, ${JSON.stringify(rules)}::jsonb, ${JSON.stringify(sections)}::jsonb)
    on conflict (area_code, type) do update set word_code = excluded.word_code, copies = excluded.copies, copy_holders = excluded.copy_holders, rights = excluded.rights, version = doc_type.version + 1
    returning version`.execute(tx)
  return rows[0]!.version
}

/** The decision of a measure and the papers that refer to it, as far as the reader may see them. */
export const ofMeasure = async (tx: Tx, actor: Pick<Actor, 'reach'>, paperId: string): Promise<Sister[]> =>
  (await sql<Sister>`select p.id, p.type, p.title, p.no, p.state from paper p where (p.id = ${paperId} or p.refer_id = ${paperId}) and ${visible(actor, 'p')} order by p.drafted_at, p.id`.execute(tx)).rows

/** A whole number somebody has set for the whole system, else what it usually is. */
export async function settingNumber(tx: Tx, key: string, usual: number): Promise<number> {
  const { rows } = await sql<{ value: number }>`select value from setting where key = ${key} and area_code = '000000000000'`.execute(tx)
  return rows[0] ? Number(rows[0].value) : usual
}
