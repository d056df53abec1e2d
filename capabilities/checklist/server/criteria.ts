import type { z } from 'zod'
import { type CriteriaClause, clauseInForce, criteria, documentOf, fullCitation, shortCitation } from '../criteria.ts'
import { candidates, gradeOf, type SiteFacts } from '../grading.ts'
import { leavesOf } from '../logic.ts'
import type { CandidatesInput, Clause, GradeAnswer, GradeQuery } from '../records.ts'
import { suggestClauses } from '../search.ts'
import { SECTOR_NAMES, TAG_NAMES } from '../zh.ts'

/** A clause as screens show it, with the facts it asks for. */
export function toClause(clause: CriteriaClause): Clause {
  const names = clause.logic === null ? [] : [...new Set(leavesOf(clause.logic).map((leaf) => leaf.fact))]
  return {
    id: clause.id, document: documentOf(clause).title, industry: clause.industry, citation: shortCitation(clause), fullCitation: fullCitation(clause), summary: clause.summaryZh,
    regime: clause.regime, sector: clause.sector ?? null, requiresTag: clause.requiresTag ?? null, authority: documentOf(clause).authority,
    facts: names.flatMap((name) => criteria.facts.get(name) ?? []), topicOnly: clause.topicOnly === true, from: clause.effectiveFrom, to: clause.effectiveTo, mark: clause.sourceMark,
  }
}

/** Clauses in force on a day, by regime and words; without words in the registry's order. */
export function clausesOn(date: string, regime: string | undefined, words: string | undefined): Clause[] {
  const found = criteria.clauses.filter((clause) => clauseInForce(clause, date) && (!regime || clause.regime === regime))
  return (words ? suggestClauses(words, found, 50).map((hit) => hit.found) : found).map(toClause)
}

const siteOf = (input: z.output<typeof CandidatesInput> | z.output<typeof GradeQuery>): SiteFacts => ({
  sector: input.sector ?? null, tags: input.tags ?? [], ...(input.chemical === undefined ? {} : { chemical: input.chemical }), ...(input.regime ? { regime: input.regime } : {}),
})

/** Clauses that may apply to a site on a day; with words the best twelve of them. */
export function candidatesFor(input: z.output<typeof CandidatesInput>): Clause[] {
  const found = candidates(siteOf(input), input.date)
  return (input.words ? suggestClauses(input.words, found, 12).map((hit) => hit.found) : found).map(toClause)
}

/** The level by law with every judgement behind it; nothing is stored. */
export function gradeFor(input: z.output<typeof GradeQuery>): z.input<typeof GradeAnswer> {
  const grade = gradeOf({ site: siteOf(input), eventDate: input.date, facts: input.facts, ...(input.clauseIds ? { clauseIds: input.clauseIds } : {}) })
  return { ...grade, missing: grade.missing.map((name) => ({ name, label: missingLabel(name) })) }
}

function missingLabel(name: string): string {
  const [kind, code = ''] = name.split(':')
  if (kind === 'tag') return `登记标签“${TAG_NAMES[code] ?? code}”`
  if (kind === 'sector') return `登记行业“${SECTOR_NAMES[code as keyof typeof SECTOR_NAMES] ?? code}”`
  return criteria.facts.get(name)?.label ?? name
}
