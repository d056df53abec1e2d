import { z } from 'zod'
import { Action, paging, wire } from '../../kernel/core/operation.ts'
import { AppliesTo, AUTHORITIES, CHECKLIST_STATES, ChecklistItem, ChecklistVersion, LegalBasis } from './checklist.ts'
import { GONGMAO_SECTORS, REGIMES, SOURCE_MARKS } from './criteria.ts'
import { FactDefinition, FactValues } from './logic.ts'

/** What an editor may change of a draft. Codes met twice and missing clauses are told by `blockers`, not refused here: a draft may be unfinished. */
const content = {
  name: z.string().trim().min(1).max(60),
  visitKinds: z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/)).max(20),
  appliesTo: AppliesTo,
  legalBasis: z.array(LegalBasis).max(20),
  items: z.array(ChecklistItem).max(400),
}
const one = { id: z.uuid() }
const change = { ...one, baseVersion: z.int() }

export const DraftInput = z.strictObject({ ...one, code: z.string().regex(/^[A-Z]{2,6}$/), ...content })
export const EditInput = z.strictObject({ ...change, ...content })
export const ReviseInput = z.strictObject({ ...one, newId: z.uuid() })
export const PublishInput = z.strictObject(change)
export const RetireInput = z.strictObject({ ...change, reason: z.string().trim().min(2).max(200) })
export const OneInput = z.strictObject(one)
export const DiffInput = z.strictObject({ ...one, with: z.uuid() })
export const ListInput = z.strictObject({
  q: z.string().trim().max(60).optional(),
  state: z.enum(CHECKLIST_STATES).optional(),
  code: z.string().max(6).optional(),
  visitKind: z.string().max(40).optional(),
  ...paging,
})

export const ChecklistRow = z.object({
  id: z.uuid(), code: z.string(), number: z.int(), name: z.string(), state: z.enum(CHECKLIST_STATES), visitKinds: z.array(z.string()),
  itemCount: z.int(), shipped: z.boolean(), authors: z.string().nullable(), publishedBy: z.string().nullable(), editedAt: z.string(), publishedAt: z.string().nullable(),
})
export type ChecklistRow = z.infer<typeof ChecklistRow>

/** What keeps a draft from publication: the same sentences that publishing would refuse with. */
export const Blocker = z.object({ code: z.string(), field: z.string(), text: z.string() })

export const ChecklistDetail = z.object({
  list: ChecklistVersion,
  /** Of the record, for `baseVersion`; the list's own number is `list.version`. */
  recordVersion: z.int(),
  shipped: z.boolean(),
  basedOn: z.uuid().nullable(),
  authors: z.string().nullable(),
  publishedBy: z.string().nullable(),
  draftedAt: z.string(), editedAt: z.string(), publishedAt: z.string().nullable(), retiredAt: z.string().nullable(), retiredWhy: z.string().nullable(),
  siblings: z.array(z.object({ id: z.uuid(), number: z.int(), state: z.enum(CHECKLIST_STATES), publishedAt: z.string().nullable() })),
  blockers: z.array(Blocker),
  actions: z.array(Action),
})
export type ChecklistDetail = z.infer<typeof ChecklistDetail>

export const ListAnswer = z.object({
  rows: z.array(ChecklistRow), total: z.int(), next: z.string().optional(),
  /** Versions by state under the same filter, the state left out. */
  figures: z.object({ draft: z.int(), published: z.int(), retired: z.int() }),
})

export const DiffAnswer = z.object({
  added: z.array(ChecklistItem), removed: z.array(ChecklistItem), moved: z.array(z.string()),
  changed: z.array(z.object({ code: z.string(), fields: z.array(z.object({ field: z.string(), label: z.string(), before: z.unknown(), after: z.unknown() })) })),
})

/** What a spreadsheet holds: good rows as items, bad ones with every reason, and the bad rows ready to be corrected. */
export const SheetAnswer = z.object({
  items: z.array(ChecklistItem),
  errors: z.array(z.object({ row: z.int(), heading: z.string(), text: z.string() })),
  correction: z.array(z.array(z.string())),
})

export const SuggestInput = z.strictObject({ words: z.string().trim().min(1).max(200), versionId: z.uuid().optional(), limit: wire.int().min(1).max(20).default(3) })
export const SuggestAnswer = z.object({ hits: z.array(z.object({ versionId: z.uuid(), list: z.string(), item: ChecklistItem, score: z.number() })) })

export const Clause = z.object({
  id: z.string(), document: z.string(), industry: z.string(), citation: z.string(), fullCitation: z.string(), summary: z.string(),
  regime: z.enum(REGIMES), sector: z.enum(GONGMAO_SECTORS).nullable(), requiresTag: z.string().nullable(), authority: z.enum(AUTHORITIES),
  /** Facts to look at; empty for a clause that cannot be judged by itself. */
  facts: z.array(FactDefinition),
  topicOnly: z.boolean(), from: z.string().nullable(), to: z.string().nullable(), mark: z.enum(SOURCE_MARKS),
})
export type Clause = z.infer<typeof Clause>

const site = {
  date: wire.date(),
  sector: z.enum(GONGMAO_SECTORS).optional(),
  tags: wire.list(z.string().max(40)).optional(),
  regime: z.enum(REGIMES).optional(),
  chemical: wire.flag().optional(),
}
export const ClausesInput = z.strictObject({ date: wire.date(), regime: z.enum(REGIMES).optional(), q: z.string().trim().max(100).optional() })
export const CandidatesInput = z.strictObject({ ...site, words: z.string().trim().max(200).optional() })
/** `facts` is JSON text, since a read carries everything in its address: {"dustAreaPersons": 12, "separator": "ABSENT"}. */
export const GradeQuery = z.strictObject({
  ...site,
  facts: z.string().max(6000).transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      ctx.addIssue({ code: 'custom', params: { code: 'field.format' } })
      return z.NEVER
    }
  }).pipe(FactValues),
  clauseIds: wire.list(z.string().max(20)).optional(),
})
export const ClausesAnswer = z.object({ clauses: z.array(Clause) })
export const GradeAnswer = z.object({
  outcome: z.enum(['MAJOR', 'GENERAL', 'UNDECIDED', 'TRANSFER']), level: z.enum(['MAJOR', 'GENERAL']).nullable(), clauseId: z.string().nullable(),
  basis: z.array(z.string()), mode: z.enum(['ABSENT', 'INEFFECTIVE']).nullable(), transferTo: z.enum(AUTHORITIES).nullable(),
  missing: z.array(z.object({ name: z.string(), label: z.string() })), explanation: z.string(),
  judgements: z.array(z.object({ clauseId: z.string(), verdict: z.enum(['MET', 'NOT_MET', 'UNDECIDED']), explanation: z.string(), missing: z.array(z.string()) })),
})
