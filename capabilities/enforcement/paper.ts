import { z } from 'zod'
import type { Block } from '../../kernel/core/document.ts'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'
import { Form, Measure, PaperState, PaperType } from './doc-type.ts'
import { Extension, Release, SEAL_KINDS, SealedThing, Sealing } from './measure.ts'
import { Talk } from './talk.ts'

const day = z.iso.date()
const text = (max: number) => z.string().trim().max(max)

/** One hazard on a paper, as the officer who drafts it decides: which basis he confirms, until when, with what result. */
export const ItemChoice = z.strictObject({
  hazardId: z.uuid(),
  /** Notations of the hazard's legal basis that the officer confirmed (安法§36): only these are cited. */
  basis: z.array(text(80)).max(12).default([]),
  dueOn: day.optional(),
  passed: z.boolean().optional(),
  note: text(300).default(''),
  newDueOn: day.optional(),
  /** 同意恢复使用: the stop of this hazard is lifted by the re-inspection (安法§65). */
  stopLifted: z.boolean().optional(),
  photos: z.array(z.uuid()).max(9).default([]),
})
export type ItemChoice = z.infer<typeof ItemChoice>

/** What a person decides about a paper; everything else on it comes from the record. */
export const Choices = z.strictObject({
  officers: z.array(z.uuid()).min(1).max(6),
  items: z.array(ItemChoice).max(60).default([]),
  measures: z.array(Measure).max(3).default([]),
  checked: text(2000).default(''),
  handling: text(1000).default(''),
  scope: text(500).default(''),
  until: text(200).default(''),
  opinion: text(1000).default(''),
  /** When a re-inspection without a visit of its own took place. */
  checkedAt: z.iso.datetime().optional(),
  /** D09, D10, D11, D27: what only these papers say. */
  sealing: Sealing.optional(),
  extension: Extension.optional(),
  release: Release.optional(),
  talk: Talk.optional(),
})
export type Choices = z.infer<typeof Choices>

/** What was fixed on the paper: the record at that moment, hashed at approval. Dates are local, instants ISO. */
export const PaperContent = z.object({
  form: Form,
  agency: z.string(),
  government: z.string(),
  party: z.object({ name: z.string(), creditCode: z.string(), address: z.string(), siteName: z.string(), principal: z.string(), companion: z.string(), companionDuty: z.string() }),
  visit: z.object({ no: z.string(), kind: z.string(), startedAt: z.string(), endedAt: z.string() }).nullable(),
  checkedOn: z.string(),
  officers: z.array(z.object({ id: z.uuid(), name: z.string(), certificateNo: z.string().nullable() })),
  answers: z.object({ asked: z.int(), complies: z.int(), notApplicable: z.int(), found: z.int(), fixed: z.int() }).nullable(),
  items: z.array(z.object({
    hazardId: z.uuid(), no: z.string(), location: z.string(), problem: z.string(), major: z.boolean(), fixed: z.boolean(), requirement: z.string(), basis: z.array(z.string()),
    dueOn: z.string().nullable(), passed: z.boolean().nullable(), note: z.string(), newDueOn: z.string().nullable(), stopLifted: z.boolean(),
    photos: z.array(z.object({ id: z.uuid(), role: z.string(), sha256: z.string() })),
  })),
  refers: z.object({ no: z.string(), title: z.string(), servedOn: z.string() }).nullable(),
  measures: z.array(Measure),
  checked: z.string(), handling: z.string(), scope: z.string(), until: z.string(), opinion: z.string(),
  // Absent from papers that do not say them, so that the hash of what was written before stays.
  sealing: Sealing.optional(),
  /** `from`: the last day before the extension. */
  extension: Extension.extend({ from: z.string(), sealKind: z.enum(SEAL_KINDS) }).optional(),
  release: Release.extend({ things: z.array(SealedThing) }).optional(),
  talk: Talk.optional(),
})
export type PaperContent = z.infer<typeof PaperContent>

export const SERVICE_METHODS = ['DIRECT', 'LEFT', 'MAIL', 'ELECTRONIC', 'NOTICE'] as const
export const SERVICE_ZH: Record<(typeof SERVICE_METHODS)[number], string> = { DIRECT: '直接送达', LEFT: '留置送达', MAIL: '邮寄送达', ELECTRONIC: '电子送达', NOTICE: '公告送达' }
export const Service = z.strictObject({
  method: z.enum(SERVICE_METHODS),
  servedOn: day,
  receiver: text(40).optional(),
  /** Tracking number, address of the electronic service, medium of the notice. */
  reference: text(120).optional(),
  /** 送达方式确认书: signed by the party before anything is served electronically (罚法§61). */
  confirmationId: z.uuid().optional(),
  witness: text(40).optional(),
  note: text(300).optional(),
})
export type Service = z.infer<typeof Service>

export const Signature = z.object({
  part: z.enum(['OFFICER', 'RECIPIENT', 'WITNESS']),
  personId: z.uuid().nullable(),
  name: z.string(),
  duty: z.string(),
  attachmentId: z.uuid().nullable(),
  /** Why the party did not sign; null when it did. */
  refused: z.enum(['REFUSED', 'ABSENT']).nullable(),
  reason: z.string(),
  at: z.string(),
})
export type Signature = z.infer<typeof Signature>

/**
 * 撤销 takes a served paper back, 更正 puts a slip of the pen right. Both keep the number, give a reason, are decided by the leader, and
 * are served like the paper itself; until then the paper stands as it is.
 */
export const RECALL_KINDS = ['REVOKE', 'CORRECT'] as const
export type RecallKind = (typeof RECALL_KINDS)[number]
export const RECALL_KIND_ZH: Record<RecallKind, string> = { REVOKE: '撤销', CORRECT: '更正' }
export const RECALL_STATES = ['ASKED', 'APPROVED', 'REFUSED', 'WITHDRAWN', 'SERVED'] as const
export type RecallState = (typeof RECALL_STATES)[number]
export const RECALL_STATE_ZH: Record<RecallState, string> = { ASKED: '待负责人决定', APPROVED: '已决定，待送达', REFUSED: '未同意', WITHDRAWN: '已撤回', SERVED: '已送达' }

export const Correction = z.strictObject({ wrong: z.string().trim().min(1).max(300), right: z.string().trim().min(1).max(300) })
export type Correction = z.infer<typeof Correction>

export const Recall = z.object({
  id: z.uuid(), kind: z.enum(RECALL_KINDS), state: z.enum(RECALL_STATES), reason: z.string(), corrections: z.array(Correction), askedByName: z.string(), askedAt: z.string(),
  decidedByName: z.string().nullable(), decidedAt: z.string().nullable(), decisionNote: z.string().nullable(), service: Service.nullable(), servedOn: z.string().nullable(),
})
export type Recall = z.infer<typeof Recall>

/** A page as blocks; drawn by the printed view. Checked where it is made. */
export const Page = z.array(z.custom<Block>((value) => typeof value === 'object' && value !== null && 'kind' in value))

export const PaperRow = z.object({
  id: z.uuid(), no: z.string().nullable(), type: PaperType, title: z.string(), state: PaperState, enterpriseId: z.uuid(), enterpriseName: z.string(), siteName: z.string(),
  visitId: z.uuid().nullable(), officers: z.array(z.string()), itemCount: z.int(), draftedAt: z.string(), issuedOn: z.string().nullable(), servedOn: z.string().nullable(), version: z.int(),
})
export type PaperRow = z.infer<typeof PaperRow>

export const PaperDetail = PaperRow.extend({
  siteId: z.uuid(),
  choices: Choices,
  content: PaperContent,
  contentSha256: z.string().nullable(),
  referId: z.uuid().nullable(),
  draftedByName: z.string(),
  approvedByName: z.string().nullable(),
  approvedAt: z.string().nullable(),
  approvalNote: z.string().nullable(),
  issuedByName: z.string().nullable(),
  issuedAt: z.string().nullable(),
  signatures: z.array(Signature),
  service: Service.nullable(),
  voidReason: z.string().nullable(),
  /** 撤销与更正, oldest first; a party sees those that were served. */
  recalls: z.array(Recall),
  /** Days and counts that are worth a look but stop nothing. */
  warnings: z.array(z.string()),
  steps: z.array(z.object({ key: z.string(), label: z.string(), who: z.string(), done: z.boolean(), current: z.boolean(), note: z.string() })),
  page: Page,
  actions: z.array(Action),
})
export type PaperDetail = z.infer<typeof PaperDetail>

const filters = {
  type: PaperType.optional(),
  state: wire.list(PaperState).optional(),
  q: z.string().trim().max(60).optional(),
  enterpriseId: z.uuid().optional(),
  hazardId: z.uuid().optional(),
  visitId: z.uuid().optional(),
  areaCode: wire.area().optional(),
  from: day.optional(),
  to: day.optional(),
  mine: wire.flag().optional(),
}
export const ListFilter = z.strictObject({ ...paging, ...filters })
export type ListFilter = z.infer<typeof ListFilter>
export const EXPORT_COLUMNS = ['title', 'no', 'enterpriseName', 'siteName', 'state', 'itemCount', 'officers', 'issuedOn', 'servedOn', 'draftedAt'] as const
export const ExportFilter = z.strictObject({ ...filters, columns: wire.list(z.enum(EXPORT_COLUMNS)).optional() })
export type ExportFilter = z.infer<typeof ExportFilter>
export const PaperPage = pageOf(PaperRow).extend({ figures: z.object({ pending: z.int(), toIssue: z.int(), toSign: z.int(), toServe: z.int(), served: z.int() }) })

export const NewPaper = Choices.extend({ id: z.uuid(), type: PaperType, visitId: z.uuid().optional(), referId: z.uuid().optional(), siteId: z.uuid().optional() })
export type NewPaper = z.infer<typeof NewPaper>
export const EditPaper = Choices.extend({ id: z.uuid(), baseVersion: z.int() })
export const Based = z.strictObject({ id: z.uuid(), baseVersion: z.int() })
