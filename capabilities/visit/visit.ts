import { z } from 'zod'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'
import { NOT_APPLICABLE_REASONS } from '../checklist/answers.ts'
import { Opinion } from '../hazard/hazard.ts'
import { CLUE_KINDS, OUTCOMES, PARTS, SCAN_MOMENTS, SIGNATURE_STATES, STORED_ANSWERS, TASK_SOURCES, VISIT_KINDS, VISIT_STATES } from './kinds.ts'

/** What the wire carries about visits. Times are ISO instants with zone, dates `YYYY-MM-DD` of Asia/Shanghai, coordinates WGS84 degrees. */

export const Kind = z.enum(VISIT_KINDS)
export const State = z.enum(VISIT_STATES)
const date = z.iso.date()
const instant = z.iso.datetime({ offset: true })
const text = (max: number) => z.string().trim().min(1).max(max)
const photos = z.array(z.uuid()).max(9).default([])

/** One who takes part. Companions and outside experts may have no account: then `name` and `organisation` stand for them. */
export const Participant = z.strictObject({
  personId: z.uuid().optional(),
  name: text(40).optional(),
  organisation: text(80).optional(),
  part: z.enum(PARTS),
  /** 罚法§43: has declared to have no interest in the party inspected. */
  conflictDeclared: z.boolean().default(false),
  /** What the interest is, when there is one: such a person must step back. */
  conflict: text(200).optional(),
})
export type Participant = z.infer<typeof Participant>

/** Why the visit takes place: asked of every kind in the measure of its row in kinds.ts. */
const Grounds = {
  purpose: z.string().trim().max(500).default(''),
  taskSource: z.enum(TASK_SOURCES).optional(),
  clueKind: z.enum(CLUE_KINDS).optional(),
  clueNo: text(60).optional(),
  planReference: text(120).optional(),
  jointDepartments: z.array(text(40)).max(10).default([]),
  /** The same for every site of one joint check, so that it counts once. */
  jointId: z.uuid().optional(),
  campaignId: z.uuid().optional(),
  teamId: z.uuid().optional(),
  withinVisitId: z.uuid().optional(),
  convertedFromId: z.uuid().optional(),
  needsCooperation: z.boolean().default(true),
  capOverrideReason: text(300).optional(),
}

const Arranged = { kind: Kind, plannedOn: date, people: z.array(Participant).max(30), versionIds: z.array(z.uuid()).max(6).default([]), ...Grounds }

export const Plan = z.strictObject({ visits: z.array(z.strictObject({ id: z.uuid(), siteId: z.uuid() })).min(1).max(20), ...Arranged })
export type Plan = z.infer<typeof Plan>

export const Edit = z.strictObject({ id: z.uuid(), baseVersion: z.int(), ...Arranged })
export type Edit = z.infer<typeof Edit>

const Named = z.array(z.strictObject({ id: z.uuid(), baseVersion: z.int() })).min(1).max(50)
export const Submit = z.strictObject({ visits: Named })
/** `opinion` is written down in both cases; a refusal without a reason helps nobody. */
export const Decide = z.strictObject({ visits: Named, opinion: text(300) })

const Scan = z.strictObject({ moment: z.enum(SCAN_MOMENTS), scannedAt: instant, reason: text(200).optional() })
/** Where the device says it is. Never required: `reason` says why it is absent or far. */
const Place = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90), accuracy: z.number().min(0).max(100_000).optional(), reason: text(200).optional() })

/** The steps on arrival (domain §3.3): scan, certificates shown, grounds and rights told. */
const Arrival = { arrivedAt: instant, scan: Scan.optional(), idShownAt: instant.optional(), informedAt: instant.optional() }

export const Start = z.strictObject({
  id: z.uuid(), baseVersion: z.int(), urgent: z.boolean().default(false), urgentReason: text(300).optional(), capOverrideReason: text(300).optional(),
  /** Who came, when it differs from the plan, and the declarations of 罚法§43 made at the door. */
  people: z.array(Participant).min(1).max(30).optional(), ...Arrival,
})
export type Start = z.infer<typeof Start>

export const Answer = z.strictObject({
  versionId: z.uuid(),
  itemCode: z.string().min(1).max(12),
  answer: z.enum(STORED_ANSWERS),
  /** Asked of 不适用 only. */
  reason: z.enum(NOT_APPLICABLE_REASONS).optional(),
  note: z.string().trim().max(500).default(''),
  /** Answered by 本类其余均符合: said openly, so that a ready-made tick is never taken for a look. */
  byRest: z.boolean().default(false),
  photosBefore: photos,
  photosAfter: photos,
})
export type Answer = z.infer<typeof Answer>

/** One hazard as it was seen. Defaults come from the item and may be edited; ids are made by whoever records. */
export const Finding = z.strictObject({
  id: z.uuid(),
  versionId: z.uuid().optional(),
  itemCode: z.string().max(12).optional(),
  category: z.string().min(1).max(12),
  location: text(100),
  description: text(500),
  level: z.enum(['GENERAL', 'MAJOR']).default('GENERAL'),
  clauseId: z.string().max(40).optional(),
  clauseMode: z.enum(['ABSENT', 'INEFFECTIVE']).optional(),
  immediateStop: z.boolean().default(false),
  requirement: text(500),
  /** Calendar days to put it right (R1); 0 = at once. Absent: the item's. */
  days: z.int().min(0).max(30).optional(),
  fixed: z.boolean().default(false),
  /** What supports a MAJOR finding beside two officers (T2): with it the hazard is confirmed at once. */
  opinion: Opinion.optional(),
  photosBefore: photos,
  photosAfter: photos,
})
export type Finding = z.infer<typeof Finding>

export const Signature = z.strictObject({
  state: z.enum(SIGNATURE_STATES),
  companyAttachmentId: z.uuid().optional(),
  officerAttachmentIds: z.array(z.uuid()).max(6).default([]),
  refusalReason: text(300).optional(),
  witnessName: text(40).optional(),
  witnessIdentity: text(60).optional(),
})
export type Signature = z.infer<typeof Signature>

/** The whole of a finished visit: one command, replayable. Without `baseVersion` the visit begins with this record. */
export const RecordVisit = z.strictObject({
  id: z.uuid(),
  baseVersion: z.int().optional(),
  kind: Kind,
  siteId: z.uuid(),
  versionIds: z.array(z.uuid()).max(6).default([]),
  people: z.array(Participant).min(1).max(30),
  ...Grounds,
  urgent: z.boolean().default(false),
  urgentReason: text(300).optional(),
  ...Arrival,
  leftAt: instant,
  place: Place.optional(),
  farReason: text(200).optional(),
  outcome: z.enum(OUTCOMES),
  outcomeNote: z.string().trim().max(500).optional(),
  outcomePhotos: photos,
  answers: z.array(Answer).max(400).default([]),
  findings: z.array(Finding).max(60).default([]),
  companion: z.strictObject({ name: text(40), duty: text(40).optional() }).optional(),
  signature: Signature.optional(),
  note: z.string().trim().max(1000).optional(),
})
export type RecordVisit = z.infer<typeof RecordVisit>

/** Changes of the draft since the last save; an answer of null takes the item out again. */
export const SaveAnswers = z.strictObject({ id: z.uuid(), answers: z.array(z.strictObject({ versionId: z.uuid(), itemCode: z.string().max(12), answer: Answer.omit({ versionId: true, itemCode: true }).nullable() })).min(1).max(400) })
export const Leave = z.strictObject({ id: z.uuid(), baseVersion: z.int(), leftAt: instant })
export const AddScan = z.strictObject({ id: z.uuid(), baseVersion: z.int(), ...Scan.shape })
export const Void = z.strictObject({ id: z.uuid(), baseVersion: z.int(), reason: text(300) })
/** By somebody who was sent and cannot go, before it begins. */
export const HandBack = z.strictObject({ id: z.uuid(), baseVersion: z.int(), reason: z.string().trim().min(2).max(200) })
/** The responsible person has read a report (refusal to sign, refused entry, an urgent start not ratified) and says what follows. */
export const Acknowledge = z.strictObject({ id: z.uuid(), baseVersion: z.int(), opinion: text(300) })
export const ById = z.strictObject({ id: z.uuid() })

const filters = {
  kinds: wire.list(Kind).optional(), states: wire.list(State).optional(), outcomes: wire.list(z.enum(OUTCOMES)).optional(), from: wire.date().optional(), to: wire.date().optional(),
  areaCode: wire.area().optional(), gridId: wire.id().optional(), enterpriseId: wire.id().optional(), siteId: wire.id().optional(), campaignId: wire.id().optional(), teamId: wire.id().optional(), mine: wire.flag().optional(), papersOpen: wire.flag().optional(), q: z.string().trim().max(60).optional(),
}
export const Filter = z.strictObject(filters)
export const exportColumns = ['no', 'kind', 'enterpriseName', 'siteName', 'businessDate', 'people', 'state', 'outcome', 'findingCount', 'fixedCount', 'majorCount', 'papersDueAt'] as const
export const ExportFilter = z.strictObject({ ...filters, columns: wire.list(z.enum(exportColumns)).optional() })
export type ExportFilter = z.infer<typeof ExportFilter>
export const ListFilter = z.strictObject({ ...filters, ...paging })
export type Filter = z.infer<typeof Filter>

export const Row = z.object({
  id: z.uuid(), no: z.string(), kind: Kind, state: State, urgent: z.boolean(), enterpriseId: z.uuid(), enterpriseName: z.string(), siteId: z.uuid(), siteName: z.string(),
  areaCode: z.string(), gridId: z.uuid().nullable(), businessDate: date, plannedOn: date.nullable(), arrivedAt: z.string().nullable(), leftAt: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(), findingCount: z.int(), fixedCount: z.int(), majorCount: z.int(), people: z.string(), papersDueAt: z.string().nullable(), version: z.int(),
})
export type Row = z.infer<typeof Row>
/** Figures of the whole filter except its states: what the line above the table shows. */
export const Page = pageOf(Row).extend({ figures: z.object({ all: z.int(), plan: z.int(), approve: z.int(), ready: z.int(), running: z.int(), done: z.int(), papersOpen: z.int() }) })

export const Person = z.object({
  personId: z.uuid().nullable(), name: z.string(), organisation: z.string().nullable(), part: z.enum(PARTS), certificateNo: z.string().nullable(), certificateValidTo: z.string().nullable(),
  conflictDeclared: z.boolean(), conflict: z.string().nullable(),
})
export type Person = z.infer<typeof Person>

export const Cap = z.object({
  enterpriseId: z.uuid(), enterpriseName: z.string(), year: z.int(), industryClass: z.string(), standardLevel: z.string(),
  /** null: not configured, so nothing is blocked and the screen says so. */
  cap: z.int().nullable(), used: z.int(), planned: z.int(), left: z.int().nullable(), sourceDoc: z.string().nullable(),
  /** All contacts of the year by kind: the burden an enterprise feels, counted or not. */
  contacts: z.array(z.object({ kind: Kind, count: z.int() })),
  sites: z.array(z.object({ siteId: z.uuid(), siteName: z.string(), planned: z.int(), done: z.int() })),
})
export type Cap = z.infer<typeof Cap>

const AnswerRow = z.object({
  versionId: z.uuid(), itemCode: z.string(), answer: z.enum(STORED_ANSWERS), reason: z.string().nullable(), note: z.string(), byRest: z.boolean(), photos: z.array(z.uuid()), hazardId: z.uuid().nullable(),
  category: z.string(), content: z.string(),
})
const Photo = z.object({ id: z.uuid(), role: z.string(), name: z.string(), type: z.string() })

export const Detail = Row.omit({ people: true }).extend({
  parkId: z.uuid().nullable(), address: z.string(), principalName: z.string().nullable(), purpose: z.string(), taskSource: z.enum(TASK_SOURCES).nullable(), clueKind: z.enum(CLUE_KINDS).nullable(), clueNo: z.string().nullable(),
  planReference: z.string().nullable(), campaignId: z.uuid().nullable(), jointDepartments: z.array(z.string()), withinVisitId: z.uuid().nullable(), convertedFromId: z.uuid().nullable(), needsCooperation: z.boolean(), countsToCap: z.boolean(),
  capOverrideReason: z.string().nullable(), submittedAt: z.string().nullable(), decidedAt: z.string().nullable(), decidedByName: z.string().nullable(), opinion: z.string().nullable(),
  idShownAt: z.string().nullable(), informedAt: z.string().nullable(), scanned: z.boolean(), outcomeNote: z.string().nullable(), signature: z.enum(SIGNATURE_STATES).nullable(), signRefusalReason: z.string().nullable(),
  witnessName: z.string().nullable(), witnessIdentity: z.string().nullable(), companionName: z.string().nullable(), companionDuty: z.string().nullable(), answerCount: z.int(), compliedCount: z.int(), notApplicableCount: z.int(),
  patrolValid: z.boolean().nullable(), patrolNotes: z.array(z.string()), note: z.string().nullable(), voidReason: z.string().nullable(),
  people: z.array(Person), scans: z.array(z.object({ id: z.uuid(), moment: z.enum(SCAN_MOMENTS), scannedAt: z.string(), madeAt: z.string(), reason: z.string().nullable() })),
  checklists: z.array(z.object({ versionId: z.uuid(), code: z.string(), name: z.string(), version: z.int(), items: z.int() })), answers: z.array(AnswerRow),
  findings: z.array(z.object({ id: z.uuid(), no: z.string(), description: z.string(), location: z.string(), level: z.string(), state: z.string(), dueOn: z.string().nullable(), itemCode: z.string().nullable() })),
  photos: z.array(Photo), draft: z.array(Answer), papersAllowed: z.boolean(), papersWhyNot: z.array(z.string()), cap: Cap.nullable(), timeline: z.array(z.object({ at: z.string(), event: z.string(), label: z.string(), actor: z.string(), text: z.string() })), actions: z.array(Action),
})
export type Detail = z.infer<typeof Detail>

/** What a recorded visit answers: enough for a phone to show it and for a screen to go on. Warnings refuse nothing. */
export const Recorded = z.object({ id: z.uuid(), no: z.string(), version: z.int(), state: State, hazards: z.array(z.object({ id: z.uuid(), no: z.string() })), warnings: z.array(z.string()) })
export const Moved = z.object({ id: z.uuid(), no: z.string(), version: z.int(), state: State, warnings: z.array(z.string()) })
export const MovedAll = z.object({ visits: z.array(Moved) })
export const Saved = z.object({ savedAt: z.string(), count: z.int() })

export const CapQuery = z.strictObject({ enterpriseId: wire.id(), year: wire.int().min(2000).max(2100) })
export const CapRow = z.object({ id: z.uuid(), areaCode: z.string(), year: z.int(), industryClass: z.string(), standardLevel: z.string(), capPerYear: z.int().nullable(), agencyLevel: z.string(), sourceDoc: z.string(), version: z.int() })
export const SetCap = z.strictObject({
  id: z.uuid(), baseVersion: z.int().optional(), areaCode: wire.area(), year: z.int().min(2000).max(2100), industryClass: z.enum(['HAZCHEM_METALLURGY', 'HIGH_RISK', 'OTHER']), standardLevel: z.enum(['FIRST', 'SECOND', 'THIRD', 'NONE']),
  capPerYear: z.int().min(0).max(365).nullable(), agencyLevel: z.enum(['DISTRICT', 'CITY', 'PROVINCE']).default('DISTRICT'), sourceDoc: text(200),
})
/** How often enterprises were inspected this year against their ceiling: the figures a bureau answers for. */
export const Burden = z.object({ year: z.int(), enterprises: z.int(), counted: z.int(), contacts: z.int(), atCap: z.int(), overCap: z.int(), notConfigured: z.int(), most: z.array(z.object({ enterpriseId: z.uuid(), enterpriseName: z.string(), used: z.int(), cap: z.int().nullable() })) })

/** What the planning form needs before it is filled: candidates for the team, with their certificates on the day. */
export const TeamQuery = z.strictObject({ siteId: wire.id(), on: wire.date() })
export const Team = z.object({ people: z.array(z.object({ personId: z.uuid(), name: z.string(), organisation: z.string().nullable(), certificateNo: z.string().nullable(), certificateValidTo: z.string().nullable() })) })
