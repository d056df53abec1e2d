import { sql } from 'kysely'
import type { Tx } from '../../../kernel/server/db.ts'
import type { Recall, RecallKind, Service } from '../paper.ts'
import './tables.ts'

export interface RecallRow extends Recall {
  askedBy: string
}

/** The recalls of a paper that was found through its reach, oldest first. */
export async function recallsOf(tx: Tx, paperId: string): Promise<RecallRow[]> {
  const { rows } = await sql<RecallRow>`select id, kind, state, reason, corrections, asked_by as "askedBy", asked_by_name as "askedByName", asked_at as "askedAt", decided_by_name as "decidedByName", decided_at as "decidedAt",
    decision_note as "decisionNote", service, served_on as "servedOn" from paper_recall where paper_id = ${paperId} order by asked_at, id`.execute(tx)
  return rows
}

export const openOf = (recalls: readonly RecallRow[]): RecallRow | undefined => recalls.find((r) => r.state === 'ASKED' || r.state === 'APPROVED')

export const ask = (tx: Tx, given: { id: string; paperId: string; kind: RecallKind; reason: string; corrections: Recall['corrections']; by: { id: string; name: string }; now: Date }) =>
  tx.insertInto('paper_recall').values({ id: given.id, paper_id: given.paperId, kind: given.kind, state: 'ASKED', reason: given.reason, corrections: JSON.stringify(given.corrections), asked_by: given.by.id, asked_by_name: given.by.name, asked_at: given.now }).execute()

export const decide = (tx: Tx, id: string, given: { agree: boolean; note: string; by: { id: string; name: string }; now: Date }) =>
  tx.updateTable('paper_recall').set({ state: given.agree ? 'APPROVED' : 'REFUSED', decided_by: given.by.id, decided_by_name: given.by.name, decided_at: given.now, decision_note: given.note }).where('id', '=', id).execute()

export const withdraw = (tx: Tx, id: string) => tx.updateTable('paper_recall').set({ state: 'WITHDRAWN' }).where('id', '=', id).execute()

export const serve = (tx: Tx, id: string, service: Service, now: Date) =>
  tx.updateTable('paper_recall').set({ state: 'SERVED', service: JSON.stringify(service), served_on: service.servedOn, served_at: now }).where('id', '=', id).execute()

/** Other served orders over the same hazards: the one that still stands when this paper is taken back. By hazard. */
export async function sistersOver(tx: Tx, paperId: string): Promise<Map<string, { id: string; no: string }>> {
  const { rows } = await sql<{ hazard_id: string; id: string; no: string }>`
    select distinct on (o.hazard_id) o.hazard_id, p.id, p.no from paper_hazard m join paper_hazard o on o.hazard_id = m.hazard_id and o.paper_id <> m.paper_id
      join paper p on p.id = o.paper_id and p.state = 'SERVED' and p.type in ('D05','D06') and p.no is not null
    where m.paper_id = ${paperId} order by o.hazard_id, p.served_at desc`.execute(tx)
  return new Map(rows.map((r) => [r.hazard_id, { id: r.id, no: r.no }]))
}

export const revokeNumber = (tx: Tx, paperId: string, why: string, now: Date) =>
  tx.updateTable('paper_number').set({ state: 'VOIDED', voided_at: now, voided_why: why }).where('paper_id', '=', paperId).execute()
