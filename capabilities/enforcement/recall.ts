import { z } from 'zod'
import type { Refusal } from '../../kernel/core/problem.ts'
import { zhDate } from '../../kernel/core/time-zh.ts'
import type { PaperType } from './doc-type.ts'
import { Correction, type PaperContent, RECALL_KINDS, type Service } from './paper.ts'

const based = { id: z.uuid(), baseVersion: z.int() }
export const AskRecall = z.strictObject({ ...based, recallId: z.uuid(), kind: z.enum(RECALL_KINDS), reason: z.string().trim().min(2).max(500), corrections: z.array(Correction).max(20).default([]) })
export type AskRecall = z.infer<typeof AskRecall>
export const DecideRecall = z.strictObject({ ...based, agree: z.boolean(), note: z.string().trim().max(300).default('') })

/** Why a served paper of this type cannot be revoked: what it did is undone by a step of its own. */
const ownWay: Partial<Record<PaperType, string>> = { D07: 'enforcement.revoke_reinspection', D09: 'enforcement.revoke_measure', D10: 'enforcement.revoke_measure', D11: 'enforcement.revoke_measure' }

/** Words that make the decision: what is ordered, until when, of which hazard. A correction never touches them. */
export function substanceOf(content: PaperContent): string[] {
  const days = content.items.flatMap((item) => [item.dueOn, item.newDueOn]).flatMap((day) => (day ? [zhDate(day)] : []))
  return [...days, ...content.items.flatMap((item) => [item.no, item.requirement]), content.scope, content.until].filter((text) => text !== '')
}

/** Every refusal of a request, with the field that cures it. `page` is the paper as words. */
export function askRefusals(given: Pick<AskRecall, 'kind' | 'corrections'>, paper: { type: PaperType; content: PaperContent; page: string; open: boolean; above: readonly string[] }): Refusal[] {
  const refusals: Refusal[] = paper.open ? [{ code: 'enforcement.recall_open' }] : []
  if (given.kind === 'REVOKE') {
    const own = ownWay[paper.type]
    if (own) refusals.push({ code: own, field: 'kind' })
    if (paper.above.length > 0) refusals.push({ code: 'enforcement.recall_depended', field: 'kind', params: { titles: paper.above.join('、') } })
    return refusals
  }
  if (given.corrections.length === 0) refusals.push({ code: 'enforcement.correction_needed', field: 'corrections' })
  const substance = substanceOf(paper.content)
  given.corrections.forEach(({ wrong, right }, i) => {
    const field = `corrections.${i}.wrong`
    if (!paper.page.includes(wrong)) refusals.push({ code: 'enforcement.correction_not_there', field, params: { text: wrong } })
    else if (wrong === right) refusals.push({ code: 'enforcement.correction_same', field: `corrections.${i}.right` })
    else if (substance.some((text) => text.includes(wrong) || wrong.includes(text))) refusals.push({ code: 'enforcement.correction_of_substance', field, params: { text: wrong }, clause: '§3.4' })
  })
  return refusals
}

/** Nobody decides on what he asked for, or on a paper he signed. */
export const decideRefusals = (given: { deciderId: string; askedBy: string; officers: readonly string[] }): Refusal[] =>
  given.deciderId === given.askedBy || given.officers.includes(given.deciderId) ? [{ code: 'enforcement.own_recall', clause: '§0.6' }] : []

/** How the decision reaches the party: the proofs of 罚法§61, the party's own signature being on the paper already. */
export function serveRecallRefusals(service: Service, given: { decidedOn: string; today: string }): Refusal[] {
  const refusals: Refusal[] = []
  if (service.servedOn < given.decidedOn) refusals.push({ code: 'enforcement.recall_served_early', field: 'servedOn' })
  if (service.servedOn > given.today) refusals.push({ code: 'enforcement.served_in_future', field: 'servedOn' })
  if (service.method === 'DIRECT' && !service.receiver) refusals.push({ code: 'enforcement.receiver_needed', field: 'receiver' })
  if (service.method === 'LEFT' && !service.witness) refusals.push({ code: 'enforcement.left_needs_witness', field: 'witness' })
  if (service.method === 'MAIL' && !service.reference) refusals.push({ code: 'enforcement.mail_needs_number', field: 'reference' })
  if (service.method === 'ELECTRONIC' && !service.confirmationId) refusals.push({ code: 'enforcement.electronic_needs_confirmation', field: 'confirmationId', clause: '罚法§61' })
  if (service.method === 'NOTICE' && (!service.reference || !service.note)) refusals.push({ code: 'enforcement.notice_needs_reason', field: service.reference ? 'note' : 'reference' })
  return refusals
}
