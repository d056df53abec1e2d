import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { inReach, rangeOf } from '../../../kernel/core/access.ts'
import { type Capability, serve as mount } from '../../../kernel/server/capability.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import { operations } from '../operations.ts'
import type { PaperDetail } from '../paper.ts'
import { approveRefusals, formRefusals } from '../rules.ts'
import { zh } from '../zh.ts'
import { blockHandlers, expiryJob } from './blocks.ts'
import { pageFor, type Seen, seen, toDetail } from './detail.ts'
import { drawn, examined, finished, groundOf, hashOf, insertDraft, mustBeCertified, mustFind, tell } from './drafting.ts'
import { wordFile } from './files.ts'
import { addSignatures, issue, mustSignCertified, serve } from './issuing.ts'
import { undo } from './measure-effects.ts'
import { measureHandlers, sealJobs } from './measures.ts'
import { issueOnSpot, kitFor } from './on-spot.ts'
import { prepare } from './prepare.ts'
import { recalling } from './recalls.ts'
import * as store from './store.ts'
import { exportPapers } from './sheet.ts'
import { settle } from './waiting.ts'
import './tables.ts'

/** 行政机关负责人: approves what the law leaves to him alone (强法§18, §25). */
const HEAD = 'enforcement.seal'
/** A leader may approve terms beyond 90 days: the same right that extends a major hazard. */
const LEADER = 'hazard.approve_extension_major'

export function enforcement(given: { files: FileStore; address: string }): Capability {
  const look = async (ctx: Ctx, id: string): Promise<Seen> => {
    const row = await store.find(ctx.tx, ctx.actor, id)
    if (!row) throw missing()
    return seen(ctx, row)
  }
  /** The paper as it is after a command, with its todos set right. */
  const after = async (ctx: Ctx, id: string, how: string): Promise<PaperDetail> => {
    const all = await look(ctx, id)
    settle(ctx, all, how)
    return toDetail(ctx, all, given.address)
  }
  const handlers: Handlers<typeof operations> = {
    ...reading(given, look),
    ...drafting(after),
    ...deciding(after),
    ...finishing(after),
    ...recalling(after, given.address),
    ...blockHandlers,
    ...measureHandlers,
  }
  return mount({ name: 'enforcement', operations, handlers, zh, jobs: [expiryJob, ...sealJobs] })
}

type All = Handlers<typeof operations>
type After = (ctx: Ctx, id: string, how: string) => Promise<PaperDetail>

function reading(given: { files: FileStore; address: string }, look: (ctx: Ctx, id: string) => Promise<Seen>): Pick<All, 'list' | 'export' | 'get' | 'prepare' | 'kit' | 'download' | 'print' | 'forms' | 'setForm'> {
  const forms = async (ctx: Ctx, areaCode: string) => ({ rows: await store.formsAt(ctx.tx, areaCode) })
  const export_ = (ctx: Ctx, { row }: Seen, as: string) => ctx.audit({ kind: 'EXPORT', subject: `enforcement.${as}`, subjectId: row.id, result: 'ok', data: { no: row.no, title: row.title } })
  return {
    list: async (ctx, input) => {
      const { rows, totals: { total, ...figures }, next } = await store.list(ctx.tx, ctx.actor, input)
      return { rows, total, figures, ...(next ? { next } : {}) }
    },
    export: exportPapers,
    get: async (ctx, input) => toDetail(ctx, await look(ctx, input.id), given.address),
    prepare,
    kit: kitFor,
    download: async (ctx, input) => {
      const all = await look(ctx, input.id)
      export_(ctx, all, 'download')
      return wordFile(ctx, all, given)
    },
    print: async (ctx, input) => {
      const all = await look(ctx, input.id)
      export_(ctx, all, 'print')
      return { title: all.row.title, no: all.row.no, sha256: all.row.content_sha256, page: pageFor(all, given.address) }
    },
    forms: (ctx, input) => forms(ctx, input.areaCode ?? homeOf(ctx)),
    setForm: async (ctx, input) => {
      if (!inReach(ctx.actor.reach, { areaCode: rangeOf(input.areaCode)[0] })) throw missing()
      const form = (await store.formsAt(ctx.tx, input.areaCode)).find((f) => f.type === input.type)
      if (!form) throw missing()
      refuseAny(formRefusals(form, input))
      const version = await store.setForm(ctx.tx, form, input)
      ctx.audit({ kind: 'ADMIN', subject: `enforcement.form.${input.type}`, result: 'ok', data: { areaCode: input.areaCode, wordCode: input.wordCode, version } })
      return forms(ctx, input.areaCode)
    },
  }
}

const homeOf = (ctx: Ctx): string => (ctx.actor.reach.areas[0]?.[0] ?? '000000000000').slice(0, 12)

function drafting(after: After): Pick<All, 'draft' | 'edit' | 'submit' | 'withdraw' | 'cancel'> {
  return {
    draft: async (ctx, input) => {
      await insertDraft(ctx, input)
      return after(ctx, input.id, '已起草')
    },
    edit: async (ctx, { id, baseVersion, ...choices }) => {
      const row = await mustFind(ctx, { id, baseVersion }, 'edit')
      const found = await examined(ctx, { ...groundOf(row), choices })
      await store.setHazards(ctx.tx, id, found.content.items)
      await store.update(ctx.tx, row, { state: 'DRAFT', ...drawn(found) })
      tell(ctx, row, 'edited', 'DRAFT')
      return after(ctx, id, '已修改')
    },
    submit: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'submit')
      const found = await finished(ctx, row)
      if (!found.doc.approval) throw new Problem('refused', 'enforcement.no_approval_kept')
      await mustBeCertified(ctx, found.doc.certificates)
      await store.setHazards(ctx.tx, row.id, found.content.items)
      await store.update(ctx.tx, row, { state: 'PENDING', submitted_at: ctx.now, ...drawn(found) })
      tell(ctx, row, 'submitted', 'PENDING')
      return after(ctx, row.id, '已报批')
    },
    withdraw: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'withdraw')
      await store.update(ctx.tx, row, { state: 'DRAFT', content_sha256: null, approved_by: null, approved_by_name: null, approved_at: null, leader_approved: false })
      tell(ctx, row, 'withdrawn', 'DRAFT')
      return after(ctx, row.id, '已撤回')
    },
    cancel: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'cancel')
      await undo(ctx, row)
      await store.update(ctx.tx, row, { state: 'VOIDED', voided_at: ctx.now, void_reason: input.reason })
      tell(ctx, row, 'voided', 'VOIDED', { reason: input.reason })
      return after(ctx, row.id, '已撤销')
    },
  }
}

function deciding(after: After): Pick<All, 'approve' | 'return' | 'void'> {
  return {
    approve: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'approve')
      const leader = ctx.actor.has(LEADER)
      const found = await finished(ctx, row)
      refuseAny(approveRefusals({ approverId: ctx.actor.id, draftedBy: row.drafted_by, officers: row.officers, leader, items: found.items, on: localDate(ctx.now), head: found.doc.approver !== 'HEAD' || ctx.actor.has(HEAD) }))
      // What the approver read is what is fixed: a record that moved since the submission goes back first.
      const sha256 = hashOf(row.content)
      if (sha256 !== hashOf(found.content)) throw new Problem('conflict', 'enforcement.record_changed')
      await store.update(ctx.tx, row, { state: 'APPROVED', content_sha256: sha256, approved_by: ctx.actor.id, approved_by_name: ctx.actor.name, approved_at: ctx.now, approval_note: input.note, leader_approved: leader })
      tell(ctx, row, 'approved', 'APPROVED', { sha256, note: input.note })
      return after(ctx, row.id, '已批准')
    },
    return: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'return')
      if (row.drafted_by === ctx.actor.id || row.officers.includes(ctx.actor.id)) throw new Problem('refused', 'enforcement.own_paper')
      await store.update(ctx.tx, row, { state: 'RETURNED', approval_note: input.note })
      tell(ctx, row, 'returned', 'RETURNED', { reason: input.note })
      return after(ctx, row.id, '已退回')
    },
    void: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'void')
      const above = await store.standingOn(ctx.tx, row)
      if (above.length) throw new Problem('refused', 'enforcement.depended_on', { params: { titles: above.map((p) => `${p.title}${p.no ?? ''}`).join('、') } })
      await store.update(ctx.tx, row, { state: 'VOIDED', voided_at: ctx.now, void_reason: input.reason })
      await store.voidNumber(ctx.tx, row.id)
      await undo(ctx, row)
      tell(ctx, row, 'voided', 'VOIDED', { reason: input.reason })
      return after(ctx, row.id, '已作废')
    },
  }
}

function finishing(after: After): Pick<All, 'issue' | 'onSpot' | 'sign' | 'receive' | 'refuseToSign' | 'serve'> {
  return {
    issue: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'issue')
      const { doc } = await seen(ctx, row)
      await mustBeCertified(ctx, doc.certificates)
      await issue(ctx, row, input.number)
      return after(ctx, row.id, '已签发')
    },
    onSpot: async (ctx, input) => {
      await issueOnSpot(ctx, input)
      return after(ctx, input.id, '已现场出具')
    },
    sign: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'sign')
      const { doc, signatures } = await seen(ctx, row)
      await mustSignCertified(ctx, row, doc)
      if (signatures.some((s) => s.personId === ctx.actor.id)) throw new Problem('refused', 'enforcement.signed_already')
      await addSignatures(ctx, row, [{ part: 'OFFICER', ordinal: row.officers.indexOf(ctx.actor.id) + 1, personId: ctx.actor.id, name: ctx.actor.name, duty: '', attachmentId: input.attachmentId, refused: null, reason: '' }], 'signed', {})
      return after(ctx, row.id, '已签名')
    },
    receive: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'receive')
      await mustBeOpenForParty(ctx, row)
      await addSignatures(ctx, row, [{ part: 'RECIPIENT', ordinal: 1, personId: null, name: input.signer, duty: input.duty, attachmentId: input.attachmentId, refused: null, reason: '' }], 'received', { signer: input.signer })
      return after(ctx, row.id, '当事人已签名')
    },
    refuseToSign: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'refuseToSign')
      await mustBeOpenForParty(ctx, row)
      const empty = { ordinal: 1, personId: null, refused: null, reason: '' } as const
      await addSignatures(ctx, row, [
        { ...empty, part: 'RECIPIENT', name: '', duty: '', attachmentId: null, refused: input.why, reason: input.reason },
        { ...empty, part: 'WITNESS', name: input.witness, duty: input.witnessDuty, attachmentId: input.witnessSignatureId ?? null },
      ], 'refused_to_sign', { reason: input.reason, witness: input.witness })
      return after(ctx, row.id, '已记录未签名')
    },
    serve: async (ctx, { id, baseVersion, ...service }) => {
      const row = await mustFind(ctx, { id, baseVersion }, 'serve')
      const { doc } = await seen(ctx, row)
      await serve(ctx, row, doc, service)
      return after(ctx, id, '已送达')
    },
  }
}

async function mustBeOpenForParty(ctx: Ctx, row: store.Row): Promise<void> {
  if ((await store.signaturesOf(ctx.tx, row.id)).some((s) => s.part === 'RECIPIENT')) throw new Problem('refused', 'enforcement.received_already')
}
