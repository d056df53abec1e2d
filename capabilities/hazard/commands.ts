import { z } from 'zod'
import { Basis, LEVELS, Plan, SOURCES, VOID_CODES } from './hazard.ts'

const id = z.uuid()
const day = z.iso.date()
const reason = z.string().trim().min(2).max(500)
const note = z.string().trim().max(1000).default('')
const files = z.array(id).max(20).default([])
const officers = z.array(id).min(1).max(10)
/** Every command on an existing hazard names the version it has seen (I6). */
const on = { id, baseVersion: z.int().min(1) }

export const Report = z.strictObject({
  id,
  siteId: id,
  source: z.enum(SOURCES),
  sourceId: id.optional(),
  itemCode: z.string().max(20).optional(),
  versionId: id.optional(),
  category: z.string().max(10).optional(),
  location: z.string().trim().min(1).max(100),
  description: z.string().trim().min(2).max(500),
  requirement: z.string().trim().max(500).optional(),
  level: z.enum(LEVELS).default('GENERAL'),
  clauseId: z.string().max(40).optional(),
  clauseMode: z.string().max(20).optional(),
  immediateStop: z.boolean().default(false),
  photosBefore: files,
  photosAfter: files,
  fixedOnSite: z.boolean().default(false),
  foundAt: z.iso.datetime().optional(),
})

const grading = {
  level: z.enum(LEVELS),
  clauseId: z.string().max(40).optional(),
  clauseMode: z.string().max(20).optional(),
  legalBasis: z.array(Basis).max(10).optional(),
  immediateStop: z.boolean().optional(),
  officers: officers.optional(),
  /** An expert's words written down by the officers; a team review is given by its own operation. */
  opinion: z.strictObject({ text: z.string().trim().min(2).max(2000), by: z.string().trim().min(1).max(40) }).optional(),
}
export const Confirm = z.strictObject({ ...on, ...grading, requirement: z.string().trim().max(500).optional(), outsideCause: z.boolean().default(false) })
export const ConfirmMany = z.strictObject({ hazards: z.array(z.strictObject(on)).min(1).max(200) })
export const RemindMany = z.strictObject({ hazards: z.array(z.strictObject(on)).min(1).max(200) })
export const GiveOpinion = z.strictObject({ ...on, text: z.string().trim().min(2).max(2000) })
export const Void = z.strictObject({ ...on, code: z.enum(VOID_CODES), reason, photos: z.array(id).min(1).max(9) })
export const Appeal = z.strictObject({ ...on, reason })
export const FixOnSite = z.strictObject({ ...on, photosAfter: files, note })
export const VerifyFix = z.strictObject({ ...on, verified: z.boolean(), stopLifted: z.boolean().default(false), reason: z.string().trim().max(500).default('') })
export const Start = z.strictObject({ ...on, dueOn: day.optional() })
export const Acknowledge = z.strictObject({ ...on, plan: Plan, files })
export const AskExtension = z.strictObject({ ...on, dueOn: day, reason, interim: z.string().trim().max(1000).optional(), files })
export const DecideExtension = z.strictObject({ ...on, granted: z.boolean(), dueOn: day.optional(), reply: reason })
export const Submit = z.strictObject({ ...on, photosAfter: files, reports: files, note })
export const AssignReinspection = z.strictObject({ ...on, officers: z.array(id).min(1).max(10), on: day.optional() })
export const Reinspect = z.strictObject({ ...on, officers: z.array(id).min(1).max(10), passed: z.boolean(), note: z.string().trim().min(2).max(1000), newDueOn: day.optional(), stopLifted: z.boolean().default(false), photos: files })
export const Review = z.strictObject({ ...on, approved: z.boolean(), note: z.string().trim().min(2).max(500) })
export const AskTransfer = z.strictObject({ ...on, toDept: z.string().trim().min(2).max(60), materials: z.array(z.string().trim().min(1).max(100)).min(1).max(30), reason })
export const DecideTransfer = z.strictObject({ ...on, approved: z.boolean(), reason })
export const Receipt = z.strictObject({ ...on, returned: z.boolean(), result: z.string().trim().min(2).max(1000) })
export const Freeze = z.strictObject({ ...on, reason, evidence: files, sourceRemoved: z.boolean().default(false) })
export const Unfreeze = z.strictObject({ ...on, reason })
export const Reopen = z.strictObject({ ...on, description: z.string().trim().min(2).max(500), photos: z.array(id).max(9).default([]) })
export const Raise = z.strictObject({ ...on, clauseId: z.string().max(40), clauseMode: z.string().max(20).optional(), legalBasis: z.array(Basis).max(10).optional(), immediateStop: z.boolean().default(true), officers, opinion: grading.opinion, reason, outsideCause: z.boolean().default(false) })
export const Lower = z.strictObject({ ...on, reason })

const supervised = { supervisionId: id, baseVersion: z.int().min(1) }
export const Propose = z.strictObject({ id, supervisionId: id, level: z.enum(['STREET', 'DISTRICT', 'CITY', 'PROVINCE']).default('DISTRICT'), reason })
export const Supervise = z.strictObject({
  ...supervised,
  step: z.enum(['list', 'decline', 'extend', 'verify', 'sendBack', 'delist']),
  no: z.string().trim().min(2).max(60).optional(),
  level: z.enum(['STREET', 'DISTRICT', 'CITY', 'PROVINCE']).optional(),
  dutyUnit: z.string().trim().min(2).max(60).optional(),
  dutyPerson: z.string().trim().min(1).max(40).optional(),
  deadline: day.optional(),
  publishedOn: day.optional(),
  officers: officers.optional(),
  expertName: z.string().trim().max(40).optional(),
  reason,
})
export const SuperviseReport = z.strictObject({ ...supervised, step: z.enum(['progress', 'applyDelist']), note: z.string().trim().min(2).max(1000) })
