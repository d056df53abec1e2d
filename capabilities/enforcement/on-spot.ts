import { z } from 'zod'
import type { Refusal } from '../../kernel/core/problem.ts'
import { type Instant, toMs } from '../../kernel/core/time.ts'
import { DRIFT, OwnNumber } from './block.ts'
import type { DocType, PaperState } from './doc-type.ts'
import { NewPaper } from './paper.ts'

const text = (max: number) => z.string().trim().max(max)

/**
 * 现场出具: a paper issued, signed by both officers and by the party (or its refusal with a witness) and handed over, as one act and one
 * command. `draft` where its type needs no approval; without it the approved paper `id` is issued. Everything happened at `issuedAt`.
 */
export const OnSpot = z.strictObject({
  id: z.uuid(),
  baseVersion: z.int().optional(),
  draft: NewPaper.omit({ id: true }).optional(),
  number: OwnNumber.omit({ issuedAt: true }).optional(),
  issuedAt: z.iso.datetime({ offset: true }),
  /** Hash of the words that stood on the page when it was signed (compose.ts). */
  words: z.string().regex(/^[0-9a-f]{64}$/),
  /** Which composition made them; phones that do not say it used the first. */
  composition: z.int().min(1).max(9999).default(1),
  /** Handwriting of each officer, taken on the screen of the one who sends it. */
  marks: z.array(z.strictObject({ personId: z.uuid(), attachmentId: z.uuid() })).min(1).max(6),
  party: z.discriminatedUnion('signed', [
    z.strictObject({ signed: z.literal(true), signer: text(40).min(1), duty: text(40).default(''), attachmentId: z.uuid() }),
    z.strictObject({ signed: z.literal(false), why: z.enum(['REFUSED', 'ABSENT']), reason: text(300).min(2), witness: text(40).min(1), witnessDuty: text(60).default(''), witnessSignatureId: z.uuid().optional() }),
  ]),
})
export type OnSpot = z.infer<typeof OnSpot>

/** Why a paper of this type cannot be issued on the spot as it stands: approval is never replaced by a signature in the field. */
export function spotRefusals(doc: Pick<DocType, 'approval' | 'wordCode' | 'hazards'>, given: { state: PaperState; numbered: boolean; officers: readonly string[]; signed: readonly string[]; actorId: string; issuedAt: Instant; now: Instant }): Refusal[] {
  const refusals: Refusal[] = []
  if (doc.approval && given.state !== 'APPROVED') refusals.push({ code: 'enforcement.approval_needed', clause: '§3.4' })
  if (doc.wordCode !== null && !given.numbered) refusals.push({ code: 'enforcement.number_needed', field: 'number' })
  if (doc.wordCode === null && given.numbered) refusals.push({ code: 'enforcement.type_without_number', field: 'number' })
  if (!given.officers.includes(given.actorId)) refusals.push({ code: 'enforcement.not_officer' })
  const all = given.officers.every((id) => given.signed.includes(id)) && given.signed.every((id) => given.officers.includes(id)) && new Set(given.signed).size === given.signed.length
  if (!all) refusals.push({ code: 'enforcement.marks_incomplete', field: 'marks', clause: '罚法§42；安法§68' })
  if (toMs(given.issuedAt) > toMs(given.now) + DRIFT) refusals.push({ code: 'enforcement.issued_in_future', field: 'issuedAt' })
  return refusals
}
