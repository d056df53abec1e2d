import { z } from 'zod'
import { Action } from '../../kernel/core/operation.ts'
import { ChecklistItem, LegalBasis } from '../checklist/checklist.ts'
import { PAPER_STATES, PAPER_TYPES } from '../enforcement/doc-type.ts'
import { operatingStates } from '../enterprise/lifecycle.ts'
import { Basis, HAZARD_STATES, LEVELS, SOURCES } from '../hazard/hazard.ts'
import { OUTCOMES, VISIT_KINDS, VISIT_STATES } from '../visit/kinds.ts'
import { taking } from '../todo/todo.ts'
import { Answer, Person as VisitPerson } from '../visit/visit.ts'

/**
 * What the phone holds of each kind: enough to work for days without a line, nothing that law or rank would hide.
 * Times are ISO instants, days `YYYY-MM-DD` of Asia/Shanghai, coordinates WGS84 degrees, telephones masked.
 */
const text = z.string()
const day = z.string()
const instant = z.string()
const version = z.int()
const place = { areaCode: text, gridId: z.uuid().nullable() }

/** A place somebody may be sent to. `id` is the site, `code` what its sign carries as a QR code. */
export const SiteRow = z.object({
  id: z.uuid(), enterpriseId: z.uuid(), name: text, siteName: text, code: text, creditCode: text.nullable(), address: text, floor: text.nullable(),
  /** Initials of the enterprise's name in pinyin, for finding by two letters. */
  py: text,
  lon: z.number().nullable(), lat: z.number().nullable(), ...place, parkId: z.uuid().nullable(), kind: text, sector: text.nullable(), division: z.int().nullable(), tags: z.array(text),
  size: text, state: z.enum(operatingStates), risk: text.nullable(), highRisk: z.boolean(), employees: z.int().nullable(), standardLevel: text, principal: text.nullable(), phone: text.nullable(), main: z.boolean(),
  /** Of the enterprise: commands about it name this one. */
  enterpriseVersion: version, version,
})
export type SiteRow = z.infer<typeof SiteRow>

export const HazardRow = z.object({
  id: z.uuid(), no: text, title: text, enterpriseId: z.uuid(), enterpriseName: text, siteId: z.uuid(), siteName: text, ...place,
  source: z.enum(SOURCES), itemCode: text.nullable(), versionId: z.uuid().nullable(), category: text, location: text, description: text, requirement: text, level: z.enum(LEVELS), immediateStop: z.boolean(), stopInForce: z.boolean(),
  state: z.enum(HAZARD_STATES), foundAt: instant, foundBy: z.array(z.uuid()), confirmedBy: z.array(z.uuid()), reinspectors: z.array(z.uuid()), lastReinspectors: z.array(z.uuid()),
  dueOn: day.nullable(), runsTo: day.nullable(), reinspectDueOn: day.nullable(), late: z.boolean(), round: z.int(), recurrence: z.boolean(), extensions: z.int(), orderId: z.uuid().nullable(), orderNo: text.nullable(),
  legalBasis: z.array(Basis), clauseId: text.nullable(), clauseMode: text.nullable(), evidence: z.enum(['PHOTO', 'NONE']), pending: text.nullable(),
  /** Who must act until when, one sentence. */
  waiting: text,
  photos: z.array(z.object({ id: z.uuid(), role: text, type: text, takenAt: instant.nullable() })),
  actions: z.array(Action), version,
})
export type HazardRow = z.infer<typeof HazardRow>

/** A visit that waits for me or runs: planned, sent back, approved, begun. `opinion` says why it was sent back. */
export const VisitRow = z.object({
  id: z.uuid(), no: text, kind: z.enum(VISIT_KINDS), state: z.enum(VISIT_STATES), urgent: z.boolean(), enterpriseId: z.uuid(), enterpriseName: text, siteId: z.uuid(), siteName: text, ...place,
  plannedOn: day.nullable(), businessDate: day, purpose: text, taskSource: text.nullable(), clueKind: text.nullable(), clueNo: text.nullable(), planReference: text.nullable(), campaignId: z.uuid().nullable(), teamId: z.uuid().nullable(),
  withinVisitId: z.uuid().nullable(), convertedFromId: z.uuid().nullable(), needsCooperation: z.boolean(), jointDepartments: z.array(text), jointId: z.uuid().nullable(), capOverrideReason: text.nullable(),
  arrivedAt: instant.nullable(), leftAt: instant.nullable(), idShownAt: instant.nullable(), informedAt: instant.nullable(), scanned: z.boolean(), outcome: z.enum(OUTCOMES).nullable(),
  decidedAt: instant.nullable(), decidedByName: text.nullable(), opinion: text.nullable(), papersDueAt: instant.nullable(),
  people: z.array(VisitPerson), versionIds: z.array(z.uuid()),
  /** My own saved answers of this visit, from whichever device. */
  draft: z.array(Answer), version,
})
export type VisitRow = z.infer<typeof VisitRow>

export const TodoRow = z.object({
  id: z.uuid(), kind: text, subjectAggregate: text, subjectId: z.uuid(), title: text, why: text, forMeAlone: z.boolean(), ...taking, dueAt: instant.nullable(), openedAt: instant, link: text, ...place, enterpriseId: z.uuid().nullable(), version,
})
export type TodoRow = z.infer<typeof TodoRow>

/** A published list with its items; one that is retired stays while a visit of mine uses it. */
export const ChecklistRow = z.object({
  id: z.uuid(), code: text, number: z.int(), name: text, state: z.enum(['PUBLISHED', 'RETIRED']), visitKinds: z.array(text), appliesTo: z.object({ tags: z.array(text), siteKinds: z.array(text), sectors: z.array(text) }),
  legalBasis: z.array(LegalBasis), items: z.array(ChecklistItem), version,
})
export type ChecklistRow = z.infer<typeof ChecklistRow>

/** One clause of the criteria for major hazards. Its logic is in the pure `checklist/criteria.ts`; this is what is read and found. */
export const CriteriaRow = z.object({
  id: text, docCode: text, docName: text, authority: text, regime: text, industry: text, clause: text, summary: text, sector: text.nullable(), requiresTag: text.nullable(), topicOnly: z.boolean(),
  effectiveFrom: text.nullable(), effectiveTo: text.nullable(), version,
})
export type CriteriaRow = z.infer<typeof CriteriaRow>

/** A paper on its way: my own, of my hazards and visits; the enterprise's own once issued. */
export const PaperRow = z.object({
  id: z.uuid(), no: text.nullable(), type: z.enum(PAPER_TYPES), title: text, state: z.enum(PAPER_STATES), enterpriseId: z.uuid(), enterpriseName: text, siteName: text, visitId: z.uuid().nullable(), hazardIds: z.array(z.uuid()),
  officers: z.array(z.uuid()), draftedAt: instant, issuedOn: day.nullable(), servedOn: day.nullable(), signatures: z.array(z.object({ part: text, personId: z.uuid().nullable(), name: text, refused: text.nullable() })), version,
})
export type PaperRow = z.infer<typeof PaperRow>

/** Colleagues who could be named as taking part or co-sign. Without a certificate in force both are null. */
export const PersonRow = z.object({ id: z.uuid(), name: text, organisation: text.nullable(), certificateNo: text.nullable(), certificateFrom: day.nullable(), certificateTo: day.nullable(), version })
export type PersonRow = z.infer<typeof PersonRow>

/** Areas and grids of my reach, outermost first by `code`. `id`: the area code, or the grid's id. */
export const AreaRow = z.object({ id: text, code: text, name: text, kind: text, parentCode: text.nullable(), boundary: z.record(z.string(), z.unknown()).nullable(), version })
export type AreaRow = z.infer<typeof AreaRow>
