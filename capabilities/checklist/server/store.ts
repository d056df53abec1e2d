import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { containing } from '../../../kernel/server/like.ts'
import { ChecklistVersion } from '../checklist.ts'
import type { ChecklistRow } from '../records.ts'
import type { ChecklistVersionTable } from './tables.ts'

export type Row = Selectable<ChecklistVersionTable>
type Pure = Pick<Row, 'id' | 'code' | 'name' | 'number' | 'state' | 'visit_kinds' | 'applies_to' | 'legal_basis' | 'items' | 'retired_at'>

/** The pure shape of a row: `version` is the number of the list, not of the record. */
export const toVersion = (row: Pure): ChecklistVersion =>
  ChecklistVersion.parse({
    id: row.id, code: row.code, name: row.name, version: row.number, state: row.state, visitKinds: row.visit_kinds,
    appliesTo: row.applies_to, legalBasis: row.legal_basis, items: row.items, ...(row.retired_at ? { retiredAt: new Date(row.retired_at).toISOString() } : {}),
  })

export const byIds = (tx: Tx, ids: readonly string[]): Promise<Row[]> => tx.selectFrom('checklist_version').selectAll().where('id', 'in', [...ids]).execute()

/** Every version of a code, newest first: the few that publication has to compare with. */
export const byCode = (tx: Tx, code: string): Promise<Row[]> => tx.selectFrom('checklist_version').selectAll().where('code', '=', code).orderBy('number', 'desc').execute()

/** A draft is work in progress: seen by those who may edit or publish where it was made. Everything else is open to readers. */
function visible(actor: Actor): RawBuilder<boolean> {
  const ranges = [...actor.reachOf('checklist.edit').areas, ...actor.reachOf('checklist.publish').areas]
  const own = ranges.map(([from, to]) => sql`(c.area_code >= ${from} and c.area_code < ${to})`)
  return own.length > 0 ? sql<boolean>`(c.state <> 'DRAFT' or ${sql.join(own, sql` or `)})` : sql<boolean>`c.state <> 'DRAFT'`
}

/** One version with names, or undefined when it is a draft of others. */
export async function find(tx: Tx, actor: Actor, id: string): Promise<(Row & { author_names: string | null; publisher: string | null }) | undefined> {
  const { rows } = await sql<Row & { author_names: string | null; publisher: string | null }>`
    select c.*, (select string_agg(p.name, '、' order by p.name) from person p where p.id = any(c.authors)) as author_names,
      (select p.name from person p where p.id = c.published_by) as publisher
    from checklist_version c where c.id = ${id} and ${visible(actor)}`.execute(tx)
  return rows[0]
}

export interface ListFilter {
  q?: string
  state?: string
  code?: string
  visitKind?: string
  after?: { code: string; number: number }
  limit: number
}

interface ListRow extends ChecklistRow {
  total: number
  draft: number
  published: number
  retired: number
}

/** A page by code and falling number with exact figures: one statement. A page without rows still carries the figures. */
export async function page(tx: Tx, actor: Actor, filter: ListFilter): Promise<{ rows: ChecklistRow[]; figures: { draft: number; published: number; retired: number } }> {
  const like = filter.q ? containing(filter.q) : null
  const { rows } = await sql<ListRow>`
    with found as (
      select * from checklist_version c where ${visible(actor)}
        and (${like}::text is null or c.name like ${like}::text or c.code ilike ${like}::text)
        and (${filter.code ?? null}::text is null or c.code = ${filter.code ?? null}::text)
        and (${filter.visitKind ?? null}::text is null or ${filter.visitKind ?? null}::text = any(c.visit_kinds))
    ), figures as (
      select count(*) filter (where state = 'DRAFT')::int as draft, count(*) filter (where state = 'PUBLISHED')::int as published,
        count(*) filter (where state = 'RETIRED')::int as retired from found
    ), page as (
      select * from found c where (${filter.state ?? null}::text is null or c.state = ${filter.state ?? null}::text)
        and (${filter.after?.code ?? null}::text is null or c.code > ${filter.after?.code ?? null}::text
          or (c.code = ${filter.after?.code ?? null}::text and c.number < ${filter.after?.number ?? 0}::int))
      order by c.code, c.number desc limit ${filter.limit}
    )
    select f.*, c.id, c.code, c.number, c.name, c.state, c.visit_kinds as "visitKinds", c.item_count as "itemCount", c.shipped,
      c.edited_at as "editedAt", c.published_at as "publishedAt",
      (select string_agg(p.name, '、' order by p.name) from person p where p.id = any(c.authors)) as authors,
      (select p.name from person p where p.id = c.published_by) as "publishedBy"
    from figures f left join page c on true order by c.code, c.number desc`.execute(tx)
  const { draft, published, retired } = rows[0]!
  return { rows: rows.filter((row) => row.id !== null), figures: { draft, published, retired } }
}

export const insert = (tx: Tx, row: Parameters<typeof insertValues>[1]) => insertValues(tx, row).execute()
const insertValues = (tx: Tx, row: { list: ChecklistVersion; areaCode: string; author: string; now: Date; basedOn: string | null }) =>
  tx.insertInto('checklist_version').values({
    id: row.list.id, code: row.list.code, number: row.list.version, ...contentOf(row.list), state: 'DRAFT', area_code: row.areaCode, based_on: row.basedOn,
    authors: [row.author], drafted_at: row.now, edited_at: row.now, published_by: null, retired_by: null, retired_why: null,
  })

const contentOf = (list: Pick<ChecklistVersion, 'name' | 'visitKinds' | 'appliesTo' | 'legalBasis' | 'items'>) => ({
  name: list.name, visit_kinds: list.visitKinds, applies_to: JSON.stringify(list.appliesTo), legal_basis: JSON.stringify(list.legalBasis),
  items: JSON.stringify(list.items), item_count: list.items.length,
})

export const rewrite = (tx: Tx, row: Row, list: Parameters<typeof contentOf>[0], author: string, now: Date) =>
  tx.updateTable('checklist_version')
    .set({ ...contentOf(list), authors: [...new Set([...row.authors, author])], edited_at: now, version: row.version + 1 })
    .where('id', '=', row.id).execute()

export const markPublished = (tx: Tx, row: Row, by: string, now: Date) =>
  tx.updateTable('checklist_version').set({ state: 'PUBLISHED', published_by: by, published_at: now, version: row.version + 1 }).where('id', '=', row.id).execute()

export const markRetired = (tx: Tx, ids: readonly string[], by: string, now: Date, why: string) =>
  tx.updateTable('checklist_version').set({ state: 'RETIRED', retired_by: by, retired_at: now, retired_why: why, version: sql<number>`version + 1` }).where('id', 'in', [...ids]).execute()

/** Everything in use, for finding an item by words. */
export const inUse = (tx: Tx): Promise<{ id: string }[]> => tx.selectFrom('checklist_version').select('id').where('state', '=', 'PUBLISHED').orderBy('code').execute()
