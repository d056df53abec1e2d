import { isInspection } from '../../capabilities/visit/kinds.ts'
import { paperNumber } from '../../capabilities/enforcement/number.ts'
import { localDate } from '../../kernel/core/time.ts'
import type { ActorRef, VisitScript } from '../history-types.ts'
import { timedId } from './bulk.ts'

/** Papers that the software writes; the year's notices and seals of other types stay in the scripts. */
export type PaperType = 'D04' | 'D05' | 'D06' | 'D07' | 'D30'

export interface PaperPlan {
  readonly id: string
  readonly type: PaperType
  /** 文号; null where the type has none. */
  readonly no: string | null
  /** When it took effect: signed, or served (ms). */
  readonly at: number
  readonly officers: readonly ActorRef[]
  /** Refs of the hazards on it, in order. */
  readonly covers: readonly string[]
  readonly refer: PaperPlan | null
  /** Which re-inspection of the visit it belongs to. */
  readonly inspection: number | null
}

export interface VisitPapers {
  readonly all: readonly PaperPlan[]
  /** The order over a hazard. */
  orderOf(ref: string): PaperPlan | null
  /** The papers of a hazard's re-inspections, in their order; null where there was no order to go back to. */
  opinionsOf(ref: string): (PaperPlan | null)[]
}

const words: Readonly<Record<PaperType, string | null>> = { D04: null, D05: '现决', D06: '责改', D07: '复查', D30: '服' }
/** The sequence of an agency, type and year has five digits. */
const LAST = 99_999
const MINUTE = 60_000

/**
 * Plans the papers of one visit after another, with ids and numbers. Numbers follow the day of issue over the whole year, so they
 * are given by `numbering` where it is known, else in the order of the visits.
 */
export class PaperPlanner {
  private count = 0
  private readonly last = new Map<string, number>()
  private readonly prefix: string
  private readonly numbering: ReadonlyMap<number, number> | null
  constructor(prefix: string, numbering: ReadonlyMap<number, number> | null) {
    this.prefix = prefix
    this.numbering = numbering
  }

  plan(v: VisitScript): VisitPapers {
    const drafts = new Set(v.findings.filter((f) => f.path.length === 0).map((f) => f.ref))
    const all: PaperPlan[] = []
    const add = (type: PaperType, at: number, officers: readonly ActorRef[], covers: readonly string[], refer: PaperPlan | null = null, inspection: number | null = null) => {
      const ordinal = ++this.count
      all.push({ id: timedId('paper', at, ordinal), type, no: this.number(type, at, ordinal), at, officers, covers: covers.filter((ref) => !drafts.has(ref)), refer, inspection })
    }
    const orders = v.papers.filter((p) => p.code === 'D05' || p.code === 'D06')
    for (const paper of v.papers) {
      if (paper.code === 'D04') add('D04', Math.min(Date.parse(paper.at), ...orders.map((o) => Date.parse(o.at) - 4 * MINUTE)), paper.by, paper.covers)
      else if ((paper.code === 'D05' || paper.code === 'D06') && isInspection(v.kind)) add(paper.code, Date.parse(paper.at), paper.by, paper.covers)
      else if (paper.code === 'D30' && paper.covers.some((ref) => !drafts.has(ref))) add('D30', Date.parse(paper.at), paper.by, paper.covers)
    }
    const orderOf = (ref: string) => all.find((p) => (p.type === 'D05' || p.type === 'D06') && p.covers.includes(ref)) ?? null
    v.reinspections.forEach((r, i) => {
      for (const order of new Set(r.covers.map(orderOf))) if (order) add('D07', Date.parse(r.at), r.by, r.covers.filter((ref) => orderOf(ref) === order), order, i)
    })
    const opinionsOf = (ref: string) => v.reinspections.flatMap((r, i) => (r.covers.includes(ref) ? [all.find((p) => p.inspection === i && p.covers.includes(ref)) ?? null] : []))
    return { all, orderOf, opinionsOf }
  }

  private number(type: PaperType, at: number, ordinal: number): string | null {
    const wordCode = words[type]
    if (wordCode === null) return null
    const year = Number(localDate(at).slice(0, 4))
    const key = `${type}${year}`
    const seq = this.numbering?.get(ordinal) ?? ((this.last.get(key) ?? 0) % LAST) + 1
    this.last.set(key, seq)
    return paperNumber({ prefix: this.prefix, wordCode, year, seq })
  }
}

/** Numbers by the order of issue, for every paper of a year; the planner must walk the same visits again. */
export function numberAll(visits: Iterable<VisitScript>, prefix: string): Map<number, number> {
  const planner = new PaperPlanner(prefix, null)
  const papers: { ordinal: number; type: PaperType; at: number }[] = []
  let ordinal = 0
  for (const v of visits) for (const { type, at } of planner.plan(v).all) papers.push({ ordinal: ++ordinal, type, at })
  const last = new Map<string, number>()
  const numbers = new Map<number, number>()
  for (const { ordinal: id, type, at } of papers.sort((a, b) => a.at - b.at || a.ordinal - b.ordinal)) {
    const key = `${type}${localDate(at).slice(0, 4)}`
    last.set(key, (last.get(key) ?? 0) + 1)
    numbers.set(id, last.get(key)!)
  }
  return numbers
}
