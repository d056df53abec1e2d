import { z } from 'zod'
import type { LocalDate } from '../../kernel/core/time.ts'
import { isLocalDate } from '../../kernel/core/time.ts'
import { AUTHORITIES } from './checklist.ts'
import data from './criteria.data.json' with { type: 'json' }
import facts from './facts.data.json' with { type: 'json' }
import { articleText } from './laws.ts'
import type { FactDictionary } from './logic.ts'
import { FactDefinition, Logic } from './logic.ts'

/**
 * Whose criteria a *matter* is judged by. Chosen before the industry: inside a 工贸 enterprise, hazardous chemicals,
 * fire, gas and special equipment follow their own criteria (10号令§2). GENERAL is the fallback definition of 16号令§3.
 */
export const REGIMES = [
  'GONGMAO', 'HAZCHEM', 'FIREWORKS', 'FIRE', 'CITY_GAS', 'CONSTRUCTION', 'SPECIAL_EQUIP', 'COAL_MINE', 'MINE', 'POWER', 'CIVIL_EXPLOSIVES', 'GENERAL',
] as const
export type Regime = (typeof REGIMES)[number]

/** 工贸八大行业. */
export const GONGMAO_SECTORS = ['METALLURGY', 'NONFERROUS', 'BUILDING_MATERIALS', 'MACHINERY', 'LIGHT', 'TEXTILE', 'TOBACCO', 'COMMERCE'] as const
export type GongmaoSector = (typeof GONGMAO_SECTORS)[number]

/** How far a row may be trusted: text was read; professional knowledge; not certain; our own proposal. */
export const SOURCE_MARKS = ['VERIFIED', 'KNOWLEDGE', 'UNCERTAIN', 'DESIGN'] as const

/** Start dates may be known to the year or month only. Such a beginning sorts before every day inside it. */
const StartDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/).nullable()
const EndDate = z.iso.date().nullable()

export const CriteriaDocument = z.strictObject({
  code: z.string(),
  title: z.string(),
  number: z.string(),
  /** How officers name it: 10号令. */
  shortName: z.string(),
  regime: z.enum(REGIMES),
  /** Who decides by it. Everything not EMB is transferred, not judged. */
  authority: z.enum(AUTHORITIES),
  /** 法规 clauses are 第…条, standards have numbered clauses. */
  clauseStyle: z.enum(['ARTICLE', 'NUMBER']),
  effectiveFrom: StartDate,
  effectiveTo: EndDate,
  /** Tags that put a site under the document without anyone naming the matter; `*` = every site. */
  scopeTags: z.array(z.string()).default([]),
  note: z.string(),
  sourceMark: z.enum(SOURCE_MARKS),
})
export type CriteriaDocument = z.infer<typeof CriteriaDocument>

export const CriteriaClause = z.strictObject({
  id: z.string(),
  docCode: z.string(),
  /** Heading of the document (粉尘涉爆, 机械). */
  industry: z.string(),
  clause: z.string(),
  summaryZh: z.string(),
  regime: z.enum(REGIMES),
  /** Absent: every sector of the regime. */
  sector: z.enum(GONGMAO_SECTORS).optional(),
  requiresTag: z.string().optional(),
  /** null: not decidable by itself (the multiplier §14, the fire elements). */
  logic: Logic.nullable(),
  /** Only the topic is held here; the official text must be read before judging. */
  topicOnly: z.literal(true).optional(),
  effectiveFrom: StartDate,
  effectiveTo: EndDate,
  sourceMark: z.enum(SOURCE_MARKS),
})
export type CriteriaClause = z.infer<typeof CriteriaClause>

export type CriteriaRegistry = { documents: readonly CriteriaDocument[]; clauses: readonly CriteriaClause[]; facts: FactDictionary }

/** The registry as shipped. A district with the official text of more documents builds its own and passes it on. */
export const criteria: CriteriaRegistry = {
  documents: z.array(CriteriaDocument).parse(data.documents),
  clauses: z.array(CriteriaClause).parse(data.clauses),
  facts: new Map(z.array(FactDefinition).parse(facts).map((f) => [f.name, f])),
}

/** The failed-device multiplier, and the definition used when no document fits. */
export const MULTIPLIER_CLAUSE = 'GM-14'
export const FALLBACK_CLAUSE = 'GEN-16-3'

/** The clause or undefined. */
export function clauseById(id: string, registry: CriteriaRegistry = criteria): CriteriaClause | undefined {
  return registry.clauses.find((c) => c.id === id)
}

/** The document of a clause; RangeError when the registry is broken. */
export function documentOf(clause: CriteriaClause, registry: CriteriaRegistry = criteria): CriteriaDocument {
  const found = registry.documents.find((d) => d.code === clause.docCode)
  if (found === undefined) throw new RangeError(`clause ${clause.id} has no document ${clause.docCode}`)
  return found
}

/**
 * Whether a clause or document applied on the local business date of the *event* (`YYYY-MM-DD`, Asia/Shanghai), never today's.
 * RangeError for anything but a plain date: a timestamp would sort after its own day and lose the last day of a rule.
 */
export function clauseInForce(clause: Pick<CriteriaClause, 'effectiveFrom' | 'effectiveTo'>, date: LocalDate): boolean {
  if (!isLocalDate(date)) throw new RangeError(`not a local date: ${date}`)
  return (clause.effectiveFrom === null || clause.effectiveFrom <= date) && (clause.effectiveTo === null || date <= clause.effectiveTo)
}

/** Documents of a regime in force on a date. */
export function documentsInForce(regime: Regime, date: string, registry: CriteriaRegistry = criteria): CriteriaDocument[] {
  return registry.documents.filter((d) => d.regime === regime && clauseInForce(d, date))
}

function clauseNumber(clause: CriteriaClause, document: CriteriaDocument): string {
  const bare = clause.clause.replace('§', '')
  if (bare.endsWith('章')) return `第${bare}`
  // Where the numbering is not certain the row carries a letter, which must not stand on a paper.
  if (!/^\d/.test(bare)) return ''
  return document.clauseStyle === 'ARTICLE' ? articleText(bare) : `第${bare}条`
}

/** 10号令第十二条第（二）项: how officers say it. */
export function shortCitation(clause: CriteriaClause, registry: CriteriaRegistry = criteria): string {
  const document = documentOf(clause, registry)
  return `${document.shortName}${clauseNumber(clause, document)}`
}

/** 《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十二条第（二）项: how a paper says it. */
export function fullCitation(clause: CriteriaClause, registry: CriteriaRegistry = criteria): string {
  const document = documentOf(clause, registry)
  return `《${document.title}》（${document.number}）${clauseNumber(clause, document)}`
}
