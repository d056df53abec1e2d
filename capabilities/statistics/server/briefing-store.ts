import { sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { containing } from '../../../kernel/server/like.ts'
import { stateZh } from '../../hazard/zh.ts'
import type { Annex, BriefingRow, Edition } from '../briefing.ts'
import type { OpenItem } from '../claims.ts'
import { plainWording, type Wording } from '../wording.ts'
import './snapshot-tables.ts'

export interface Stored extends BriefingRow {
  version: number
  body: string
  annexes: Annex[]
  wording: Wording
  sources: { text: string; source: string }[]
  credit: { writer: string; editor: string; reviewer: string }
  writerIds: string[]
  approvedBy: string | null
  correction: string | null
  returnedWhy: string | null
  withdrawnWhy: string | null
  areaCode: string
}

const rowSql = sql.raw(`b.id, b.kind, b.issue, b.title, b.state, b.snapshot_id as "snapshotId", s.title as "snapshotTitle", (select coalesce(string_agg(p.name, '、' order by p.name), '') from person p where p.id = any(b.writers)) as writers,
  b.written_at as "writtenAt", b.published_at as "publishedAt", (select count(*) from briefing_edition e where e.briefing_id = b.id)::int as editions`)
const moreSql = sql.raw(`b.version, b.body, b.annexes, b.wording, b.sources, b.credit, b.writers as "writerIds", b.approved_by as "approvedBy", b.correction, b.returned_why as "returnedWhy", b.withdrawn_why as "withdrawnWhy", b.area_code as "areaCode"`)
const joined = sql.raw('briefing b join snapshot s on s.id = b.snapshot_id')

export async function find(tx: Tx, actor: Actor, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select ${rowSql}, ${moreSql} from ${joined} where b.id = ${id} and ${reachSql(actor, 'b')}`.execute(tx)
  return rows[0]
}

export async function page(tx: Tx, actor: Actor, filter: { q?: string | undefined; kind?: string | undefined; state?: string | undefined; after?: string | undefined; limit: number }): Promise<{ rows: BriefingRow[]; total: number }> {
  const like = filter.q ? containing(filter.q) : null
  const { rows } = await sql<BriefingRow & { total: number }>`
    with found as (select b.id from briefing b where ${reachSql(actor, 'b')} and (${like}::text is null or b.title like ${like}::text) and (${filter.kind ?? null}::text is null or b.kind = ${filter.kind ?? null}::text) and (${filter.state ?? null}::text is null or b.state = ${filter.state ?? null}::text))
    select ${rowSql}, (select count(*) from found)::int as total from ${joined} join found n on n.id = b.id where ${filter.after ?? null}::uuid is null or b.id < ${filter.after ?? null}::uuid order by b.id desc limit ${filter.limit}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface Content {
  readonly title: string
  readonly issue: string
  readonly body: string
  readonly annexes: readonly Annex[]
  readonly wording: Wording
  readonly sources: readonly unknown[]
  readonly credit: unknown
  readonly snapshotId: string
}

export async function insert(tx: Tx, given: Content & { id: string; kind: string; areaCode: string; writer: string; now: Date }): Promise<void> {
  await sql`insert into briefing (id, kind, issue, title, snapshot_id, body, annexes, wording, sources, writers, credit, state, written_at, area_code)
    values (${given.id}, ${given.kind}, ${given.issue}, ${given.title}, ${given.snapshotId}, ${given.body}, ${JSON.stringify(given.annexes)}::jsonb, ${JSON.stringify(given.wording)}::jsonb, ${JSON.stringify(given.sources)}::jsonb, array[${given.writer}]::uuid[], ${JSON.stringify(given.credit)}::jsonb, 'DRAFT', ${given.now}, ${given.areaCode})`.execute(tx)
}

/** Whoever changes a word becomes one of its writers, and may not approve it. */
export const rewrite = (tx: Tx, id: string, given: Content, writer: string) => sql`
  update briefing set issue = ${given.issue}, title = ${given.title}, snapshot_id = ${given.snapshotId}, body = ${given.body}, annexes = ${JSON.stringify(given.annexes)}::jsonb, wording = ${JSON.stringify(given.wording)}::jsonb, sources = ${JSON.stringify(given.sources)}::jsonb, credit = ${JSON.stringify(given.credit)}::jsonb,
    writers = case when ${writer}::uuid = any(writers) then writers else writers || ${writer}::uuid end, approved_by = null, approved_at = null, version = version + 1 where id = ${id}`.execute(tx)

/** Words that did not change keep their speaker's approval. */
export async function writeQuotes(tx: Tx, id: string, quotes: readonly { personId: string; words: string }[]): Promise<void> {
  const old = new Map((await quotesOf(tx, id)).map((quote) => [`${quote.personId} ${quote.words}`, quote]))
  await sql`delete from briefing_quote where briefing_id = ${id}`.execute(tx)
  for (const [i, quote] of quotes.entries()) {
    const kept = old.get(`${quote.personId} ${quote.words}`)
    await sql`insert into briefing_quote (briefing_id, number, person_id, speaker, words, approved_by, approved_at) select ${id}, ${i + 1}, p.id, p.name, ${quote.words}, ${kept?.approvedAt ? quote.personId : null}::uuid, ${kept?.approvedAt ?? null}::timestamptz from person p where p.id = ${quote.personId}`.execute(tx)
  }
}

export interface StoredQuote {
  number: number
  personId: string
  speaker: string
  words: string
  approvedAt: string | null
}
export async function quotesOf(tx: Tx, id: string): Promise<StoredQuote[]> {
  const { rows } = await sql<StoredQuote>`select number, person_id as "personId", speaker, words, approved_at as "approvedAt" from briefing_quote where briefing_id = ${id} order by number`.execute(tx)
  return rows
}
export const approveQuote = (tx: Tx, id: string, number: number, person: string, now: Date) => sql`update briefing_quote set approved_by = ${person}, approved_at = ${now} where briefing_id = ${id} and number = ${number}`.execute(tx)

/** Speakers: people with a post at an office of this area. */
export async function speakersHere(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select p.id from person p join organisation o on o.id = p.organisation_id where p.id = any(${[...ids]}::uuid[]) and exists (select from (select o.area_code, null::uuid as grid_id, null::uuid as enterprise_id) r where ${reachSql(actor, 'r')})`.execute(tx)
  return new Set(rows.map((row) => row.id))
}
export async function speakers(tx: Tx, actor: Actor): Promise<{ id: string; name: string; office: string }[]> {
  const { rows } = await sql<{ id: string; name: string; office: string }>`
    select distinct p.id, p.name, o.name as office from person p join organisation o on o.id = p.organisation_id join post t on t.person_id = p.id and t.role_code in ('BUREAU_LEADER','DIRECTOR','COMMITTEE_OFFICE','TEAM_LEAD') and (t.valid_to is null or t.valid_to >= current_date)
    where exists (select from (select o.area_code, null::uuid as grid_id, null::uuid as enterprise_id) r where ${reachSql(actor, 'r')}) order by p.name limit 100`.execute(tx)
  return rows
}

/** How the bureau writes its numbers: the setting of the nearest area. */
export async function wordingOf(tx: Tx, areaCode: string): Promise<Wording> {
  const { rows } = await sql<{ key: string; value: string }>`select key, value from setting where key in ('statistics.hazard_word', 'statistics.number_style') and area_code = any(${[0, 2, 4, 6, 9, 12].map((n) => areaCode.slice(0, n).padEnd(12, '0'))}::text[]) order by length(rtrim(area_code, '0'))`.execute(tx)
  const of = new Map(rows.map((row) => [row.key, row.value]))
  return { hazardWord: (of.get('statistics.hazard_word') ?? plainWording.hazardWord) as Wording['hazardWord'], style: (of.get('statistics.number_style') ?? plainWording.style) as Wording['style'] }
}

/** The next 期号 of a kind in this year; numbers typed otherwise are not counted. */
export async function nextIssue(tx: Tx, areaCode: string, kind: string, year: number): Promise<string> {
  const { rows } = await sql<{ n: number; earlier: number }>`select coalesce(max(substring(issue from '年第([0-9]{1,6})期')::int) filter (where issue like ${`${year}年第%`}), 0) + 1 as n, count(*) filter (where issue ~ '^[0-9]{4}年第' and left(issue, 4) < ${String(year)})::int as earlier
    from briefing where area_code = ${areaCode} and kind = ${kind} and state <> 'WITHDRAWN'`.execute(tx)
  const { n, earlier } = rows[0]!
  return `${year}年第${n}期${earlier > 0 ? `（总第${earlier + n}期）` : ''}`
}

/** Another briefing of the kind that bears the same 期号. */
export async function issueTaken(tx: Tx, row: Pick<Stored, 'id' | 'areaCode' | 'kind' | 'issue'>): Promise<string | undefined> {
  if (row.issue === '') return undefined
  const { rows } = await sql<{ title: string }>`select title from briefing where area_code = ${row.areaCode} and kind = ${row.kind} and issue = ${row.issue} and id <> ${row.id} and (state = 'APPROVED' or published_at is not null) and state <> 'WITHDRAWN' limit 1`.execute(tx)
  return rows[0]?.title
}

const step = (tx: Tx, id: string, set: ReturnType<typeof sql>) => sql`update briefing set ${set}, version = version + 1 where id = ${id}`.execute(tx)
export const submit = (tx: Tx, id: string, by: string, now: Date) => step(tx, id, sql`state = 'SUBMITTED', submitted_by = ${by}, submitted_at = ${now}, returned_why = null`)
export const sendBack = (tx: Tx, id: string, reason: string) => step(tx, id, sql`state = 'RETURNED', returned_why = ${reason}, approved_by = null, approved_at = null`)
export const approve = (tx: Tx, id: string, by: string, now: Date) => step(tx, id, sql`state = 'APPROVED', approved_by = ${by}, approved_at = ${now}`)
export const reopen = (tx: Tx, id: string, reason: string) => step(tx, id, sql`state = 'CORRECTING', correction = ${reason}, approved_by = null, approved_at = null`)
export const withdraw = (tx: Tx, id: string, reason: string, now: Date) => step(tx, id, sql`state = 'WITHDRAWN', withdrawn_why = ${reason}, withdrawn_at = ${now}`)
export const markPublished = (tx: Tx, id: string, now: Date) => step(tx, id, sql`state = 'PUBLISHED', published_at = coalesce(published_at, ${now}), correction = null`)

export async function publishEdition(tx: Tx, given: { id: string; number: number; snapshotId: string; content: Edition; sha256: string; note: string | null; by: string; now: Date }): Promise<void> {
  await sql`insert into briefing_edition (briefing_id, number, snapshot_id, content, sha256, note, published_by, published_at)
    values (${given.id}, ${given.number}, ${given.snapshotId}, ${JSON.stringify(given.content)}::jsonb, ${given.sha256}, ${given.note}, ${given.by}, ${given.now})`.execute(tx)
}

export interface StoredEdition {
  number: number
  note: string | null
  publishedAt: string
  publishedBy: string
  sha256: string
  content: Edition
}
export async function editionsOf(tx: Tx, id: string): Promise<StoredEdition[]> {
  const { rows } = await sql<StoredEdition>`select e.number, e.note, e.published_at as "publishedAt", p.name as "publishedBy", e.sha256, e.content from briefing_edition e join person p on p.id = e.published_by where e.briefing_id = ${id} order by e.number`.execute(tx)
  return rows
}

/** What anybody may see: editions of a briefing that stands published, or that it was withdrawn. */
export async function published(tx: Tx, id: string): Promise<{ state: string; withdrawnWhy: string | null; withdrawnAt: string | null } | undefined> {
  const { rows } = await sql<{ state: string; withdrawnWhy: string | null; withdrawnAt: string | null }>`select state, withdrawn_why as "withdrawnWhy", withdrawn_at as "withdrawnAt" from briefing where id = ${id} and published_at is not null`.execute(tx)
  return rows[0]
}
export async function publishedList(tx: Tx): Promise<{ id: string; title: string; issue: string; publishedAt: string }[]> {
  const { rows } = await sql<{ id: string; title: string; issue: string; publishedAt: string }>`
    select b.id, coalesce(e.content->>'title', b.title) as title, coalesce(e.content->>'issue', '') as issue, b.published_at as "publishedAt" from briefing b join briefing_edition e on e.briefing_id = b.id and e.number = (select max(number) from briefing_edition x where x.briefing_id = b.id)
    where b.published_at is not null and b.state <> 'WITHDRAWN' order by b.published_at desc limit 100`.execute(tx)
  return rows
}

const OPEN_AT_MOST = 50

/** Hazards of the frozen list that are not put right now: open when it was frozen, or opened again since. */
export async function openItems(tx: Tx, snapshotId: string): Promise<OpenItem[]> {
  const { rows } = await sql<Omit<OpenItem, 'state' | 'since'> & { state: keyof typeof stateZh; was: boolean }>`
    select h.id, h.no, h.enterprise_name as enterprise, h.state, h.level, coalesce(h.closed_how = 'ON_SITE', false) as "onSite", h.id::text in (select unnest(c.members) from snapshot_figure c where c.snapshot_id = ${snapshotId} and c.metric = 'M09C') as was
    from snapshot_figure f cross join lateral unnest(f.members) m (id) join hazard h on h.id = m.id::uuid where f.snapshot_id = ${snapshotId} and f.metric = 'M07' and h.state not in ('CLOSED','VOID') order by h.found_at limit ${OPEN_AT_MOST}`.execute(tx)
  return rows.map(({ was, state, ...item }) => ({ ...item, state: stateZh[state], since: was ? 'NOW' : 'FROZEN' }))
}

export async function agencyOf(tx: Tx, areaCode: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from organisation where kind = 'BUREAU' and area_code = ${areaCode} order by id limit 1`.execute(tx)
  return rows[0]?.name ?? ''
}
