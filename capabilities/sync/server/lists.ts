import { sql } from 'kysely'
import { criteria as registry } from '../../checklist/criteria.ts'
import type { ChecklistRow, CriteriaRow } from '../rows.ts'
import { fromTable, heldOf, pickOf, type Source } from './source.ts'

/** Published lists of every kind of visit; a retired one as long as a visit of mine uses it. */
export const checklists = fromTable<'checklist'>({
  kind: 'checklist',
  bytesEach: 16_000,
  from: sql`checklist_version c`,
  id: sql`c.id`,
  mine: (ctx) => (ctx.actor.has('checklist.read') ? member(ctx.actor.id) : undefined),
  read: async (ctx, these) => {
    const { rows } = await sql<ChecklistRow>`
      select c.id, c.code, c.number, c.name, c.state, c.visit_kinds as "visitKinds", c.applies_to as "appliesTo", c.legal_basis as "legalBasis", c.items, c.version
      from checklist_version c where ${these}`.execute(ctx.tx)
    return heldOf(rows)
  },
})

const member = (personId: string) => sql`(c.state = 'PUBLISHED' or (c.state = 'RETIRED' and exists (select from visit v join visit_person p on p.visit_id = v.id and p.person_id = ${personId}::uuid
  where c.id = any(v.version_ids) and v.state in ('PLANNED','PENDING_APPROVAL','APPROVED','REFUSED','IN_PROGRESS'))))`

const clauses: CriteriaRow[] = registry.clauses.map((clause) => {
  const document = registry.documents.find((one) => one.code === clause.docCode)
  return {
    id: clause.id, docCode: clause.docCode, docName: document?.shortName ?? clause.docCode, authority: document?.authority ?? 'EMB', regime: clause.regime, industry: clause.industry, clause: clause.clause, summary: clause.summaryZh,
    sector: clause.sector ?? null, requiresTag: clause.requiresTag ?? null, topicOnly: clause.topicOnly ?? false, effectiveFrom: clause.effectiveFrom, effectiveTo: clause.effectiveTo, version: 1,
  }
})

/** The clauses of the criteria: the same for everybody, changed with the release. */
export const criteria: Source<'criteria'> = {
  kind: 'criteria',
  bytesEach: 420,
  rows: async (ctx, pick) => (ctx.actor.has('checklist.read') ? heldOf(pickOf(clauses, pick)) : []),
  count: async (ctx) => (ctx.actor.has('checklist.read') ? clauses.length : 0),
}
