import type { Authority } from './checklist.ts'
import type { CriteriaClause, CriteriaDocument, CriteriaRegistry, GongmaoSector, Regime } from './criteria.ts'
import { clauseById, clauseInForce, criteria, documentOf, documentsInForce, FALLBACK_CLAUSE, fullCitation, MULTIPLIER_CLAUSE, shortCitation } from './criteria.ts'
import type { FactValues, FailureMode } from './logic.ts'
import { find, leavesOf } from './logic.ts'
import type { ChecklistRefusal } from './zh.ts'
import { AUTHORITY_NAMES, REGIME_NAMES, SECTOR_NAMES, TAG_NAMES } from './zh.ts'

/**
 * What is registered about a site on the day of the event, and what the matter is about. `regime` names the matter
 * (a fire matter in a 机械 enterprise is FIRE); without it every regime the site may fall under is offered.
 */
export type SiteFacts = { sector: GongmaoSector | null; tags: readonly string[]; chemical?: boolean; regime?: Regime }

export type Verdict = 'MET' | 'NOT_MET' | 'UNDECIDED'

export type Judgement = {
  clauseId: string
  verdict: Verdict
  /** INEFFECTIVE: met only because a device failed, so 10号令§14 is cited too. */
  mode: FailureMode | null
  /** Facts of the dictionary that can still change the verdict. */
  missing: string[]
  explanation: string
}

function documentApplies(document: CriteriaDocument, site: SiteFacts): boolean {
  if (site.regime !== undefined) return document.regime === site.regime
  if (document.regime === 'GONGMAO') return site.sector !== null
  if (document.regime === 'HAZCHEM' && site.chemical === true) return true
  return document.scopeTags.some((t) => t === '*' || site.tags.includes(t))
}

/** What registration lacks for a clause; a known other sector is not a lack but a no. */
function registrationGaps(clause: CriteriaClause, site: SiteFacts, registry: CriteriaRegistry): string[] {
  const gaps: string[] = []
  if (!documentApplies(documentOf(clause, registry), site)) gaps.push(`regime:${clause.regime}`)
  if (clause.sector !== undefined && site.sector === null) gaps.push(`sector:${clause.sector}`)
  if (clause.requiresTag !== undefined && !site.tags.includes(clause.requiresTag)) gaps.push(`tag:${clause.requiresTag}`)
  return gaps
}

function sectorFits(clause: CriteriaClause, site: SiteFacts): boolean {
  return clause.sector === undefined || site.sector === null || clause.sector === site.sector
}

/**
 * Clauses that may apply to a site on the local date of the event: regime before industry (10号令§2), then sector, tag
 * and time. The multiplier §14 and the fallback are not offered: neither can be chosen by itself.
 */
export function candidates(site: SiteFacts, date: string, registry: CriteriaRegistry = criteria): CriteriaClause[] {
  return registry.clauses.filter(
    (c) =>
      c.id !== MULTIPLIER_CLAUSE && c.id !== FALLBACK_CLAUSE && clauseInForce(c, date) &&
      sectorFits(c, site) && registrationGaps(c, site, registry).length === 0,
  )
}

const CONCLUSIONS: Record<Verdict, string> = { MET: '构成重大事故隐患', NOT_MET: '不构成本条', UNDECIDED: '尚不能判定' }

/**
 * Judges one clause against what was found. Applicability and date are not looked at here (see gradeOf).
 * A clause without a condition of its own is UNDECIDED for ever, with the reason in the explanation.
 */
export function evaluate(clause: CriteriaClause, facts: FactValues, registry: CriteriaRegistry = criteria): Judgement {
  const where = shortCitation(clause, registry)
  if (clause.logic === null) {
    const why = clause.id === MULTIPLIER_CLAUSE ? '须与前列条款一并适用，不能单独判定' : '不能由系统判定'
    return { clauseId: clause.id, verdict: 'UNDECIDED', mode: null, missing: [], explanation: `${where}：${why}。` }
  }
  const found = find(clause.logic, facts, registry.facts)
  const verdict: Verdict = found.truth === null ? 'UNDECIDED' : found.truth ? 'MET' : 'NOT_MET'
  const multiplier = found.mode === 'INEFFECTIVE' ? clauseById(MULTIPLIER_CLAUSE, registry) : undefined
  const via = multiplier === undefined ? '' : `（设施失效或者无效，依${shortCitation(multiplier, registry)}同样判定）`
  const topic = clause.topicOnly === true && verdict !== 'MET' ? '本库仅收录该条主题，须取得标准原文；' : ''
  return {
    clauseId: clause.id, verdict, mode: found.mode, missing: found.missing,
    explanation: `${where}：${topic}${found.phrase}。${CONCLUSIONS[verdict]}${via}。`,
  }
}

export type GradeInput = {
  site: SiteFacts
  /** Local business date of the event, `YYYY-MM-DD`. */
  eventDate: string
  facts: FactValues
  /** Clauses named by the checklist item or chosen by the officer. Absent: every candidate the facts speak about. */
  clauseIds?: readonly string[]
  /** Asks for the definition of 16号令§3 where no document fits; both must have signed. */
  fallback?: { leaderSigned: boolean; expertSigned: boolean }
}

export type GradeOutcome = 'MAJOR' | 'GENERAL' | 'UNDECIDED' | 'TRANSFER'

export type Grade = {
  outcome: GradeOutcome
  /** The legal level; null while it is undecided or another body's to decide. */
  level: 'MAJOR' | 'GENERAL' | null
  clauseId: string | null
  /** All clauses to be cited, the multiplier included. */
  basis: string[]
  mode: FailureMode | null
  transferTo: Authority | null
  /** Facts to be looked at, and `regime:X`, `sector:X`, `tag:X` for gaps in the register. */
  missing: string[]
  refusals: ChecklistRefusal[]
  judgements: Judgement[]
  explanation: string
}

type Sorted = { own: CriteriaClause[]; foreign: CriteriaClause[]; notes: string[] }

function sortRequested(input: GradeInput, registry: CriteriaRegistry): Sorted {
  const sorted: Sorted = { own: [], foreign: [], notes: [] }
  const requested = input.clauseIds ?? touched(input, registry).map((c) => c.id)
  for (const id of requested) {
    const clause = clauseById(id, registry)
    if (clause === undefined || id === MULTIPLIER_CLAUSE || id === FALLBACK_CLAUSE) sorted.notes.push(`${id}不能单独引用。`)
    else if (!clauseInForce(clause, input.eventDate)) sorted.notes.push(`${shortCitation(clause, registry)}在${input.eventDate}未施行，不适用。`)
    else if (documentOf(clause, registry).authority !== 'EMB') sorted.foreign.push(clause)
    else if (input.site.regime !== undefined && clause.regime !== input.site.regime) sorted.notes.push(`${shortCitation(clause, registry)}不适用于本类事项（另有专门判定标准）。`)
    else if (!sectorFits(clause, input.site)) sorted.notes.push(`${shortCitation(clause, registry)}适用于${clause.industry}，与企业登记行业不符。`)
    else sorted.own.push(clause)
  }
  return sorted
}

function touched(input: GradeInput, registry: CriteriaRegistry): CriteriaClause[] {
  const speaks = (c: CriteriaClause) => c.logic !== null && leavesOf(c.logic).some((l) => l.fact in input.facts)
  return candidates(input.site, input.eventDate, registry).filter(speaks)
}

/** A clause that would be met but for the register is not "general": the register is to be put right first. */
function judge(clause: CriteriaClause, input: GradeInput, registry: CriteriaRegistry): Judgement {
  const judgement = evaluate(clause, input.facts, registry)
  const gaps = registrationGaps(clause, input.site, registry)
  if (gaps.length === 0 || judgement.verdict === 'NOT_MET') return judgement
  return {
    ...judgement, verdict: 'UNDECIDED', missing: [...judgement.missing, ...gaps],
    explanation: `${shortCitation(clause, registry)}：企业未登记${gaps.map((g) => gapName(g, clause)).join('、')}，请先核实。${judgement.explanation}`,
  }
}

function gapName(gap: string, clause: CriteriaClause): string {
  if (gap.startsWith('tag:')) return `标签“${TAG_NAMES[gap.slice(4)] ?? gap.slice(4)}”`
  if (gap.startsWith('sector:') && clause.sector !== undefined) return `行业“${SECTOR_NAMES[clause.sector]}”`
  return `为“${REGIME_NAMES[clause.regime]}”监管对象`
}

const blank: Omit<Grade, 'outcome' | 'explanation'> = {
  level: null, clauseId: null, basis: [], mode: null, transferTo: null, missing: [], refusals: [], judgements: [],
}

function asMajor(met: Judgement, judgements: Judgement[], registry: CriteriaRegistry): Grade {
  const clause = clauseById(met.clauseId, registry)
  const basis = met.mode === 'INEFFECTIVE' ? [met.clauseId, MULTIPLIER_CLAUSE] : [met.clauseId]
  const citation = clause === undefined ? '' : `依据${fullCitation(clause, registry)}。`
  return { ...blank, outcome: 'MAJOR', level: 'MAJOR', clauseId: met.clauseId, basis, mode: met.mode, judgements, explanation: `${met.explanation}${citation}` }
}

function asTransfer(to: Authority, subject: string, judgements: Judgement[]): Grade {
  const name = AUTHORITY_NAMES[to]
  return { ...blank, outcome: 'TRANSFER', transferTo: to, judgements, explanation: `${subject}由${name}判定，应急管理部门不作等级认定，移送${name}；现场危险先行停用、撤人。` }
}

function foreignAuthority(input: GradeInput, foreign: readonly CriteriaClause[], registry: CriteriaRegistry): { to: Authority; subject: string } | null {
  // A clause the officer named is a suspicion and goes over; one merely touched by facts must be met.
  const first = input.clauseIds === undefined ? foreign.find((c) => evaluate(c, input.facts, registry).verdict === 'MET') : foreign[0]
  if (first !== undefined) {
    const document = documentOf(first, registry)
    return { to: document.authority, subject: `《${document.title}》所列情形` }
  }
  if (input.site.regime === undefined) return null
  const document = documentsInForce(input.site.regime, input.eventDate, registry)[0] ?? registry.documents.find((d) => d.regime === input.site.regime)
  return document === undefined || document.authority === 'EMB' ? null : { to: document.authority, subject: '本类事项' }
}

function fallbackGrade(input: GradeInput, judgements: Judgement[], registry: CriteriaRegistry): Grade | ChecklistRefusal[] {
  const { leaderSigned = false, expertSigned = false } = input.fallback ?? {}
  const refusals: ChecklistRefusal[] = []
  if (!leaderSigned) refusals.push({ code: 'checklist.fallback_needs_leader', field: 'fallback.leaderSigned', params: {} })
  if (!expertSigned) refusals.push({ code: 'checklist.fallback_needs_expert', field: 'fallback.expertSigned', params: {} })
  if (refusals.length > 0) return refusals
  const clause = clauseById(FALLBACK_CLAUSE, registry)
  const citation = clause === undefined ? FALLBACK_CLAUSE : fullCitation(clause, registry)
  return { ...blank, outcome: 'MAJOR', level: 'MAJOR', clauseId: FALLBACK_CLAUSE, basis: [FALLBACK_CLAUSE], judgements, explanation: `无专门判定条款成立，经分管负责人和专家签字，依据${citation}的定义认定为重大事故隐患。` }
}

/** Documents of the named matter that were in force but of which no clause is held: silence of the registry is not "general". */
function unheldDocuments(input: GradeInput, registry: CriteriaRegistry): CriteriaDocument[] {
  const regimes: Regime[] = input.site.regime === undefined ? (input.site.sector === null ? [] : ['GONGMAO']) : [input.site.regime]
  return regimes.flatMap((r) => documentsInForce(r, input.eventDate, registry)).filter((d) => !registry.clauses.some((c) => c.docCode === d.code))
}

/**
 * The legal level of a finding (domain §2.1): MAJOR only by a clause in force at the event, applicable and met; another
 * body's matter is TRANSFER; open facts are UNDECIDED, never silently general; else GENERAL. The fallback GEN-16-3 is tried
 * only when no clause is met, and answers with refusals until leader and expert have signed.
 */
export function gradeOf(input: GradeInput, registry: CriteriaRegistry = criteria): Grade {
  const { own, foreign, notes } = sortRequested(input, registry)
  const judgements = own.map((c) => judge(c, input, registry))
  const met = judgements.find((j) => j.verdict === 'MET' && j.mode !== 'INEFFECTIVE') ?? judgements.find((j) => j.verdict === 'MET')
  if (met !== undefined) return asMajor(met, judgements, registry)
  const other = foreignAuthority(input, foreign, registry)
  if (other !== null) return asTransfer(other.to, other.subject, judgements)
  const fallback = input.fallback === undefined ? [] : fallbackGrade(input, judgements, registry)
  if (!Array.isArray(fallback)) return fallback
  const open = judgements.filter((j) => j.verdict === 'UNDECIDED')
  const unheld = unheldDocuments(input, registry)
  const texts = [...judgements.map((j) => j.explanation), ...notes, ...unheld.map((d) => `当日适用《${d.title}》（${d.number}），本库未收录其条款，须查原文。`)]
  if (open.length > 0 || unheld.length > 0) {
    const missing = [...new Set(open.flatMap((j) => j.missing))]
    return { ...blank, outcome: 'UNDECIDED', missing, refusals: fallback, judgements, explanation: texts.join('') }
  }
  return { ...blank, outcome: 'GENERAL', level: 'GENERAL', refusals: fallback, judgements, explanation: `${texts.join('')}未触及重大事故隐患判定条款，按一般隐患处理。` }
}
