import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { itemsToAsk, isMeantFor } from '../capabilities/checklist/checklist.ts'
import { clauseById, clauseInForce } from '../capabilities/checklist/criteria.ts'
import { shippedChecklist } from '../capabilities/checklist/library.ts'
import type { HazardState } from '../capabilities/hazard/hazard.ts'
import { ENDED, HAZARD_STATES } from '../capabilities/hazard/hazard.ts'
import type { HazardAction } from '../capabilities/hazard/lifecycle.ts'
import { hazardLifecycle } from '../capabilities/hazard/lifecycle.ts'
import { rungOf } from '../capabilities/hazard/timers.ts'
import { shippedRoles } from '../capabilities/staff/roles.ts'
import { isInspection, kinds } from '../capabilities/visit/kinds.ts'
import { isWorkday } from '../kernel/core/deadline.ts'
import { stateHolidays } from '../kernel/core/holidays.ts'
import { daysBetween, localDate, localTime } from '../kernel/core/time.ts'
import { instantFrom } from './calendar.ts'
import { flagshipFigures } from './campaigns.ts'
import type { FindingScript, Step, Transition, VisitScript } from './history-types.ts'
import { buildHistory } from './history.ts'
import { indexSites } from './site-index.ts'
import { buildWorld } from './world.ts'

const NOW = '2026-11-20T02:00:00Z'
const world = buildWorld({ now: instantFrom(NOW) })
const history = buildHistory(world)
const visits = [...history.visits()]
const findings = visits.flatMap((v) => v.findings.map((f) => ({ v, f })))
const index = indexSites(world)
const siteOf = new Map(Array.from({ length: index.count }, (_, i) => [index.refOf(i), i]))
const isOpen = (state: HazardState) => !(ENDED as readonly string[]).includes(state)
const stepOf = (f: FindingScript, t: Transition): Step | undefined => f.path.find((s) => s.transition === t)
const hours = (a: string, b: string) => (Date.parse(b) - Date.parse(a)) / 3_600_000

/** Which action of the product each transition is, and where it leads. */
const table: Record<Transition, readonly [HazardAction, HazardState | 'same']> = {
  T1: ['report', 'REPORTED'], T2: ['confirm', 'CONFIRMED'], T3: ['void', 'VOID'], T4: ['fixOnSite', 'FIXED_ON_SITE'], T5: ['verifyFix', 'CLOSED'],
  T6: ['order', 'ORDERED'], T6b: ['start', 'RECTIFYING'], T7: ['acknowledge', 'RECTIFYING'], T8: ['askExtension', 'same'], T9: ['submit', 'SUBMITTED'],
  T9b: ['lapse', 'SUBMITTED'], T10: ['assignReinspection', 'REINSPECTING'], T11: ['pass', 'CLOSED'], T12: ['fail', 'RECTIFYING'], T13: ['decideTransfer', 'TRANSFERRED'],
  T14: ['receipt', 'TRANSFER_CLOSED'], T15: ['freeze', 'FROZEN'], T16: ['unfreeze', 'CONFIRMED'], T17: ['reopen', 'CONFIRMED'],
}

/** Walks a path through the hazard slice's own table; null when a step is not in it. */
function walk(f: FindingScript): HazardState | null {
  return f.path.reduce<HazardState | null>((state, step) => {
    const [action, to] = table[step.transition]
    const move = state && hazardLifecycle[state][action]
    if (!state || !move) return null
    const next = step.transition === 'T14' && step.data?.result === '退回' ? 'CONFIRMED' : to === 'same' ? state : to
    const allowed = move.to === 'same' ? [state] : typeof move.to === 'string' ? [move.to] : move.to
    return allowed.includes(next) ? next : null
  }, 'DRAFT')
}

const unlawful = (all: readonly VisitScript[]) => all.flatMap((v) => v.findings).filter((f) => walk(f) !== f.endState)
const outOfTime = (all: readonly VisitScript[], now: string) =>
  all.flatMap((v) => v.findings.filter((f) => f.path.some((s, i) => s.at <= (f.path[i - 1]?.at ?? v.at) || s.at > now)))

describe('a year of 安澜区', () => {
  const counted = findings.filter(({ f }) => f.endState !== 'DRAFT')

  it('has exactly the hazards asked for, and the three drafts that live on phones beside them', () => {
    expect(counted).toHaveLength(6_000)
    expect(findings.length - counted.length).toBe(3)
    expect(counted.filter(({ f }) => isOpen(f.endState))).toHaveLength(history.open)
    expect(history.open).toBe(960)
  })

  it('every hazard goes its way by the hazard slice’s table and ends where it says', () => expect(unlawful(visits)).toEqual([]))

  it('steps follow one another after the arrival and none lies in the future', () => expect(outOfTime(visits, new Date(NOW).toISOString())).toEqual([]))

  it('every state of domain §2.8 occurs, every open one for both levels where the law allows it', () => {
    expect(new Set(findings.map(({ f }) => f.endState))).toEqual(new Set(HAZARD_STATES))
    const major = new Set(findings.filter(({ f }) => f.level === 'MAJOR').map(({ f }) => f.endState))
    for (const state of ['REPORTED', 'CONFIRMED', 'ORDERED', 'RECTIFYING', 'SUBMITTED', 'REINSPECTING', 'CLOSED'] as const) expect(major).toContain(state)
  })

  it('every transition of domain §2.8 occurs', () => {
    expect(new Set(findings.flatMap(({ f }) => f.path.map((s) => s.transition)))).toEqual(new Set(Object.keys(table)))
  })

  it('overdue ones stand on every rung E1–E5, for both levels, by the hazard slice’s own ladder', () => {
    const today = localDate(NOW)
    for (const level of ['GENERAL', 'MAJOR'] as const) {
      const late = counted.filter(({ f }) => f.level === level && f.overdueDays !== null)
      const rungs = late.map(({ f }) => rungOf({ level, runsTo: f.path.filter((s) => s.data?.dueOn).at(-1)?.data?.dueOn ?? null }, today))
      expect([...new Set(rungs)].sort()).toEqual([1, 2, 3, 4, 5])
    }
  })

  it('says overdue of what the clock submitted and of nothing else', () => {
    for (const { f } of counted.filter(({ f }) => isOpen(f.endState))) expect(f.overdueDays !== null, f.ref).toBe(stepOf(f, 'T9b') !== undefined)
  })

  it('no two open hazards at one place under one item: they would be one, seen twice', () => {
    const keys = counted.filter(({ f }) => isOpen(f.endState)).map(({ v, f }) => `${v.siteRef}|${f.itemCode}|${f.location}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('numbers are given in the order of the year; a second walk gives the same year', () => {
    const refs = findings.map(({ f }) => f.ref)
    expect(refs).toEqual(refs.slice().sort())
    expect(visits.map((v) => v.at)).toEqual(visits.map((v) => v.at).sort())
    expect(hashOf(history.visits())).toBe(hashOf(visits))
  })
})

describe('law in the paths', () => {
  it('every step is taken by a role that holds the right (T13 is asked by the officer and approved by the lead)', () => {
    const verbsOf = new Map(shippedRoles.map((r) => [r.code, r.verbs]))
    const wrong = findings.flatMap(({ f }) => f.path).filter((s) => {
      const action = s.transition === 'T13' ? 'askTransfer' : table[s.transition][0]
      const verb = Object.values(hazardLifecycle).map((row) => row[action]?.verb).find(Boolean) ?? ''
      return s.role === 'SYSTEM' ? !['T9b', 'T16'].includes(s.transition) : !verbsOf.get(s.role)?.includes(verb)
    })
    expect(wrong).toEqual([])
  })

  it('T2, T6, T11, T12: officers are two different people with certificates in force on the day (罚法§42)', () => {
    const certified = new Map([...world.cast, ...world.staff].map((p) => [p.ref, p.certificates.find((c) => c.kind === 'LAW_ENFORCEMENT')]))
    for (const { f, v } of findings) {
      for (const s of f.path.filter((x) => x.role === 'INSPECTOR')) {
        const on = localDate(s.at)
        for (const ref of [...s.by, ...(s.data?.officers ?? [])]) expect((certified.get(ref)?.to ?? '') > on, `${ref} ${f.ref}`).toBe(true)
        if (['T6', 'T11', 'T12'].includes(s.transition) || (s.transition === 'T2' && f.level === 'MAJOR')) expect(new Set(s.by).size, `${v.ref} ${s.transition}`).toBe(2)
      }
    }
  })

  it('T2, T4: a major hazard has a clause in force, an opinion, a stop on paper, and is never put right on the spot', () => {
    for (const { f } of findings.filter(({ f }) => f.level === 'MAJOR')) {
      const confirm = stepOf(f, 'T2')
      expect(stepOf(f, 'T4')).toBeUndefined()
      expect(f.immediateStop).toBe(true)
      if (!confirm) continue
      const clause = clauseById(confirm.data?.criteriaClauseId ?? '')
      expect(clause && clauseInForce(clause, localDate(confirm.at)), f.ref).toBe(true)
      expect(confirm.data?.opinionBy).toBeTruthy()
      expect(stepOf(f, 'T6')?.data?.paper ?? 'D05').toBe('D05')
      const close = stepOf(f, 'T11')
      if (close) expect([close.data?.signedBy, typeof close.data?.reviewedBy, stepOf(f, 'T9') ? typeof stepOf(f, 'T9')?.data?.report : 'string']).toEqual(['chen', 'string', 'string'])
    }
  })

  it('T5, I2: a grid officer closes what a patrol found and nothing else', () => {
    for (const { f } of findings) if (stepOf(f, 'T5')?.role === 'GRID_OFFICER') expect([f.source, f.level]).toEqual(['PATROL', 'GENERAL'])
  })

  it('T6b: without a paper only what patrols, enterprises and experts found', () => {
    for (const { f, v } of findings) {
      if (stepOf(f, 'T6b')) expect(['PATROL', 'SELF_CHECK', 'EXPERT']).toContain(f.source)
      if (stepOf(f, 'T6')) expect(isInspection(v.kind)).toBe(true)
    }
  })

  it('C2, R1, R2, T8, T12: terms are kept within their limits', () => {
    for (const { f } of findings) {
      const at = (t: Transition) => stepOf(f, t)?.at
      const [fixed, verified] = [at('T4'), at('T5')]
      if (fixed && verified && !at('T17')) expect(hours(fixed, verified), f.ref).toBeLessThanOrEqual(24)
      const order = stepOf(f, 'T6') ?? stepOf(f, 'T6b')
      const term = order ? daysBetween(localDate(order.at), order.data?.dueOn ?? '') : 0
      expect(term).toBeLessThanOrEqual(f.level === 'MAJOR' ? 90 : 30)
      const asked = stepOf(f, 'T8')
      if (asked && order) expect(daysBetween(localDate(asked.at), order.data?.dueOn ?? '')).toBeGreaterThanOrEqual(10)
      const again = stepOf(f, 'T12')
      if (again) expect(daysBetween(localDate(again.at), again.data?.dueOn ?? '')).toBeLessThanOrEqual(term)
      f.path.forEach((s, i) => {
        const next = f.path.slice(i).find((x) => x.transition === 'T11' || x.transition === 'T12')
        if (s.transition.startsWith('T9') && next && next.at < NOW) expect(daysBetween(localDate(s.at), localDate(next.at)), f.ref).toBeLessThanOrEqual(10)
      })
    }
  })

  it('T13, T15: transferred is what belongs to others, frozen what stands still', () => {
    for (const { f, v } of findings) {
      if (stepOf(f, 'T13')) expect(itemsToAsk(shippedChecklist(f.checklist), []).find((i) => i.code === f.itemCode)?.transferTo, f.ref).toBeTruthy()
      if (f.endState === 'FROZEN') expect(['LONG_STOP', 'MOVED']).toContain(index.stateOf(siteOf.get(v.siteRef) as number))
    }
  })
})

describe('visits', () => {
  it('use a list that is meant for the kind and the place; a patrol of a plant has none', () => {
    for (const v of visits.filter((x) => x.checklist)) {
      const site = siteOf.get(v.siteRef) as number
      const list = shippedChecklist(v.checklist as string)
      const kind = { PLANT: 'PRODUCTION_SITE', SHOP: index.shopKindOf(site) ?? '', PARK: 'INDUSTRIAL_PARK' }[index.classOf(site)]
      expect(list.visitKinds, v.ref).toContain(v.kind)
      expect(isMeantFor(list.appliesTo, { kind, tags: [], sector: null }), v.ref).toBe(true)
    }
  })

  it('answer every item asked, and the answers agree with the findings', () => {
    for (const v of visits) {
      if (v.outcome !== 'CHECKED') expect([v.answers, v.findings.length]).toEqual(['', 0])
      if (!v.answers) continue
      const items = itemsToAsk(shippedChecklist(v.checklist as string), [])
      const found = items.filter((_, i) => 'NF'.includes(v.answers[i] ?? ''))
      expect(v.answers).toHaveLength(items.length)
      expect(found.map((i) => i.code).sort(), v.ref).toEqual([...new Set(v.findings.map((f) => f.itemCode))].sort())
      for (const f of v.findings) expect(v.answers[items.findIndex((i) => i.code === f.itemCode)]).toBe(stepOf(f, 'T4') ? 'F' : 'N')
    }
  })

  it('report as the sources of their kind; a phone call finds nothing', () => {
    for (const { v, f } of findings) expect(f.source).toBe(kinds[v.kind].findings)
    expect(visits.filter((v) => v.kind === 'PHONE' && v.findings.length > 0)).toEqual([])
  })

  it('papers: none but the advice D30 from a patrol, approval, notice and record at every inspection', () => {
    for (const v of visits.filter((x) => x.outcome === 'CHECKED')) {
      const codes = v.papers.map((p) => p.code)
      if (!isInspection(v.kind)) expect(codes.filter((c) => c !== 'D30')).toEqual([])
      else expect(codes.slice(0, 3)).toEqual(['D01', 'D02', 'D04'])
      if (isInspection(v.kind)) expect((v.papers[0]?.at ?? '') < v.at).toBe(true)
    }
  })

  it('a re-inspection is a later visit that covers findings of the first', () => {
    const all = visits.flatMap((v) => v.reinspections.map((r) => ({ v, r })))
    expect(all.length).toBeGreaterThan(1_000)
    for (const { v, r } of all) {
      expect(r.at > v.leftAt).toBe(true)
      const steps = v.findings.filter((f) => r.covers.includes(f.ref)).flatMap((f) => f.path.filter((s) => ['T11', 'T12'].includes(s.transition) && Math.abs(hours(s.at, r.at)) < 0.5))
      expect(steps.length, r.ref).toBe(r.covers.length)
    }
  })

  it('inspections keep to working days, evenings and weekends belong to patrols (5+2)', () => {
    const off = visits.filter((v) => !isWorkday(v.businessDate, stateHolidays))
    expect(off.filter((v) => v.kind === 'PATROL').length).toBeGreaterThan(200)
    expect(off.filter((v) => isInspection(v.kind)).map((v) => v.at)).toEqual([])
    expect(visits.filter((v) => v.kind === 'PATROL' && localTime(v.at) >= '18:30').length).toBeGreaterThan(500)
  })
})

describe('the flagship night', () => {
  const night = visits.filter((v) => v.campaignRef === 'C-NIGHT-3')
  const found = night.flatMap((v) => v.findings)
  const classOf = (v: VisitScript) => index.classOf(siteOf.get(v.siteRef) as number)

  it('reproduces the published shape: 238 people, 47 parks, 193 plants, 1,309 places, 533 hazards, 213 at once, 2 sealed', () => {
    const campaign = history.campaigns.find((c) => c.ref === 'C-NIGHT-3')
    const count = (kind: string) => new Set(night.filter((v) => classOf(v) === kind).map((v) => v.siteRef)).size
    expect(new Set(campaign?.participants).size).toBe(flagshipFigures.headcount)
    expect([count('PARK'), count('PLANT'), count('SHOP')]).toEqual([47, 193, 1_309])
    expect([found.length, found.filter((f) => stepOf(f, 'T4')).length]).toEqual([533, 213])
    expect(night.filter((v) => v.papers.some((p) => p.code === 'D09'))).toHaveLength(2)
    for (const v of night) for (const actor of v.actors) expect(campaign?.participants).toContain(actor)
  })

  it('counts to the evening on which it began although it ended after midnight (domain §0.5)', () => {
    expect(new Set(night.map((v) => v.businessDate)).size).toBe(1)
    expect(new Set(night.map((v) => localDate(v.at))).size).toBe(2)
  })

  it('seven hazards are still open, so that nobody may print 全部整改完毕', () => {
    expect(found.filter((f) => isOpen(f.endState)).map((f) => f.overdueDays !== null)).toEqual(Array(7).fill(true))
  })
})

describe('the cast has something to do', () => {
  const open = findings.filter(({ f }) => isOpen(f.endState))

  it('Feng’s plant stands in all stages at once and has a year behind it', () => {
    const own = open.filter(({ v }) => v.siteRef === 'E00001-1')
    expect(new Set(own.map(({ f }) => f.endState))).toEqual(new Set(['ORDERED', 'RECTIFYING', 'SUBMITTED']))
    expect(own.some(({ f }) => f.level === 'MAJOR' && f.supervision?.some((s) => s.state === 'PROPOSED'))).toBe(true)
    expect(findings.filter(({ v, f }) => v.siteRef === 'E00001-1' && f.endState === 'CLOSED').length).toBeGreaterThan(10)
  })

  it('Lin has a draft, a report and a patrol finding; Wang and He have orders out; Zhao has a plan to carry out', () => {
    const of = (login: string) => open.filter(({ v }) => v.actors.includes(login)).map(({ f }) => f.endState)
    expect(of('lin')).toEqual(expect.arrayContaining(['DRAFT', 'REPORTED', 'CONFIRMED', 'FIXED_ON_SITE', 'RECTIFYING', 'TRANSFERRED']))
    for (const login of ['wang', 'he']) expect(of(login)).toEqual(expect.arrayContaining(['ORDERED', 'RECTIFYING', 'SUBMITTED', 'REINSPECTING']))
    expect(open.some(({ f }) => f.path.some((s) => s.by.includes('zhao')))).toBe(true)
  })
})

describe('any day, any size', () => {
  it.each(['2026-02-19T15:00:00Z', '2026-10-05T01:30:00Z', '2026-03-01T17:20:00Z', '2027-01-04T00:10:00Z', '2024-02-29T09:00:00Z'])('a year that ends at %s is as lawful', (now) => {
    const own = buildWorld({ now: instantFrom(now) })
    const year = [...buildHistory(own, { hazards: 2_400 }).visits()]
    expect(unlawful(year)).toEqual([])
    expect(outOfTime(year, new Date(now).toISOString())).toEqual([])
    expect(year.filter((v) => v.campaignRef === 'C-NIGHT-3').flatMap((v) => v.findings).filter((f) => stepOf(f, 'T4'))).toHaveLength(213)
    expect(year.flatMap((v) => v.findings).filter((f) => isOpen(f.endState) && f.endState !== 'DRAFT')).toHaveLength(384)
  })

  it('118,572 found, 112,085 over, 6,487 open; streamed, not held', () => {
    let [found, open] = [0, 0]
    for (const v of buildHistory(world, { hazards: 118_572 }).visits()) {
      for (const f of v.findings) {
        if (f.endState === 'DRAFT') continue
        found++
        if (isOpen(f.endState)) open++
      }
    }
    expect([found, found - open]).toEqual([118_572, 112_085])
  })

  it('refuses a year that could not hold its open hazards', () => {
    expect(() => buildHistory(world, { hazards: 100, open: 200 })).toThrow(RangeError)
    expect(() => buildHistory(world, { hazards: 100, open: 5 })).toThrow(/situations/)
  })
})

function hashOf(all: Iterable<VisitScript>): string {
  const hash = createHash('sha256')
  for (const v of all) hash.update(JSON.stringify(v))
  return hash.digest('hex').slice(0, 16)
}
