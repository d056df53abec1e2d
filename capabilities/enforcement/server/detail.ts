import type { Action } from '../../../kernel/core/operation.ts'
import { say } from '../../../kernel/core/problem.ts'
import { daysBetween, localDate } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { pageIn } from '../compose.ts'
import { type PaperAction, paperLifecycle, STATE_ZH } from '../lifecycle.ts'
import type { DocType, PaperState } from '../doc-type.ts'
import type { PaperDetail, Signature } from '../paper.ts'
import { zh } from '../zh.ts'
import { openOf, recallsOf, type RecallRow } from './recall-store.ts'
import * as store from './store.ts'

/** What a detail needs beside its row. */
export interface Seen {
  row: store.Row
  signatures: Signature[]
  doc: DocType
  recalls: RecallRow[]
}

const recallable: ReadonlySet<PaperState> = new Set(['SERVED', 'REVOKED'])

export async function seen(ctx: Ctx, row: store.Row): Promise<Seen> {
  const forms = await store.formsAt(ctx.tx, row.area_code)
  return { row, signatures: await store.signaturesOf(ctx.tx, row.id), doc: forms.find((form) => form.type === row.type)!, recalls: recallable.has(row.state) ? await recallsOf(ctx.tx, row.id) : [] }
}

export const pageFor = ({ row, signatures, doc, recalls }: Seen, address: string) =>
  pageIn(row.signed_words?.composition, row.content, { no: row.no, numbered: row.no !== null || doc.wordCode !== null, issuedOn: row.issued_on, signatures, service: row.service, link: linkOf(address, row.id), voided: row.state === 'VOIDED', recalls: recalls.filter((r) => r.state === 'SERVED') })

/** The console's address of a paper, absolute so that a phone can open it. */
export const linkOf = (address: string, id: string): string => `${address.replace(/\/$/, '')}/#/papers/${id}`

/** A paper as screens see it. The party sees the paper, not how the office came to it. */
export function toDetail(ctx: Ctx, all: Seen, address: string): PaperDetail {
  const { row, signatures, recalls } = all
  const party = store.isParty(ctx.actor)
  return {
    ...store.toRow({ ...row, item_count: row.content.items.length, officer_names: row.content.officers.map((o) => o.name) }),
    siteId: row.site_id, choices: row.choices, content: row.content, contentSha256: row.content_sha256, referId: row.refer_id, draftedByName: party ? '' : row.drafted_by_name, approvedByName: party ? null : row.approved_by_name,
    approvedAt: party ? null : row.approved_at, approvalNote: party ? null : row.approval_note, issuedByName: party ? null : row.issued_by_name, issuedAt: row.issued_at, signatures, service: row.service,
    voidReason: row.void_reason, recalls: recalls.filter((r) => !party || r.state === 'SERVED').map(({ askedBy: _, ...recall }) => (party ? { ...recall, askedByName: '', decisionNote: null } : recall)), warnings: party ? [] : warningsOf(ctx, all), steps: party ? [] : stepsOf(all), page: pageFor(all, address), actions: party ? [] : actionsOf(ctx, all),
  }
}

/** Days that are worth a look: re-inspection beyond ten days (HZ-L5), an order long unserved. */
function warningsOf(ctx: Ctx, { row, doc }: Seen): string[] {
  const today = localDate(ctx.now)
  const warnings: string[] = []
  if (row.signed_words?.checked === false) warnings.push(`现场签名时的文字由另一版本的手机应用生成，未能与检查记录逐字核对；文书已收下，签名文字的校验值已留存（${row.signed_words.sha256.slice(0, 16)}…），请与签名人手中的文本核对`)
  if (row.state === 'SIGNED' && doc.service && row.issued_on && daysBetween(row.issued_on, today) > 7) warnings.push(`签发已 ${daysBetween(row.issued_on, today)} 天，还没有送达`)
  if (row.type === 'D07' && row.state !== 'SERVED' && row.content.checkedOn && daysBetween(row.content.checkedOn, today) > 10) warnings.push('复查已超过十日，请尽快送达复查意见书')
  return warnings
}

const past: Record<PaperState, number> = { DRAFT: 0, RETURNED: 0, PENDING: 1, APPROVED: 2, ISSUED: 3, SIGNED: 4, SERVED: 5, REVOKED: 5, VOIDED: -1 }

/** The way of the paper with who must act: done, here, to come. */
function stepsOf({ row, signatures, doc }: Seen): PaperDetail['steps'] {
  const at = past[row.state]
  const names = row.content.officers.map((o) => o.name).join('、')
  const unsigned = row.content.officers.filter((o) => !signatures.some((s) => s.part === 'OFFICER' && s.personId === o.id)).map((o) => o.name)
  const recipient = signatures.find((s) => s.part === 'RECIPIENT')
  const signNote = at === 3 ? [unsigned.length ? `待${unsigned.join('、')}签名` : '', recipient ? '' : '待当事人签名'].filter(Boolean).join('，') : ''
  const all = [
    { key: 'draft', no: 0, label: '起草', who: row.drafted_by_name, note: row.state === 'RETURNED' ? `退回：${row.approval_note ?? ''}` : '' },
    ...(doc.approval ? [{ key: 'approve', no: 1, label: '审批', who: row.approved_by_name ?? (doc.approver === 'HEAD' ? '行政机关负责人' : '科长、分管负责人'), note: at > 1 ? (row.approval_note ?? '') : '' }] : []),
    { key: 'issue', no: 2, label: doc.wordCode ? '签发编号' : '签发', who: row.issued_by_name ?? '执法人员', note: row.no ?? '' },
    { key: 'sign', no: 3, label: '签名', who: `${names}；当事人`, note: signNote },
    ...(doc.service ? [{ key: 'serve', no: 4, label: '送达', who: names, note: row.served_on ? zhDate(row.served_on) : '' }] : []),
  ]
  const current = all.find((step) => step.no >= at)?.key
  return all.map(({ key, no, label, who, note }) => ({ key, label, who, note, done: at > no, current: row.state !== 'VOIDED' && key === current }))
}

const wanted: readonly PaperAction[] = ['edit', 'submit', 'approve', 'return', 'withdraw', 'issue', 'sign', 'receive', 'refuseToSign', 'serve', 'cancel', 'void', 'decideRecall', 'serveRecall', 'askRecall', 'withdrawRecall']

/** Steps of a recall that is under way; without one there is nothing to show. */
const inRecall: ReadonlySet<PaperAction> = new Set(['decideRecall', 'withdrawRecall', 'serveRecall'])

/** What this person may do now. An action the state does not know is left out; one that is not for him says why. */
export function actionsOf(ctx: Ctx, all: Seen): Action[] {
  return wanted.flatMap((action): Action[] => {
    const move = paperLifecycle[all.row.state][action]
    if (!move || !ctx.actor.has(move.verb) || (inRecall.has(action) && !openOf(all.recalls))) return []
    const why = whyNot(ctx, action, all).map((code) => say(zh.problems, code))
    return [{ action, label: move.label, allowed: why.length === 0, ...(why.length ? { why } : {}) }]
  })
}

function whyNot(ctx: Ctx, action: PaperAction, { row, signatures, doc, recalls }: Seen): string[] {
  const me = ctx.actor.id
  switch (action) {
    case 'submit':
      return doc.approval ? [] : ['enforcement.no_approval_kept']
    case 'issue':
      return doc.approval && row.state === 'DRAFT' && !(row.type === 'D09' && row.choices.sealing?.urgent) ? ['enforcement.approval_needed'] : []
    case 'approve':
      if (doc.approver === 'HEAD' && !ctx.actor.has('enforcement.seal')) return ['enforcement.head_needed']
      return row.drafted_by === me || row.officers.includes(me) ? ['enforcement.own_paper'] : []
    case 'return':
      return row.drafted_by === me || row.officers.includes(me) ? ['enforcement.own_paper'] : []
    case 'sign':
      if (!row.officers.includes(me)) return ['enforcement.not_officer']
      return signatures.some((s) => s.personId === me) ? ['enforcement.signed_already'] : []
    case 'receive':
    case 'refuseToSign':
      if (!row.officers.includes(me)) return ['enforcement.not_officer']
      return signatures.some((s) => s.part === 'RECIPIENT') ? ['enforcement.received_already'] : []
    case 'askRecall':
      return openOf(recalls) ? ['enforcement.recall_open'] : []
    case 'decideRecall':
      if (openOf(recalls)?.state !== 'ASKED') return ['enforcement.recall_not_asked']
      return openOf(recalls)?.askedBy === me || row.officers.includes(me) ? ['enforcement.own_recall'] : []
    case 'withdrawRecall':
      return openOf(recalls)?.state === 'ASKED' ? (openOf(recalls)?.askedBy === me ? [] : ['enforcement.recall_not_yours']) : ['enforcement.recall_not_asked']
    case 'serveRecall':
      if (openOf(recalls)?.state !== 'APPROVED') return ['enforcement.recall_not_approved']
      return row.officers.includes(me) ? [] : ['enforcement.not_officer']
    case 'serve':
      return doc.service ? [] : ['enforcement.not_served_kind']
    default:
      return []
  }
}

/** The Chinese word of a state, for events and refusals. */
export const stateZh = (state: PaperState): string => STATE_ZH[state]
