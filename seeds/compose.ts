import type { ChecklistItem } from '../capabilities/checklist/checklist.ts'
import type { Source } from '../capabilities/hazard/hazard.ts'
import type { Outcome, VisitKind } from '../capabilities/visit/kinds.ts'
import { isInspection, kinds } from '../capabilities/visit/kinds.ts'
import { businessDayOf, dateText, instantText, MINUTE, minuteOf } from './calendar.ts'
import type { ClosedFate, Life, Schedule } from './closed-fates.ts'
import { fixedOnSite, grantedDays, reopened, routed, scheduleOf, supervised, transferred, voided } from './closed-fates.ts'
import type { FindingScript, PaperScript, ReinspectionScript, VisitScript } from './history-types.ts'
import { answersFor, describe, itemOf, locationOf, majorItem, pickItems } from './items.ts'
import type { Case } from './moves.ts'
import type { OpenDates, OpenFate } from './open-fates.ts'
import { openLife } from './open-fates.ts'
import { overdueDays } from './timeline.ts'

/** One finding to be: how it ends, and the item when it is not left to chance. */
export type Fate = (
  | { readonly closed: ClosedFate }
  | { readonly open: OpenFate; readonly dates: OpenDates }
) & { readonly itemCode?: string }

/** A visit before its findings are written out. */
export interface Draft {
  readonly site: number
  readonly kind: VisitKind
  readonly at: number
  readonly campaignRef: string | null
  readonly actors: readonly string[]
  readonly pair: readonly [string, string]
  readonly outcome: Outcome
  readonly fates: readonly Fate[]
  /** 查封 on the spot: sealed at the visit, lifted after so many days. */
  readonly sealedDays?: number
}

/** What composing needs beside the draft. */
export type Surroundings = Pick<Case, 'random' | 'crew' | 'index' | 'now'>

/** The list used for a kind of visit and of place; null where no shipped list may be used (a patrol of a plant). */
export function checklistOf(kind: VisitKind, siteClass: 'PLANT' | 'SHOP' | 'PARK'): string | null {
  if (kind === 'PHONE') return null
  if (siteClass === 'PARK') return 'YQ'
  if (siteClass === 'SHOP') return 'JX'
  return kind === 'SELF_CHECK' ? 'FG' : kind === 'PATROL' ? null : 'YC'
}

/** The source a kind reports as; a phone call reports nothing of its own and never gets here. */
const sourceOf = (kind: VisitKind): Source => kinds[kind].findings ?? 'INSPECTION'

/** Writes a visit out. `visitRef` and `hazardRef` give the next numbers. */
export function compose(around: Surroundings, draft: Draft, visitRef: string, hazardRef: () => string): VisitScript {
  const c = caseOf(around, draft)
  const siteClass = c.index.classOf(draft.site)
  const list = checklistOf(draft.kind, siteClass)
  const mask = c.index.mask[draft.site] as number
  const checked = draft.outcome === 'CHECKED'
  const findings = checked ? findingsOf(c, draft, list ?? 'YC', mask, hazardRef) : []
  const marks = new Map(findings.map((f) => [f.script.itemCode, f.life.line.steps.some((s) => s.transition === 'T4') ? ('F' as const) : ('N' as const)]))
  const leftAt = leavingOf(c, draft, findings)
  return {
    ref: visitRef,
    siteRef: c.index.refOf(draft.site),
    gridIndex: c.grid,
    kind: draft.kind,
    campaignRef: draft.campaignRef,
    at: instantText(draft.at),
    leftAt: instantText(Math.min(leftAt, c.now)),
    businessDate: dateText(businessDayOf(draft.at)),
    actors: draft.actors,
    outcome: draft.outcome,
    checklist: list,
    answers: checked && list ? answersFor(list, mask, marks) : '',
    findings: findings.map((f) => f.script),
    papers: checked ? papersOf(c, draft, findings, leftAt) : [],
    reinspections: reinspectionsOf(visitRef, findings),
  }
}

/** Nobody leaves before the orders are served and what is put right at once is put right. */
function leavingOf(c: Case, draft: Draft, findings: readonly Finding[]): number {
  if (draft.outcome !== 'CHECKED') return draft.at + 3 * MINUTE
  const onTheSpot = findings.flatMap((f) => f.script.path.filter((s) => s.transition === 'T6' || s.transition === 'T4').slice(0, 1).map((s) => Date.parse(s.at)))
  return Math.max(draft.at + c.random.int(12, isInspection(draft.kind) ? 110 : 40) * MINUTE, ...onTheSpot.map((at) => at + 5 * MINUTE))
}

function caseOf(around: Surroundings, draft: Draft): Case {
  const minute = minuteOf(draft.at)
  const { random, crew, index, now } = around
  return {
    random,
    crew,
    index,
    now,
    site: draft.site,
    grid: index.grid[draft.site] as number,
    kind: draft.kind,
    source: sourceOf(draft.kind),
    at: draft.at,
    actors: draft.actors,
    pair: draft.pair,
    atNight: minute >= 1080 || minute < 360,
  }
}

interface Finding {
  readonly script: FindingScript
  readonly life: Life
}

function findingsOf(c: Case, draft: Draft, list: string, mask: number, hazardRef: () => string): Finding[] {
  const drawn = pickItems(c.random, list, mask, draft.fates.length)
  const items = draft.fates.map((fate, i) => chosenItem(c, fate, list, mask, drawn[i]))
  const routedItems = items.filter((_, i) => isRouted(draft.fates[i] as Fate))
  const schedule = routedItems.length > 0 ? patient(c, grantedDays(c, routedItems)) : null
  return draft.fates.map((fate, i) => {
    const item = items[i] as ChecklistItem
    const life = lifeOf(c, fate, item, schedule)
    const level = life.line.steps.some((s) => s.data?.criteriaClauseId) || ('open' in fate && fate.open.level === 'MAJOR') ? 'MAJOR' : 'GENERAL'
    const location = locationOf(c.random, c.index.classOf(c.site))
    const isOpen = !['CLOSED', 'VOID', 'TRANSFER_CLOSED', 'FROZEN', 'TRANSFERRED'].includes(life.endState)
    const script: FindingScript = {
      ref: hazardRef(),
      checklist: item.code.startsWith('P') ? 'YQ' : item.code.slice(0, 2),
      itemCode: item.code,
      level,
      immediateStop: level === 'MAJOR' || item.severity === 'STOP_USE',
      source: c.source,
      location,
      description: describe(item, location),
      path: life.line.steps,
      endState: life.endState,
      overdueDays: isOpen && life.dueAt !== null ? overdueDays(life.dueAt, c.now) : null,
    }
    return { life, script: life.supervision && life.supervision.length > 0 ? { ...script, supervision: life.supervision } : script }
  })
}

const isRouted = (fate: Fate): boolean => 'closed' in fate && fate.closed === 'ROUTE'

function chosenItem(c: Case, fate: Fate, list: string, mask: number, drawn: ChecklistItem | undefined): ChecklistItem {
  if (fate.itemCode) return itemOf(fate.itemCode.slice(0, 2).startsWith('P') ? 'YQ' : fate.itemCode.slice(0, 2), fate.itemCode)
  const isMajor = 'open' in fate ? fate.open.level === 'MAJOR' : fate.closed === 'MAJOR'
  const item = isMajor ? majorItem(c.random, mask) : drawn
  if (!item) throw new Error(`no item of ${list} for ${c.index.refOf(c.site)}`)
  return item
}

/** Some draws are too slow to be over by now; a few more are tried. */
function patient(c: Case, days: number, level: 'GENERAL' | 'MAJOR' = 'GENERAL'): Schedule | null {
  for (let attempt = 0; attempt < 12; attempt++) {
    const schedule = scheduleOf(c, Math.max(1, days - attempt), level)
    if (schedule) return schedule
  }
  return null
}

function lifeOf(c: Case, fate: Fate, item: ChecklistItem, schedule: Schedule | null): Life {
  if ('open' in fate) return openLife(fate.open, fate.dates, c, item)
  switch (fate.closed) {
    case 'FIX':
      return fixedOnSite(c)
    case 'VOID':
      return voided(c)
    case 'TRANSFER':
      return transferred(c, item)
    case 'REOPENED':
      return reopened(c)
    case 'MAJOR':
      return majorClosed(c, item)
    case 'ROUTE':
      return schedule ? routed(c, schedule, 'GENERAL', item.severity === 'STOP_USE') : fixedOnSite(c)
  }
}

function majorClosed(c: Case, item: ChecklistItem): Life {
  const schedule = patient(c, c.random.pick([30, 45, 60]), 'MAJOR')
  if (!schedule) throw new Error('a major hazard was asked to be over too soon')
  const life = routed(c, schedule, 'MAJOR', true, item.majorClauseIds[0])
  return { ...life, supervision: c.random.chance(0.4) ? supervised(c, c.at + 60 * MINUTE, schedule.endAt) : [] }
}

/** Papers of the visit itself (D01 before, D02 on arrival, D04 on leaving), the orders, and the seal. */
function papersOf(c: Case, draft: Draft, findings: readonly Finding[], leftAt: number): PaperScript[] {
  const all = findings.map((f) => f.script.ref)
  const paper = (code: PaperScript['code'], at: number, covers: readonly string[] = all): PaperScript => ({ code, at: instantText(Math.min(at, c.now)), by: c.pair, covers })
  if (draft.kind === 'PATROL') return all.length > 0 ? [{ ...paper('D30', leftAt), by: draft.actors }] : []
  if (!isInspection(draft.kind)) return []
  const orders = (['D05', 'D06'] as const).flatMap((code) => {
    const ordered = findings.flatMap((f) => f.script.path.filter((s) => s.transition === 'T6' && s.data?.paper === code).map((s) => ({ ref: f.script.ref, at: s.at })))
    return ordered.length > 0 ? [{ ...paper(code, c.at, ordered.map((o) => o.ref)), at: ordered[0]?.at as string }] : []
  })
  const seal = draft.sealedDays ? [paper('D09', leftAt), paper('D11', leftAt + draft.sealedDays * 1440 * MINUTE)] : []
  return [paper('D01', c.at - c.random.int(90, 1200) * MINUTE, []), paper('D02', c.at, []), paper('D04', leftAt), ...orders, ...seal]
}

/** Findings re-inspected at the same time by the same officers were one visit. */
function reinspectionsOf(visitRef: string, findings: readonly Finding[]): ReinspectionScript[] {
  const groups = new Map<number, { officers: readonly string[]; covers: string[]; lifts: boolean }>()
  for (const { life, script } of findings) {
    for (const { at, officers, passed } of life.reinspections) {
      const group = groups.get(at) ?? { officers, covers: [], lifts: false }
      group.covers.push(script.ref)
      group.lifts ||= passed && script.immediateStop && script.path.some((s) => s.data?.paper === 'D05')
      groups.set(at, group)
    }
  }
  return [...groups.entries()]
    .sort((a, b) => a[0] - b[0])
    .map(([at, g], i) => ({ ref: `${visitRef}-R${i + 1}`, at: instantText(at), by: g.officers, covers: g.covers, papers: g.lifts ? ['D07', 'D08'] : ['D07'] }))
}
