import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { sendMessages } from '../../todo/server/public.ts'
import { agenciesWithin } from '../../staff/server/public.ts'
import { isKnownComposition, wordsOf } from '../compose.ts'
import { type Kit, SPOT_NUMBERED } from '../kit.ts'
import { type OnSpot, spotRefusals } from '../on-spot.ts'
import type { Service } from '../paper.ts'
import { seen } from './detail.ts'
import { insertDraft, mustBeCertified, mustFind } from './drafting.ts'
import { addSignatures, issue, type NewSignature, serve } from './issuing.ts'
import * as store from './store.ts'

const SPARE = { key: 'enforcement.spare_numbers', value: 5 } as const

/** Forms, agencies and how many numbers to keep: three statements. */
export async function kitFor(ctx: Ctx): Promise<Kit> {
  const { areas } = ctx.actor.reach
  if (areas.length === 0) return { agencies: [], forms: [], spare: [] }
  const forms = await store.formsWithin(ctx.tx, areas)
  const count = await store.settingNumber(ctx.tx, SPARE.key, SPARE.value)
  return { agencies: await agenciesWithin(ctx.tx, areas), forms, spare: SPOT_NUMBERED.filter((type) => forms.some((form) => form.type === type && form.wordCode !== null)).map((type) => ({ type, count })) }
}

/**
 * Issues on the spot: draft (where no approval is asked), number, words, both officers, the party, service; all or nothing. Law is
 * asked on the day it happened, and what would be written now must be what was signed then.
 */
export async function issueOnSpot(ctx: Ctx, input: OnSpot): Promise<void> {
  const at = new Date(input.issuedAt)
  const day = localDate(at)
  if (input.draft) await insertDraft(ctx, { id: input.id, ...input.draft }, day)
  const row = input.draft ? await again(ctx, input.id) : await mustFind(ctx, { id: input.id, baseVersion: input.baseVersion ?? -1 }, 'issue')
  const { doc } = await seen(ctx, row)
  refuseAny(spotRefusals(doc, { state: row.state, numbered: input.number !== undefined, officers: row.officers, signed: input.marks.map((mark) => mark.personId), actorId: ctx.actor.id, issuedAt: input.issuedAt, now: ctx.now }))
  await mustBeCertified(ctx, doc.certificates, day)
  await issue(ctx, row, input.number && { ...input.number, issuedAt: input.issuedAt }, at)
  const issued = await again(ctx, row.id)
  // What another release composed cannot be composed again: everything else was asked, its hash is kept, and the paper says so.
  const checked = isKnownComposition(input.composition)
  if (checked && wordsOf(issued.content, day, input.composition) !== input.words) throw new Problem('conflict', 'enforcement.words_differ')
  const words = { sha256: input.words, composition: input.composition, checked }
  await store.keepWords(ctx.tx, row.id, words)
  await addSignatures(ctx, issued, officersOf(issued, input, ctx), 'signed', { names: issued.content.officers.map((one) => one.name), on: ctx.actor.name, words }, at)
  await addSignatures(ctx, await again(ctx, row.id), partyOf(input), input.party.signed ? 'received' : 'refused_to_sign', input.party.signed ? { signer: input.party.signer } : { reason: input.party.reason, witness: input.party.witness }, at)
  if (doc.service) await serve(ctx, await again(ctx, row.id), doc, serviceOf(input, day), at)
  tellColleagues(ctx, issued)
}

async function again(ctx: Ctx, id: string): Promise<store.Row> {
  const row = await store.find(ctx.tx, ctx.actor, id, true)
  if (!row) throw missing()
  return row
}

const officersOf = (row: store.Row, { marks }: OnSpot, ctx: Ctx): NewSignature[] =>
  marks.map(({ personId, attachmentId }) => ({
    part: 'OFFICER', ordinal: row.officers.indexOf(personId) + 1, personId, name: row.content.officers.find((one) => one.id === personId)?.name ?? ctx.actor.name, duty: '', attachmentId, refused: null, reason: '',
  }))

function partyOf({ party }: OnSpot): NewSignature[] {
  const empty = { ordinal: 1, personId: null, refused: null, reason: '' } as const
  if (party.signed) return [{ ...empty, part: 'RECIPIENT', name: party.signer, duty: party.duty, attachmentId: party.attachmentId }]
  return [
    { ...empty, part: 'RECIPIENT', name: '', duty: '', attachmentId: null, refused: party.why, reason: party.reason },
    { ...empty, part: 'WITNESS', name: party.witness, duty: party.witnessDuty, attachmentId: party.witnessSignatureId ?? null },
  ]
}

/** Signed and taken is 直接送达; left with a witness who saw the refusal is 留置送达 (罚法§61). */
const serviceOf = ({ party }: OnSpot, servedOn: string): Service => (party.signed ? { method: 'DIRECT', servedOn, receiver: party.signer } : { method: 'LEFT', servedOn, witness: party.witness })

/** Whose handwriting was taken on a colleague's screen reads that it was, and may say that it is not his. */
const tellColleagues = (ctx: Ctx, row: store.Row): void =>
  sendMessages(ctx, row.officers.some((id) => id !== ctx.actor.id) ? [{
    kind: 'enforcement.signed_on_spot', dedupeKey: `spot:${row.id}`, subject: { aggregate: 'paper', id: row.id }, title: `您在现场签了《${row.title}》${row.no ?? ''}`, text: `${row.enterprise_name}。您的签名由${ctx.actor.name}的手机当面采集；如不是您本人所签，请立即告知负责人。`,
    link: `/papers/${row.id}`, to: { people: row.officers.filter((id) => id !== ctx.actor.id) },
  }] : [])
