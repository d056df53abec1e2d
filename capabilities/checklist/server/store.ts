import type { Selectable } from 'kysely'
import type { Tx } from '../../../kernel/server/db.ts'
import { ChecklistVersion } from '../checklist.ts'
import type { ChecklistVersionTable } from './tables.ts'

export type Row = Selectable<ChecklistVersionTable>

/** The pure shape of a row: `version` is the number of the list, not of the record. */
export const toVersion = (row: Pick<Row, 'id' | 'code' | 'name' | 'number' | 'state' | 'visit_kinds' | 'applies_to' | 'legal_basis' | 'items'>): ChecklistVersion =>
  ChecklistVersion.parse({
    id: row.id, code: row.code, name: row.name, version: row.number, state: row.state, visitKinds: row.visit_kinds,
    appliesTo: row.applies_to, legalBasis: row.legal_basis, items: row.items,
  })

export const byIds = (tx: Tx, ids: readonly string[]): Promise<Row[]> => tx.selectFrom('checklist_version').selectAll().where('id', 'in', [...ids]).execute()
