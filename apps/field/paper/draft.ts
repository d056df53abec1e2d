import type { DocType, PaperType } from '../../../capabilities/enforcement/doc-type.ts'
import type { Choices, PaperContent } from '../../../capabilities/enforcement/paper.ts'
import { COMPOSITION, wordsOf } from '../../../capabilities/enforcement/compose.ts'
import { completeRefusals, officerRefusals } from '../../../capabilities/enforcement/rules.ts'
import { zh } from '../../../capabilities/enforcement/zh.ts'
import { type Refusal, say } from '../../../kernel/core/problem.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import type { CommandInput } from '../data/commands.ts'
import { basesOf, listable, type VisitHere } from './from-visit.ts'
import type { Drawn } from './numbers.ts'

/** A paper in work on the phone, kept with every keystroke. */
export interface PaperDraft {
  readonly id: string
  readonly type: PaperType
  readonly title: string
  readonly siteName: string
  /** Where it is written from; an approved paper has its content already. */
  readonly visitId?: string
  /** The approved paper this issues, as it was held. */
  readonly approved?: { readonly version: number; readonly content: PaperContent }
  readonly choices: Choices
  readonly step: 'write' | 'sign'
  /** When it was put before the parties: the paper's day. */
  readonly issuedAt?: string
  readonly number?: Drawn
  /** Hash of the words that stood there when the first of them signed: other words ask for other signatures. */
  readonly signedWords?: string
  readonly signs: Readonly<Record<string, string>>
  readonly party: PartyTyped
}
export interface PartyTyped {
  readonly signed: boolean
  readonly signer: string
  readonly duty: string
  readonly mark?: string
  readonly why: 'REFUSED' | 'ABSENT'
  readonly reason: string
  readonly witness: string
  readonly witnessDuty: string
  readonly witnessMark?: string
}
const nobody: PartyTyped = { signed: true, signer: '', duty: '', why: 'REFUSED', reason: '', witness: '', witnessDuty: '' }
const noChoices = { measures: [], checked: '', handling: '', scope: '', until: '', opinion: '' }

/** A new paper from a visit: everything it lists by its type, days and sides filled in; bases are for the officer to confirm. */
export function draftFrom(id: string, type: PaperType, title: string, visit: VisitHere, now: string): PaperDraft {
  const items = listable(type, visit.findings).map((finding) => ({ hazardId: finding.id, basis: [], note: '', photos: [], ...(type === 'D06' ? { dueOn: addDays(localDate(now), finding.days) } : {}) }))
  const refused = visit.record.signature?.state === 'REFUSED'
  return {
    id, type, title, siteName: visit.site.name, visitId: visit.record.id, choices: { ...noChoices, officers: visit.officers.map((officer) => officer.id), items, ...(type === 'D04' ? opening(visit) : {}) }, step: 'write', signs: {},
    party: { ...nobody, signed: !refused, signer: visit.record.companion?.name ?? '', duty: visit.record.companion?.duty ?? '', reason: visit.record.signature?.refusalReason ?? '', witness: visit.record.signature?.witnessName ?? '', witnessDuty: visit.record.signature?.witnessIdentity ?? '' },
  }
}

/** First words of a record, to be put right by hand. */
function opening({ findings, record }: VisitHere): Pick<Choices, 'checked' | 'handling'> {
  const open = findings.filter((finding) => !finding.fixed).length
  const fixed = findings.length - open
  const handling = findings.length === 0 ? '未发现问题。' : `${fixed > 0 ? `当场改正${fixed}项` : ''}${fixed > 0 && open > 0 ? '，其余' : ''}${open > 0 ? `${open}项责令限期整改` : ''}。`
  return { checked: record.purpose ?? '', handling }
}

export const draftOfApproved = (id: string, type: PaperType, title: string, siteName: string, approved: NonNullable<PaperDraft['approved']>): PaperDraft => ({
  id, type, title, siteName, approved, choices: { ...noChoices, officers: approved.content.officers.map((officer) => officer.id), items: [] }, step: 'sign', signs: {}, party: { ...nobody, signer: approved.content.party.companion, duty: approved.content.party.companionDuty },
})

/** Everything the server would refuse in what was written, in its own words: the same rules. */
export function gapsOfWriting(draft: PaperDraft, doc: DocType, visit: VisitHere, now: string): string[] {
  const day = localDate(now)
  const officers = draft.choices.officers.map((id) => ({ id, name: '', certificateNo: null, ...visit.officers.find((officer) => officer.id === id), inVisit: visit.officers.some((officer) => officer.id === id) }))
  const items = draft.choices.items.flatMap((choice, i) => {
    const finding = visit.findings.find((one) => one.id === choice.hazardId)
    const known = finding ? basesOf(finding).filter((basis) => choice.basis.includes(basis.text)).length : 0
    const nothing = { sameEnterprise: true, immediateStop: false, state: 'CONFIRMED', passed: null, newDueOn: null, note: '', inReferred: false, stopInForce: false, stopLifted: false, reinspectors: [], lastReinspectors: [], orderedTo: null }
    return finding ? [{ ...nothing, no: `第${i + 1}条`, level: finding.level, basis: { known, unknown: [], unnamed: [] }, dueOn: choice.dueOn ?? null }] : []
  })
  const empty = doc.hazards !== 'ANY' && items.length === 0 ? [{ code: 'enforcement.items_needed' }] : []
  const refusals: Refusal[] = [...officerRefusals(doc, officers, day), ...completeRefusals(doc, items, draft.choices, day), ...empty]
  const blank = draft.type === 'D04' && draft.choices.checked.trim() === '' ? ['请写检查内容'] : []
  return [...new Set([...blank, ...refusals.map((refusal) => say(zh.problems, refusal.code, refusal.params))])]
}

/** What is missing among the signatures. */
export function gapsOfSigning(draft: PaperDraft, names: ReadonlyMap<string, string>): string[] {
  const { party } = draft
  const officers = draft.choices.officers.filter((id) => !draft.signs[id]).map((id) => `${names.get(id) ?? '执法人员'}还没有签名`)
  const signed = [...(party.mark ? [] : ['请当事人签名']), ...(party.signer.trim() ? [] : ['请填写签名人姓名'])]
  const unsigned = [...(party.reason.trim().length < 2 ? ['请写明拒签或不在场的情况'] : []), ...(party.witness.trim() ? [] : ['请填写见证人'])]
  return [...officers, ...(party.signed ? signed : unsigned)]
}

/** Nobody has signed these words. */
export const unsigned = ({ signedWords: _, ...draft }: PaperDraft): PaperDraft => {
  const { mark: _m, witnessMark: _w, ...party } = draft.party
  return { ...draft, signs: {}, party }
}

export const marksOf = (draft: PaperDraft): string[] => [...Object.values(draft.signs), ...[draft.party.signed ? draft.party.mark : draft.party.witnessMark].flatMap((id) => id ?? [])]

/** The one command of a paper issued on the spot. */
export function toOnSpot(draft: PaperDraft, content: PaperContent): CommandInput<'enforcement.onSpot'> {
  const issuedAt = draft.issuedAt ?? ''
  const { party } = draft
  return {
    id: draft.id, ...(draft.approved ? { baseVersion: draft.approved.version } : { draft: { type: draft.type, ...(draft.visitId ? { visitId: draft.visitId } : {}), ...draft.choices } }), ...(draft.number ? { number: { blockId: draft.number.blockId, seq: draft.number.seq } } : {}),
    issuedAt, words: wordsOf(content, localDate(issuedAt)), composition: COMPOSITION, marks: draft.choices.officers.flatMap((personId) => (draft.signs[personId] ? [{ personId, attachmentId: draft.signs[personId] }] : [])),
    party: party.signed
      ? { signed: true, signer: party.signer.trim(), duty: party.duty.trim(), attachmentId: party.mark ?? '' }
      : { signed: false, why: party.why, reason: party.reason.trim(), witness: party.witness.trim(), witnessDuty: party.witnessDuty.trim(), ...(party.witnessMark ? { witnessSignatureId: party.witnessMark } : {}) },
  }
}
