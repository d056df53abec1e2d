import { z } from 'zod'
import { HAZARD_CATEGORY_CODES } from './taxonomy.ts'

/** DRAFT may be edited; PUBLISHED is immutable and may be used; RETIRED stays readable for the visits that used it. */
export const CHECKLIST_STATES = ['DRAFT', 'PUBLISHED', 'RETIRED'] as const
export type ChecklistState = (typeof CHECKLIST_STATES)[number]

/**
 * STOP_USE is an action flag (evacuate, cut the gas, switch the machine off), not a legal level: the level of such a
 * hazard is GENERAL until a criteria clause is met. MAJOR is a default to be proved by one of `majorClauseIds`.
 */
export const SEVERITIES = ['GENERAL', 'MAJOR', 'STOP_USE'] as const
export type Severity = (typeof SEVERITIES)[number]

export const EVIDENCE_KINDS = ['PHOTO', 'NONE'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

export const SPECIAL_PERIODS = ['EPIDEMIC'] as const
export type SpecialPeriod = (typeof SPECIAL_PERIODS)[number]

/** Bodies that hold the power over a matter. EMB is the bureau itself; everybody else receives a transfer (安法§69). */
export const AUTHORITIES = [
  'EMB', 'FIRE_RESCUE', 'GAS_AUTHORITY', 'HOUSING', 'MARKET_REGULATION', 'MINE_SAFETY', 'ENERGY', 'CIVIL_EXPLOSIVES',
] as const
export type Authority = (typeof AUTHORITIES)[number]

/** Where a figure inside an item comes from when it was not read in a law: common practice, or our own proposal. */
export const LIMIT_SOURCES = ['KNOWLEDGE', 'DESIGN'] as const
export type LimitSource = (typeof LIMIT_SOURCES)[number]

/**
 * One cited rule. `law` is the abbreviation used in `laws.ts` (安法, 10号令) or the number of a standard (GB 50054);
 * `article` is the bare number (`36`, `11(7)`, `134之一`) or null when a standard is cited as a whole.
 */
export const LegalBasis = z.strictObject({
  law: z.string().min(1).max(60),
  article: z.string().regex(/^\d+(之[一二三四五六七八九])?(\(\d+\))?$/).nullable(),
  text: z.string().min(1).max(80),
})
export type LegalBasis = z.infer<typeof LegalBasis>

/** The longest default an item may offer: R1 allows at most 30 calendar days for a general hazard. */
export const MAX_DEFAULT_DAYS = 30

export const ChecklistItem = z.strictObject({
  /** Never reused for another question: hazards, figures and comparisons between visits are keyed by it. */
  code: z.string().regex(/^[A-Z]{1,6}-?\d{1,3}$/),
  category: z.string().min(1).max(20),
  content: z.string().min(1).max(200),
  method: z.string().min(1).max(200),
  severity: z.enum(SEVERITIES),
  /** Any one of these clauses, in force on the day of the event and met, makes the finding MAJOR. */
  majorClauseIds: z.array(z.string()).default([]),
  /** A GENERAL item that turns into an immediate stop under this condition (漏气). */
  stopWhen: z.string().min(1).max(20).optional(),
  legalBasis: z.array(LegalBasis),
  /** Calendar days; 0 = at once. */
  defaultDays: z.int().min(0).max(MAX_DEFAULT_DAYS),
  defaultRequirement: z.string().min(1).max(200),
  evidence: z.enum(EVIDENCE_KINDS),
  specialPeriod: z.enum(SPECIAL_PERIODS).optional(),
  hazardCategory: z.enum(HAZARD_CATEGORY_CODES),
  /** The body whose penalty power it is when it is not the bureau's (domain §14.3). */
  transferTo: z.enum(AUTHORITIES).optional(),
  /** 复工 is refused while this item fails (G2 隐患清零). */
  blocksResumption: z.literal(true).optional(),
  /** Full marks of a scored list (园区验收); `bonus` points stand outside the 100. */
  points: z.int().min(1).max(20).optional(),
  bonus: z.literal(true).optional(),
  limitSource: z.enum(LIMIT_SOURCES).optional(),
})
export type ChecklistItem = z.infer<typeof ChecklistItem>

/** Kinds, tags and sectors are codes owned by visit and enterprise; a trailing `*` stands for every code with that beginning. */
const Code = z.string().regex(/^[A-Z][A-Z0-9_]*\*?$/)

/** An empty list means "no condition". Between the three lists all must hold, within a list any. */
export const AppliesTo = z.strictObject({
  tags: z.array(Code).default([]),
  siteKinds: z.array(Code).default([]),
  sectors: z.array(Code).default([]),
})
export type AppliesTo = z.infer<typeof AppliesTo>

export const ChecklistVersion = z.strictObject({
  id: z.uuid(),
  code: z.string().regex(/^[A-Z]{2,6}$/),
  name: z.string().min(1).max(60),
  version: z.int().min(1),
  state: z.enum(CHECKLIST_STATES),
  /** Until when a retired version was in use, where that is known. */
  retiredAt: z.string().optional(),
  /** Contact kinds (domain §3.1) this list may be used in; a patrol list cannot be opened in an inspection and vice versa. */
  visitKinds: z.array(Code),
  appliesTo: AppliesTo,
  /** Cited for every item that names no rule of its own. */
  legalBasis: z.array(LegalBasis).default([]),
  items: z.array(ChecklistItem),
})
export type ChecklistVersion = z.infer<typeof ChecklistVersion>

export type SiteProfile = { kind: string; tags: readonly string[]; sector: string | null }

function covers(patterns: readonly string[], value: string): boolean {
  return patterns.some((p) => (p.endsWith('*') ? value.startsWith(p.slice(0, -1)) : p === value))
}

/** Whether a list is meant for this site. A site without a sector never matches a list limited to sectors. */
export function isMeantFor(applies: AppliesTo, site: SiteProfile): boolean {
  const kind = applies.siteKinds.length === 0 || covers(applies.siteKinds, site.kind)
  const sector = applies.sectors.length === 0 || (site.sector !== null && covers(applies.sectors, site.sector))
  const tag = applies.tags.length === 0 || site.tags.some((t) => covers(applies.tags, t))
  return kind && sector && tag
}

/** The items to be asked: those of a special period only while that period is active in the region (FG-38~40). */
export function itemsToAsk(version: ChecklistVersion, activePeriods: readonly SpecialPeriod[]): ChecklistItem[] {
  return version.items.filter((i) => i.specialPeriod === undefined || activePeriods.includes(i.specialPeriod))
}

/** The rules to be cited for an item: its own, else those of the list. */
export function basisOf(version: Pick<ChecklistVersion, 'legalBasis'>, item: ChecklistItem): LegalBasis[] {
  return item.legalBasis.length > 0 ? item.legalBasis : version.legalBasis
}
