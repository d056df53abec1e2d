import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/**
 * The same rows as one recorded visit, in one bare transaction: one multi-row insert a table. The rows are copied once
 * from a visit that AnGrid recorded; each call gives them new ids and numbers.
 */
interface Table {
  readonly name: string
  readonly sql: string
  readonly rows: string
}

let template: { tables: Table[]; ids: string[]; numbers: string[] } | undefined

/** Rows that belong to a visit: by the visit, by the hazards it found, by the command that wrote them. */
const belonging: readonly (readonly [table: string, where: string])[] = [
  ['command', 'id = (select command_id from domain_event where aggregate_id = $1 order by seq limit 1)'],
  ['visit', 'id = $1'],
  ['visit_person', 'visit_id = $1'],
  ['visit_answer', 'visit_id = $1'],
  ['visit_scan', 'visit_id = $1'],
  ['hazard', 'source_id = $1'],
  ['hazard_search', 'hazard_id in (select id from hazard where source_id = $1)'],
  ['attachment_link', 'aggregate_id = $1 or aggregate_id in (select id from hazard where source_id = $1)'],
  ['todo', 'subject_id = $1 or subject_id in (select id from hazard where source_id = $1)'],
  ['domain_event', 'command_id = (select command_id from domain_event where aggregate_id = $1 order by seq limit 1)'],
]

export async function takeTemplate(pool: pg.Pool, visitId: string): Promise<Record<string, number>> {
  const tables: Table[] = []
  const counts: Record<string, number> = {}
  const ids = new Set<string>()
  const numbers = new Set<string>()
  for (const [name, where] of belonging) {
    const { rows } = await pool.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t where ${where}`, [visitId])
    if (!rows.length) continue
    counts[name] = rows.length
    for (const { row } of rows) {
      if (typeof row.id === 'string') ids.add(row.id)
      // Numbers and keys that must be unique while open; a copy gets its own.
      for (const column of ['no', 'dedupe_key']) if (typeof row[column] === 'string') numbers.add(row[column])
    }
    const columns = await writable(pool, name)
    tables.push({ name, rows: JSON.stringify(rows.map(({ row }) => row)), sql: `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, $1::jsonb)` })
  }
  template = { tables, ids: [...ids], numbers: [...numbers] }
  return counts
}

/** Columns one may write: no generated or identity ones. */
async function writable(pool: pg.Pool, table: string): Promise<string> {
  const { rows } = await pool.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO' and column_name <> 'xid' order by ordinal_position`,
    [table],
  )
  return rows.map((row) => `"${row.column_name}"`).join(', ')
}

let count = 0

export async function insertVisit(pool: pg.Pool): Promise<{ ok: true }> {
  if (!template) throw new Error('no template')
  const replaced = new Map<string, string>([...template.ids.map((id): [string, string] => [id, randomUUID()]), ...template.numbers.map((no): [string, string] => [no, `${no}-${process.pid}-${count++}`])])
  const pattern = new RegExp([...replaced.keys()].sort((a, b) => b.length - a.length).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const table of template.tables) {
      await client.query({ name: `v_${table.name}`, text: table.sql, values: [table.rows.replace(pattern, (found) => replaced.get(found) ?? found)] })
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  return { ok: true }
}
