import { z } from 'zod'

/** Papers that the software writes. Names, number words, texts and rules of each are rows of data (domain §3.4). */
export const PAPER_TYPES = ['D04', 'D05', 'D06', 'D07', 'D09', 'D10', 'D11', 'D27', 'D30'] as const
export const PaperType = z.enum(PAPER_TYPES)
export type PaperType = z.infer<typeof PaperType>

export const PAPER_STATES = ['DRAFT', 'PENDING', 'RETURNED', 'APPROVED', 'ISSUED', 'SIGNED', 'SERVED', 'VOIDED', 'REVOKED'] as const
export const PaperState = z.enum(PAPER_STATES)
export type PaperState = z.infer<typeof PaperState>

/** What 安法§65(3) allows to order on the spot, and nothing else. */
export const MEASURES = ['EVACUATE', 'STOP_PRODUCTION', 'STOP_USE'] as const
export const Measure = z.enum(MEASURES)
export type Measure = z.infer<typeof Measure>

/** One part of a form. Texts carry places in braces, filled from the record: {partyName}, {countZh}, {referNo}… */
export const Section = z.discriminatedUnion('kind', [
  /** `label`: what the paper calls whom it is for, when that is not 被检查单位; places in braces as in texts. */
  z.strictObject({ kind: z.literal('party'), label: z.string().max(30).optional() }),
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(600), flush: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('heading'), text: z.string().min(1).max(60) }),
  /** The items of the paper as numbered paragraphs. */
  z.strictObject({ kind: z.literal('items'), as: z.enum(['PROBLEMS', 'ORDERS', 'RESULTS', 'ADVICE']), none: z.string().max(60) }),
  /** All ways the form knows; those not chosen are struck out. */
  z.strictObject({ kind: z.literal('measures'), options: z.array(z.strictObject({ code: Measure, text: z.string().max(60) })) }),
  z.strictObject({ kind: z.literal('verdict'), passed: z.string().max(120), failed: z.string().max(120) }),
  /** What an officer wrote himself; a text the form allows but nobody wrote prints ／. */
  z.strictObject({ kind: z.literal('free'), from: z.enum(['checked', 'handling', 'scope', 'until', 'opinion']), label: z.string().max(30) }),
  /** 查封（扣押）清单: name, specification, quantity, place. */
  z.strictObject({ kind: z.literal('things') }),
  /** From when to when, once the paper has its date. */
  z.strictObject({ kind: z.literal('period') }),
  /** Who was there and what was agreed. */
  z.strictObject({ kind: z.literal('talk') }),
  z.strictObject({ kind: z.literal('rights') }),
  z.strictObject({ kind: z.literal('blank') }),
  z.strictObject({ kind: z.literal('recipient'), label: z.string().max(30) }),
  z.strictObject({ kind: z.literal('officers'), label: z.string().max(30) }),
  z.strictObject({ kind: z.literal('seal') }),
  z.strictObject({ kind: z.literal('copies') }),
])
export type Section = z.infer<typeof Section>

/** Which papers must stand before this one, in which state. */
export const Need = z.strictObject({ types: z.array(PaperType).min(1), where: z.enum(['SAME_VISIT', 'REFERRED']), states: z.array(PaperState).min(1) })
export type Need = z.infer<typeof Need>

export const DocType = z.strictObject({
  type: PaperType,
  title: z.string().min(2).max(40),
  /** The 字 of the number, e.g. 责改; null when the paper carries no number. */
  wordCode: z.string().regex(/^[\u4e00-\u9fa5]{1,4}$/).nullable(),
  /** ADVICE obliges nobody: no 责令, no deadline in law, no rights of remedy. */
  effect: z.enum(['LEGAL', 'ADVICE']),
  approval: z.boolean(),
  service: z.boolean(),
  minOfficers: z.int().min(1).max(2),
  certificates: z.boolean(),
  /** HEAD: 行政机关负责人 alone approves (强法§18). */
  approver: z.enum(['LEAD', 'HEAD']).optional(),
  /** INSPECTION: visits that may issue papers by visit/kinds.ts; SERVICE: patrols and guidance only; ANY: with or without a visit. */
  visits: z.enum(['INSPECTION', 'SERVICE', 'ANY']),
  needs: z.array(Need),
  /** STOPPABLE: only 重大事故隐患 or those to be stopped at once; REFERRED: those of the paper referred to; NONE: it follows a paper and lists none. */
  hazards: z.enum(['ANY', 'CONFIRMED', 'STOPPABLE', 'REFERRED', 'NONE']),
  basisNeeded: z.boolean(),
  copies: z.int().min(1).max(9),
  copyHolders: z.string().max(80),
  rights: z.string().max(300).nullable(),
  sections: z.array(Section).min(1).max(40),
})
export type DocType = z.infer<typeof DocType>

/** The parts of a type that stand on the page: kept inside each paper, so that a later change of the form moves no old paper. */
export const Form = DocType.pick({ type: true, title: true, copies: true, copyHolders: true, rights: true, sections: true, effect: true })
export type Form = z.infer<typeof Form>
