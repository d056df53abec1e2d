import { z } from 'zod'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'
import { Attachment } from '../attachment/attachment.ts'
import { Box } from '../enterprise/map.ts'
import { Basis, CLOSED_HOW, HAZARD_STATES, LEVELS, Opinion, Plan, SOURCES } from './hazard.ts'
import { ProposalView } from './proposal.ts'

/** One line of the list: enough to decide without opening. */
export const HazardRow = z.object({
  id: z.uuid(),
  no: z.string(),
  title: z.string(),
  enterpriseId: z.uuid(),
  enterpriseName: z.string(),
  location: z.string(),
  category: z.string(),
  level: z.enum(LEVELS),
  immediateStop: z.boolean(),
  state: z.enum(HAZARD_STATES),
  source: z.enum(SOURCES),
  street: z.string(),
  foundAt: z.string(),
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
  dueSoon: z.boolean(),
  late: z.boolean(),
  escalation: z.number().int(),
  round: z.number().int(),
  recurrence: z.boolean(),
  orderNo: z.string().nullable(),
  closedAt: z.string().nullable(),
  version: z.number().int(),
})
export type HazardRow = z.infer<typeof HazardRow>

const filters = {
  /** "REPORTED,CONFIRMED"; empty: all. */
  states: wire.list(z.enum(HAZARD_STATES)).optional(),
  level: z.enum(LEVELS).optional(),
  /** Not yet ended. */
  open: wire.flag().optional(),
  overdue: wire.flag().optional(),
  dueSoon: wire.flag().optional(),
  areaCode: wire.area().optional(),
  gridId: wire.id().optional(),
  enterpriseId: wire.id().optional(),
  campaignId: wire.id().optional(),
  teamId: wire.id().optional(),
  sources: wire.list(z.enum(SOURCES)).optional(),
  /** Days in Shanghai, both included; open at either end. */
  foundFrom: wire.date().optional(),
  foundTo: wire.date().optional(),
  closedFrom: wire.date().optional(),
  closedTo: wire.date().optional(),
  closedHow: z.enum(CLOSED_HOW).optional(),
  /** false: without the voided ones. */
  voided: wire.flag().optional(),
  /** Inside a map's view. */
  box: Box.optional(),
  q: z.string().trim().max(60).optional(),
  /** Found, confirmed or re-inspected by me. */
  mine: wire.flag().optional(),
}
export const HazardFilter = z.strictObject({ ...paging, ...filters, sort: z.enum(['found', 'due']).default('found') })
export type HazardFilter = z.infer<typeof HazardFilter>
export const HazardPage = pageOf(HazardRow)
export const ExportFilter = z.strictObject({ ...filters, sort: z.enum(['found', 'due']).default('found'), columns: z.string().max(400).optional() })
export const FigureFilter = z.strictObject(filters)

/** One line of figures; each opens the list with that filter, and that list has as many rows. */
export const Figures = z.object({
  all: z.number().int(),
  open: z.number().int(),
  overdue: z.number().int(),
  dueSoon: z.number().int(),
  major: z.number().int(),
  majorOpen: z.number().int(),
  byState: z.array(z.object({ state: z.enum(HAZARD_STATES), n: z.number().int() })),
  byStreet: z.array(z.object({ street: z.string(), name: z.string(), open: z.number().int(), overdue: z.number().int() })),
})

const Picture = z.object({ id: z.uuid(), role: z.string(), name: z.string(), type: z.string(), takenAt: z.string().nullable(), sha256: z.string(), lookAlikeOf: z.string().nullable(), original: Attachment.shape.original, originalMissing: Attachment.shape.originalMissing })

export const TimelineEntry = z.object({
  at: z.string(), event: z.string(), label: z.string(), actor: z.string(), role: z.string(), from: z.string().nullable(), to: z.string().nullable(), text: z.string(),
})

export const SupervisionView = z.object({
  id: z.uuid(), hazardId: z.uuid(), no: z.string().nullable(), state: z.string(), level: z.string(), why: z.string(), dutyUnit: z.string().nullable(), dutyPerson: z.string().nullable(), proposedAt: z.string(),
  listedAt: z.string().nullable(), deadline: z.string().nullable(), reportDueOn: z.string().nullable(), lastReport: z.string().nullable(), extended: z.boolean(), delistedAt: z.string().nullable(), outcome: z.string().nullable(), version: z.number().int(),
})
export const SupervisionRow = SupervisionView.extend({ hazardNo: z.string(), title: z.string(), enterpriseName: z.string(), hazardState: z.enum(HAZARD_STATES), dueOn: z.string().nullable(), actions: z.array(Action) })

const Person = z.object({ id: z.uuid(), name: z.string() })

export const HazardDetail = HazardRow.extend({
  description: z.string(),
  siteId: z.uuid(), siteName: z.string(), areaCode: z.string(), gridId: z.uuid().nullable(),
  sourceId: z.uuid().nullable(), itemCode: z.string().nullable(), versionId: z.uuid().nullable(), evidence: z.enum(['PHOTO', 'NONE']),
  requirement: z.string(), legalBasis: z.array(Basis), clauseId: z.string().nullable(), clauseMode: z.string().nullable(), clauseText: z.string().nullable(),
  stopInForce: z.boolean(), foundBy: z.array(Person), confirmedAt: z.string().nullable(), confirmedBy: z.array(Person), opinions: z.array(Opinion), originalDueOn: z.string().nullable(), proposedDueOn: z.string().nullable(),
  runsTo: z.string().nullable(), extensions: z.number().int(), orderId: z.uuid().nullable(), orderedAt: z.string().nullable(), plan: Plan.nullable(), submittedAt: z.string().nullable(), reinspectDueOn: z.string().nullable(),
  reinspectors: z.array(Person), pending: z.record(z.string(), z.unknown()).nullable(), transfer: z.record(z.string(), z.unknown()).nullable(), frozen: z.record(z.string(), z.unknown()).nullable(),
  closedHow: z.string().nullable(), recurrenceOf: z.uuid().nullable(), sightings: z.number().int(), voidCode: z.string().nullable(),
  /** Who must act until when, one sentence; empty when nobody. */
  waiting: z.string(),
  photos: z.array(Picture),
  timeline: z.array(TimelineEntry),
  supervision: SupervisionView.nullable(),
  /** 待定建议: acts done offline that arrived after somebody else's. */
  proposals: z.array(ProposalView),
  actions: z.array(Action),
})
export type HazardDetail = z.infer<typeof HazardDetail>

/** Somebody who could act on this hazard as an officer today; `lastTime`: was there at the last re-inspection. */
export const Officer = z.object({ id: z.uuid(), name: z.string(), organisation: z.string().nullable(), certificateNo: z.string(), validTo: z.string(), lastTime: z.boolean() })

/** What a command answers: enough to go on; the screen reads the rest again. */
export const HazardState = z.object({ id: z.uuid(), no: z.string(), state: z.enum(HAZARD_STATES), level: z.enum(LEVELS), dueOn: z.string().nullable(), version: z.number().int(), waiting: z.string(),
  /** Set when an offline command came too late: nothing changed, it is kept as this proposal (I6). */
  proposalId: z.uuid().optional(),
})
export type HazardState = z.infer<typeof HazardState>
