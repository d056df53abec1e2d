import { canonicalJson } from '../../kernel/core/canonical-json.ts'
import { sha256 } from '../../kernel/core/sha256.ts'
import { BudgetTree, type Dice, dice } from './dice.ts'

/**
 * 双随机: sites and officers drawn so that anybody can do it again (domain §3.2). Everything here is whole numbers: another
 * language gives the same list. The steps are written for an outsider in README.md, section 抽取算法.
 */

export interface PoolSite {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly enterpriseId: string
  readonly stratum: string
  /** Thousandths: 1000 for a site inspected today, more the longer nobody came; at most 100,000. */
  readonly weight: number
  /** A tag that one of the two officers should know; '' for none. */
  readonly skill: string
}

export interface PoolOfficer {
  readonly id: string
  readonly name: string
  readonly certificate: string
  readonly skills: readonly string[]
}

export interface Pool {
  readonly sites: readonly PoolSite[]
  readonly officers: readonly PoolOfficer[]
  /** Who may not go where (罚法§43). */
  readonly conflicts: readonly { readonly officerId: string; readonly enterpriseId: string }[]
  /** Pairs that were at an enterprise within the last 365 days. */
  readonly before: readonly { readonly a: string; readonly b: string; readonly enterpriseId: string }[]
}

export interface DrawRules {
  readonly drawId: string
  /** Per stratum: a rate in thousandths (rounded up to whole sites) or a number; `reserves` more are drawn to stand in. */
  readonly strata: readonly { readonly stratum: string; readonly permille?: number; readonly count?: number; readonly reserves: number }[]
  readonly pairs: boolean
}

export interface Party {
  readonly name: string
  readonly commitment: string
  readonly secret: string
}

export interface DrawnSite {
  readonly siteId: string
  readonly stratum: string
  /** 1 … in the order in which they came out; reserves go on counting. */
  readonly order: number
  readonly reserve: boolean
  readonly officers: readonly string[]
  /** Why the pair is what it is: a rule that could not be kept. Empty when all were. */
  readonly notes: readonly ('NO_PAIR' | 'NO_SKILL' | 'PAIR_AGAIN')[]
}

export const poolHash = (rules: DrawRules, pool: Pool): string => sha256(canonicalJson({ pool, rules }))

/** What a party hands in before anybody's secret is known; bound to the draw and the person, so that it cannot be copied. */
export const commitmentOf = (drawId: string, personId: string, secret: string): string => sha256(`angrid-commit|${drawId}|${personId}|${secret}`)

/** Nobody knew this before the public value was there: frozen pool, all secrets in the order of their commitments, public value. */
export const seedOf = (given: { poolHash: string; secrets: readonly string[]; publicValue: string }): string =>
  sha256(canonicalJson({ poolHash: given.poolHash, publicValue: given.publicValue.trim(), secrets: given.secrets }))

/** Sites asked of a stratum: a rate rounded up (n = ⌈rate × pool⌉), or the number given. */
export const askedOf = (rule: { permille?: number | undefined; count?: number | undefined }, size: number): number => rule.count ?? Math.ceil(((rule.permille ?? 0) * size) / 1000)

/** The whole result of a seed: the same for everybody, for ever. */
export function runDraw(rules: DrawRules, pool: Pool, seed: string): DrawnSite[] {
  const drawn = rules.strata.flatMap((rule) => drawStratum(rule, pool.sites.filter((site) => site.stratum === rule.stratum), seed))
  if (!rules.pairs) return drawn
  const load = new Map<string, number>()
  const known = indexed(pool)
  return drawn.map((one) => (one.reserve ? one : { ...one, ...pairFor(known.site(one.siteId), known, dice(seed, `pair|${one.siteId}|0`), load) }))
}

/** A pool by its keys: tens of thousands of sites are looked up one by one. */
interface Indexed {
  readonly officers: readonly PoolOfficer[]
  site(id: string): PoolSite
  barred(enterpriseId: string): readonly string[]
  before(enterpriseId: string): readonly { readonly a: string; readonly b: string }[]
}

function indexed(pool: Pool): Indexed {
  const sites = new Map(pool.sites.map((site) => [site.id, site]))
  const barred = new Map<string, string[]>()
  for (const c of pool.conflicts) barred.set(c.enterpriseId, [...(barred.get(c.enterpriseId) ?? []), c.officerId])
  const before = new Map<string, { a: string; b: string }[]>()
  for (const p of pool.before) before.set(p.enterpriseId, [...(before.get(p.enterpriseId) ?? []), p])
  const officers = [...pool.officers].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { officers, site: (id) => sites.get(id)!, barred: (id) => barred.get(id) ?? [], before: (id) => before.get(id) ?? [] }
}

function drawStratum(rule: DrawRules['strata'][number], given: readonly PoolSite[], seed: string): DrawnSite[] {
  // By id, so that the order in which a pool was read changes nothing.
  const sites = [...given].sort((a, b) => (a.id < b.id ? -1 : 1))
  const asked = Math.min(askedOf(rule, sites.length), sites.length)
  const wanted = Math.min(asked + rule.reserves, sites.length)
  const throws = dice(seed, `stratum|${rule.stratum}`)
  const budget = new BudgetTree(sites.map((site) => site.weight))
  return Array.from({ length: wanted }, (_, i) => {
    const at = budget.take(throws.below(budget.total))
    return { siteId: sites[at]!.id, stratum: rule.stratum, order: i + 1, reserve: i >= asked, officers: [], notes: [] }
  })
}

/** Two officers: no conflict, not this pair again within a year, one who knows the trade; of the fitting those with least to do. */
function pairFor(site: PoolSite, pool: Indexed, throws: Dice, load: Map<string, number>, without: readonly string[] = []): Pick<DrawnSite, 'officers' | 'notes'> {
  const barred = new Set([...without, ...pool.barred(site.enterpriseId)])
  const free = pool.officers.filter((o) => !barred.has(o.id))
  if (free.length < 2) return { officers: [], notes: ['NO_PAIR'] }
  const knows = (o: PoolOfficer) => o.skills.includes(site.skill)
  const skilled = site.skill ? free.filter(knows) : free
  const first = leastBusy(skilled.length ? skilled : free, load, throws)
  const again = (o: PoolOfficer) => pool.before(site.enterpriseId).some((p) => (p.a === first.id && p.b === o.id) || (p.b === first.id && p.a === o.id))
  const others = free.filter((o) => o.id !== first.id)
  const fresh = others.filter((o) => !again(o))
  const second = leastBusy(fresh.length ? fresh : others, load, throws)
  for (const one of [first, second]) load.set(one.id, (load.get(one.id) ?? 0) + 1)
  const notes: DrawnSite['notes'] = [...(site.skill && !skilled.length ? (['NO_SKILL'] as const) : []), ...(fresh.length ? [] : (['PAIR_AGAIN'] as const))]
  return { officers: [first.id, second.id], notes }
}

function leastBusy(officers: readonly PoolOfficer[], load: ReadonlyMap<string, number>, throws: Dice): PoolOfficer {
  const least = Math.min(...officers.map((o) => load.get(o.id) ?? 0))
  const fitting = officers.filter((o) => (load.get(o.id) ?? 0) === least)
  return fitting[throws.below(fitting.length)]!
}

export const REPLACE_REASONS = ['STOPPED', 'MOVED', 'TWICE', 'RECUSAL'] as const
export const REPLACE_ZH: Readonly<Record<(typeof REPLACE_REASONS)[number], string>> = { STOPPED: '企业停产', MOVED: '搬迁', TWICE: '重复', RECUSAL: '回避' }

/** One change after the draw, shown in public with its reason. */
export interface Change {
  readonly siteId: string
  readonly reason: (typeof REPLACE_REASONS)[number]
  readonly note: string
  /** 回避: the officer who steps back; the site stays. */
  readonly officerId?: string | undefined
  readonly byName: string
  readonly at: string
}

export interface FinalSite extends DrawnSite {
  /** Replaced: by whom it was, and why. */
  readonly replaced?: Change | undefined
}

/** The drawn list with all changes applied in their order; a replaced site stays in it, crossed out, and the next reserve of its stratum steps in. */
export function withChanges(pool: Pool, result: readonly DrawnSite[], changes: readonly Change[], seed: string): FinalSite[] {
  const list: FinalSite[] = result.map((one) => ({ ...one }))
  const load = new Map<string, number>()
  for (const one of list) for (const officer of one.officers) load.set(officer, (load.get(officer) ?? 0) + 1)
  const known = indexed(pool)
  changes.forEach((change, i) => {
    const at = list.findIndex((one) => one.siteId === change.siteId && !one.reserve && !one.replaced)
    if (at < 0) return
    const old = list[at]!
    if (change.reason === 'RECUSAL') {
      const back = changes.slice(0, i + 1).flatMap((c) => (c.siteId === change.siteId && c.officerId ? [c.officerId] : []))
      list[at] = { ...old, ...pairFor(known.site(old.siteId), known, dice(seed, `pair|${old.siteId}|${back.length}`), load, back) }
      return
    }
    list[at] = { ...old, replaced: change }
    const next = list.findIndex((one) => one.reserve && one.stratum === old.stratum)
    if (next < 0) return
    const site = known.site(list[next]!.siteId)
    list[next] = { ...list[next]!, reserve: false, ...(old.officers.length ? pairFor(site, known, dice(seed, `pair|${site.id}|0`), load) : {}) }
  })
  return list
}

/** What the export holds: enough for a stranger to do all of it again. */
export interface DrawFile {
  readonly format: 'angrid-draw-1'
  readonly no: string
  readonly title: string
  readonly rules: DrawRules
  readonly pool: Pool
  readonly poolHash: string
  readonly parties: readonly (Party & { readonly personId: string; readonly committedAt: string; readonly revealedAt: string })[]
  readonly publicSource: string
  readonly publicAt: string
  readonly publicValue: string
  readonly seed: string
  readonly result: readonly DrawnSite[]
  readonly changes: readonly Change[]
}

export type Finding = { readonly what: 'POOL' | 'PARTIES' | 'COMMITMENT' | 'LATE' | 'SEED' | 'RESULT'; readonly text: string }

/** Does it all again from the file; what does not agree is named. Empty: the result follows from the pool and from what nobody could choose. */
export function verifyDraw(file: DrawFile): Finding[] {
  const findings: Finding[] = []
  if (poolHash(file.rules, file.pool) !== file.poolHash) findings.push({ what: 'POOL', text: '名单或规则与冻结时的摘要不符' })
  if (new Set(file.parties.map((p) => p.personId)).size < 2) findings.push({ what: 'PARTIES', text: '承诺方不足两人' })
  for (const party of file.parties) {
    if (commitmentOf(file.rules.drawId, party.personId, party.secret) !== party.commitment) findings.push({ what: 'COMMITMENT', text: `${party.name}揭示的原文与其承诺不符` })
    if (!(party.committedAt < party.revealedAt && party.revealedAt < file.publicAt)) findings.push({ what: 'LATE', text: `${party.name}的承诺或揭示晚于公共随机值产生的时间` })
  }
  const seed = seedOf({ poolHash: file.poolHash, secrets: file.parties.map((p) => p.secret), publicValue: file.publicValue })
  if (seed !== file.seed) findings.push({ what: 'SEED', text: '种子不是由承诺原文和公共随机值得出的' })
  if (canonicalJson(runDraw(file.rules, file.pool, seed)) !== canonicalJson(file.result)) findings.push({ what: 'RESULT', text: '重算的抽取结果与文件中的不同' })
  return findings
}

