import { Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { instantOf, localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { useAttachments } from '../../attachment/server/public.ts'
import { setState } from '../../enterprise/server/public.ts'
import { orderHazards, recordReinspection } from '../../hazard/server/public.ts'
import { certifiedOn } from '../../staff/server/public.ts'
import { sendMessages } from '../../todo/server/public.ts'
import type { DocType } from '../doc-type.ts'
import type { OwnNumber } from '../block.ts'
import { isPrefix, paperNumber } from '../number.ts'
import type { Service, Signature } from '../paper.ts'
import { isSignedBy, serveRefusals } from '../rules.ts'
import { takeOwn } from './blocks.ts'
import { finished, hashOf, tell } from './drafting.ts'
import type { Gathered } from './gather.ts'
import { tookEffect } from './measure-effects.ts'
import * as store from './store.ts'

/**
 * Issues: the record is asked again, what was approved must still be what would be written today, then the number is taken as the
 * last step, so that its lock is held for two short statements. `own`: a number reserved for this device, printed where there was no line;
 * then the paper has the date of that moment, and law is asked on it.
 */
export async function issue(ctx: Ctx, row: store.Row, own?: OwnNumber, at: Date = new Date(own?.issuedAt ?? ctx.now)): Promise<void> {
  const today = localDate(at)
  const found = await finished(ctx, row, today)
  if (found.doc.approval && row.state === 'DRAFT' && !isUrgent(row)) throw new Problem('refused', 'enforcement.approval_needed')
  const sha256 = hashOf(found.content)
  if (row.content_sha256 !== null && row.content_sha256 !== sha256) throw new Problem('conflict', 'enforcement.record_changed')
  await store.setHazards(ctx.tx, row.id, found.content.items)
  const no = own ? await takeOwn(ctx, row, own) : found.doc.wordCode === null ? null : await takeNumber(ctx, row, found, Number(today.slice(0, 4)))
  await store.update(ctx.tx, row, {
    state: 'ISSUED', no, content: JSON.stringify(found.content), content_sha256: sha256, issued_by: ctx.actor.id, issued_by_name: ctx.actor.name, issued_at: at, issued_on: today,
  })
  tell(ctx, { ...row, no }, 'issued', 'ISSUED', { issuedOn: today, sha256, hazards: found.content.items.map((item) => item.no), ...(own ? { reserved: own.seq } : {}) }, at)
  await tookEffect(ctx, { ...row, content: found.content }, 'ISSUED', today, no)
}

/** 强法§19: on the spot, approved after the fact. */
export const isUrgent = (row: Pick<store.Row, 'type' | 'choices'>): boolean => row.type === 'D09' && row.choices.sealing?.urgent === true

async function takeNumber(ctx: Ctx, row: store.Row, { agency, doc }: Gathered, year: number): Promise<string> {
  if (!isPrefix(agency.paperPrefix)) throw new Problem('refused', 'enforcement.no_prefix')
  const at = { agencyId: row.agency_id, type: row.type, year }
  const seq = await store.nextNumber(ctx.tx, at)
  await store.keepNumber(ctx.tx, { ...at, seq, paperId: row.id })
  return paperNumber({ prefix: agency.paperPrefix, wordCode: doc.wordCode!, year, seq })
}

export type NewSignature = Omit<Signature, 'at'> & { ordinal: number }

/** Adds signatures with their pictures; with the last one the paper is signed, and a re-inspection takes effect (T11/T12). */
export async function addSignatures(ctx: Ctx, row: store.Row, added: readonly NewSignature[], event: string, data: Record<string, unknown>, at = ctx.now): Promise<void> {
  if (!row.officers.includes(ctx.actor.id)) throw new Problem('refused', 'enforcement.not_officer')
  const pictures = added.flatMap((s) => (s.attachmentId ? [{ attachmentId: s.attachmentId, aggregate: 'paper', aggregateId: row.id, role: 'SIGNATURE' as const }] : []))
  await useAttachments(ctx, pictures, { areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id })
  const before = await store.signaturesOf(ctx.tx, row.id)
  await store.addSignatures(ctx.tx, row.id, added, at)
  const complete = isSignedBy(row.officers, [...before, ...added.map((s) => ({ ...s, at: '' }))])
  await store.update(ctx.tx, row, complete ? { state: 'SIGNED', signed_at: at } : {})
  tell(ctx, row, event, complete ? 'SIGNED' : 'ISSUED', data, at)
  if (complete && row.type === 'D07') await reinspected(ctx, row)
}

/** A signing officer whose certificate was taken back since the paper's date signs nothing. */
export async function mustSignCertified(ctx: Ctx, row: store.Row, doc: DocType): Promise<void> {
  if (!doc.certificates) return
  const certified = await certifiedOn(ctx.tx, [ctx.actor.id], row.issued_on!)
  if (!certified.has(ctx.actor.id)) throw new Problem('refused', 'enforcement.certificate_not_valid', { params: { name: ctx.actor.name, on: row.issued_on! } })
}

async function reinspected(ctx: Ctx, row: store.Row): Promise<void> {
  const chosen = new Map(row.choices.items.map((item) => [item.hazardId, item]))
  await recordReinspection(ctx, {
    paperId: row.id, officers: row.officers,
    results: row.content.items.map((item) => ({
      hazardId: item.hazardId, passed: item.passed === true, note: item.note, ...(item.newDueOn ? { newDueOn: item.newDueOn } : {}), stopLifted: item.stopLifted, photos: chosen.get(item.hazardId)?.photos ?? [],
    })),
  })
}

/** Registers the service, at the moment `at` when it was made without a line; a decision or order served puts its hazards under order (T6). */
export async function serve(ctx: Ctx, row: store.Row, doc: DocType, service: Service, at?: Date): Promise<void> {
  if (!doc.service) throw new Problem('refused', 'enforcement.not_served_kind')
  const recipient = (await store.signaturesOf(ctx.tx, row.id)).find((s) => s.part === 'RECIPIENT')
  const today = localDate(ctx.now)
  refuseAny(serveRefusals(service, { issuedOn: row.issued_on!, today, recipient }))
  if (service.confirmationId) await useAttachments(ctx, [{ attachmentId: service.confirmationId, aggregate: 'paper', aggregateId: row.id, role: 'OTHER' }], { areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id })
  await store.update(ctx.tx, row, { state: 'SERVED', service: JSON.stringify(service), served_on: service.servedOn, served_at: at ?? ctx.now })
  tell(ctx, row, 'served', 'SERVED', { servedOn: service.servedOn, method: service.method }, at)
  sendMessages(ctx, [{
    kind: 'enforcement.served', dedupeKey: `served:${row.id}`, subject: { aggregate: 'paper', id: row.id }, title: `文书已送达：${row.title}`, text: row.no ?? '', link: `/papers/${row.id}`,
    to: { verb: 'hazard.submit', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id },
  }])
  if (doc.hazards === 'CONFIRMED' || doc.hazards === 'STOPPABLE') await ordered(ctx, row, at ?? (service.servedOn === today ? ctx.now : instantOf(service.servedOn, '12:00')))
  await tookEffect(ctx, row, 'SERVED', service.servedOn, row.no)
  if (row.content.measures.includes('STOP_PRODUCTION')) await setState(ctx, row.enterprise_id, 'ORDERED_STOP', `${row.title}${row.no ?? ''}`)
}

/** Hazards that the sister paper has ordered already stay as they are; one that has moved on otherwise is refused by its own rules. */
async function ordered(ctx: Ctx, row: store.Row, servedAt: Date): Promise<void> {
  const due = row.content.items.map((item): [string, string] => [item.hazardId, item.dueOn ?? ''])
  await orderHazards(ctx, { hazardIds: due.map(([id]) => id), paperId: row.id, paperNo: row.no ?? '', officers: row.officers, servedAt: servedAt.toISOString(), leaderApproved: row.leader_approved, dueOn: Object.fromEntries(due) })
}
