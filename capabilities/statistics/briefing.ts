import { z } from 'zod'
import { Action, paging, pageOf, wire } from '../../kernel/core/operation.ts'
import { Figure, Unit } from './snapshot.ts'
import { HAZARD_WORDS, STYLES } from './wording.ts'

export const KINDS = ['WAR', 'WEEKLY', 'SPECIAL', 'EXPERIENCE'] as const
export type BriefingKind = (typeof KINDS)[number]
export const KIND_ZH: Record<BriefingKind, string> = { WAR: '战报', WEEKLY: '周报', SPECIAL: '专报', EXPERIENCE: '经验材料' }

export const STATES = ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'PUBLISHED', 'CORRECTING', 'WITHDRAWN'] as const
export type BriefingState = (typeof STATES)[number]

export const WordingInput = z.strictObject({ style: z.enum(STYLES), hazardWord: z.enum(HAZARD_WORDS) })
export const Source = z.strictObject({ text: z.string().trim().min(1).max(60), source: z.string().trim().min(2).max(120) })
export const Credit = z.strictObject({ writer: z.string().trim().max(60), editor: z.string().trim().max(60), reviewer: z.string().trim().max(60) })
/** A further snapshot and the name by which the text calls its figures: `{夜间/M07}`. */
export const Annex = z.strictObject({ label: z.string().trim().regex(/^[\p{Script=Han}\w]{1,12}$/u), snapshotId: z.uuid() })
export type Annex = z.infer<typeof Annex>
const annexes = z.array(Annex).max(4).refine((list) => new Set(list.map((one) => one.label)).size === list.length, { message: '简称不能重复' }).default([])
export const QuoteInput = z.strictObject({ personId: z.uuid(), words: z.string().trim().min(2).max(300) })
export const Quote = z.object({ number: z.number().int(), personId: z.string(), speaker: z.string(), words: z.string(), approvedAt: z.string().nullable(), mine: z.boolean() })

const Item = z.object({ id: z.string(), no: z.string(), enterprise: z.string(), state: z.string(), level: z.enum(['GENERAL', 'MAJOR']), onSite: z.boolean(), since: z.enum(['FROZEN', 'NOW']) })
const PieceShape = z.object({ text: z.string(), metric: z.string().optional(), per: z.string().optional(), quote: z.number().int().optional(), frame: z.literal(true).optional() })
export const MarkShape = z.object({ kind: z.enum(['TRUE', 'NOTE', 'UNBOUND', 'FALSE']), code: z.string(), words: z.string(), say: z.string(), items: z.array(Item) })
export const SentenceShape = z.object({ text: z.string(), pieces: z.array(PieceShape), marks: z.array(MarkShape) })
export type SentenceView = z.infer<typeof SentenceShape>
export type MarkView = z.infer<typeof MarkShape>

/** One published state of a briefing: everything the reader sees, nothing that can change afterwards. */
export const Edition = z.object({
  kind: z.enum(KINDS), issue: z.string(), title: z.string(), agency: z.string(), scope: z.string(), span: z.string(), cutOff: z.string(), frozenAt: z.string(), snapshotNumber: z.number().int(),
  paragraphs: z.array(z.array(PieceShape)), figures: z.array(Figure.omit({ members: true, membersHash: true })), units: z.array(Unit.pick({ name: true, kind: true, reported: true })),
  sources: z.array(Source), credit: Credit, daily: z.array(z.object({ day: z.string(), found: z.number().int(), closed: z.number().int(), checked: z.number().int() })),
})
export type Edition = z.infer<typeof Edition>
export const EditionRow = z.object({ number: z.number().int(), note: z.string().nullable(), publishedAt: z.string(), publishedBy: z.string(), sha256: z.string() })

export const BriefingRow = z.object({
  id: z.string(), kind: z.enum(KINDS), issue: z.string(), title: z.string(), state: z.enum(STATES), snapshotId: z.string(), snapshotTitle: z.string(), writers: z.string(), writtenAt: z.string(), publishedAt: z.string().nullable(), editions: z.number().int(),
})
export type BriefingRow = z.infer<typeof BriefingRow>

export const BriefingDetail = BriefingRow.extend({
  version: z.number().int(), body: z.string(), annexes: z.array(Annex), wording: WordingInput, sources: z.array(Source), credit: Credit, quotes: z.array(Quote), sentences: z.array(SentenceShape), refusals: z.array(z.object({ code: z.string(), say: z.string() })),
  snapshotNumber: z.number().int(), snapshotLatest: z.boolean(), cutOff: z.string(), figures: z.array(Figure), correction: z.string().nullable(), returnedWhy: z.string().nullable(), withdrawnWhy: z.string().nullable(),
  history: z.array(EditionRow), publicPath: z.string().nullable(), actions: z.array(Action),
})
export type BriefingDetail = z.infer<typeof BriefingDetail>

const content = {
  title: z.string().trim().min(2).max(80), issue: z.string().trim().max(30).default(''), body: z.string().trim().min(1).max(12_000), annexes, wording: WordingInput, sources: z.array(Source).max(40), credit: Credit, quotes: z.array(QuoteInput).max(9),
}
export const DraftInput = z.strictObject({ id: z.uuid(), kind: z.enum(KINDS), snapshotId: z.uuid(), title: content.title, issue: content.issue, body: content.body.optional(), annexes })
export const EditInput = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), snapshotId: z.uuid(), ...content })
export const StepInput = z.strictObject({ id: z.uuid(), baseVersion: z.number().int() })
export const ReasonInput = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), reason: z.string().trim().min(4).max(300) })
export const QuoteStepInput = z.strictObject({ id: z.uuid(), number: z.number().int().min(1).max(9) })
export const ListInput = z.strictObject({ q: z.string().trim().max(60).optional(), kind: z.enum(KINDS).optional(), state: z.enum(STATES).optional(), cursor: paging.cursor, limit: paging.limit })
export const BriefingPage = pageOf(BriefingRow)
export const OneInput = z.strictObject({ id: wire.id() })
