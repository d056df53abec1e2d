import { sql } from 'kysely'
import { missing } from '../../../kernel/core/problem.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { type ChecklistItem, type ChecklistVersion, isMeantFor } from '../checklist.ts'
import * as store from './store.ts'
import './tables.ts'

export { ensureShipped } from './shipped.ts'

/**
 * Published (or once published, now retired) versions as this process has read them. The content of such a version is
 * immutable, so nothing has to be asked again; its `state` may be older than a retirement made by another process.
 * Bounded: a bureau has some dozens of them.
 */
const cache = new Map<string, ChecklistVersion>()

/** Drops what is cached: after a publication or retirement in this process. */
export function forgetVersions(): void {
  cache.clear()
}

/**
 * Versions by id with their items; drafts are left out, unknown ids too. At most one statement, none when all are known.
 * For the visits that use a version the content is what counts; whether a *new* visit may open it is asked from
 * {@link currentVersions}.
 */
export async function publishedItems(tx: Tx, versionIds: readonly string[]): Promise<Map<string, ChecklistVersion>> {
  const unknown = [...new Set(versionIds)].filter((id) => !cache.has(id))
  if (unknown.length > 0) {
    const rows = await store.byIds(tx, unknown)
    if (cache.size > 500) cache.clear()
    for (const row of rows) if (row.state !== 'DRAFT') cache.set(row.id, store.toVersion(row))
  }
  return new Map([...new Set(versionIds)].flatMap((id) => (cache.has(id) ? [[id, cache.get(id)!] as const] : [])))
}

/** One item of a published version. @throws Problem `checklist.item_unknown` (404) for an unknown version or item */
export async function itemOf(tx: Tx, versionId: string, itemCode: string): Promise<ChecklistItem> {
  const version = (await publishedItems(tx, [versionId])).get(versionId)
  const item = version?.items.find((i) => i.code === itemCode)
  if (!item) throw missing('checklist.item_unknown')
  return item
}

export interface CurrentFor {
  visitKind: string
  siteKind: string
  tags: readonly string[]
  /** 工贸 sector code; a list limited to sectors is never offered to a site without one. */
  sector?: string | null
}

/** The versions in use (at most one a code) that a visit of this kind may open at such a site, by code. One statement. */
export async function currentVersions(tx: Tx, at: CurrentFor): Promise<ChecklistVersion[]> {
  const { rows } = await sql<{ id: string }>`
    select id from checklist_version where state = 'PUBLISHED' and ${at.visitKind} = any (visit_kinds) order by code`.execute(tx)
  const versions = await publishedItems(tx, rows.map((row) => row.id))
  const site = { kind: at.siteKind, tags: at.tags, sector: at.sector ?? null }
  return [...versions.values()].filter((version) => isMeantFor(version.appliesTo, site))
}

/** Ids of the versions in use of these lists that a visit of this kind may open, by code. One statement. */
export async function currentOf(tx: Tx, codes: readonly string[], visitKind: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from checklist_version where state = 'PUBLISHED' and code = any(${[...codes]}::text[]) and ${visitKind} = any (visit_kinds) order by code`.execute(tx)
  return rows.map((row) => row.id)
}
