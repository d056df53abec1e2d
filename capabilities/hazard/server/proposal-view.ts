import { say } from '../../../kernel/core/problem.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { attachmentsOf } from '../../attachment/server/public.ts'
import { personNames } from '../../staff/server/public.ts'
import type { Hazard } from '../hazard.ts'
import { hazardLifecycle } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { moveOfAct, type Proposal, type ProposalView } from '../proposal.ts'
import { refuseNow } from '../rules.ts'
import { timelineText } from '../timeline.ts'
import { zh } from '../zh.ts'
import { factsFor, type Ground, whoOver } from './facts.ts'
import { proposalsOf } from './proposal-store.ts'

interface Happened {
  readonly occurred_at: string
  readonly version: number
  readonly event: string
  readonly actor_name: string
  readonly data: Record<string, unknown>
}

const fields: Record<string, string> = zh.fields
const events: Record<string, string> = zh.events

/** 待定建议 of a hazard: mine beside theirs, and what may be done with each by whom. */
export async function proposalViews(ctx: Ctx, h: Hazard, ground: Ground, history: readonly Happened[]): Promise<ProposalView[]> {
  const all = await proposalsOf(ctx.tx, h.id)
  if (!all.length) return []
  const files = await attachmentsOf(ctx.tx, all.map((p) => p.id))
  const names = await personNames(ctx.tx, all.flatMap((p) => (Array.isArray(p.input.officers) ? (p.input.officers as string[]) : [])))
  return all.map((p) => ({
    id: p.id, label: operations[p.act].summary, state: p.state, person: p.personName, madeAt: p.madeAt, receivedAt: p.receivedAt, baseVersion: p.baseVersion, foundVersion: p.foundVersion,
    mine: mineOf(p, (id) => names.get(id)?.name ?? ''),
    photos: (files.get(p.id) ?? []).map(({ id, name, type }) => ({ id, name, type })),
    theirs: history.filter((e) => e.version > p.baseVersion && e.version <= p.foundVersion).map((e) => ({ at: e.occurred_at, label: events[e.event] ?? e.event, actor: e.actor_name, text: timelineText(e.event, e.data) })),
    decidedBy: p.decidedName, decidedAt: p.decidedAt, reason: p.reason, version: p.version,
    actions: p.state === 'OPEN' ? actionsOf(ctx, h, ground, p) : [],
  }))
}

/** What was filled in, a line for each field; files are shown as pictures, empty fields not at all. */
function mineOf(p: Proposal, nameOf: (id: string) => string): ProposalView['mine'] {
  const word = (key: string, value: unknown): string => {
    if (typeof value === 'boolean') return value ? '是' : '否'
    if (key === 'officers') return (value as string[]).map(nameOf).join('、')
    const text = String(value)
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? zhDate(text) : text
  }
  const pictures = ['photosAfter', 'photos', 'reports']
  return Object.entries(p.input)
    .filter(([key, value]) => !pictures.includes(key) && value !== '' && value !== null && value !== undefined)
    .map(([key, value]) => ({ label: fields[key] ?? '内容', value: word(key, value) }))
}

/** Taking up asks what the act itself asks; dismissing is for who could have done it, and for who proposed it. */
function actionsOf(ctx: Ctx, h: Hazard, ground: Ground, p: Proposal): ProposalView['actions'] {
  const facts = factsFor(ctx, h, ground)
  const refusals = refuseNow(h, moveOfAct(p.act, p.input), facts)
  if (!mayDecide(ctx, h, p)) return []
  const why = refusals.map((r) => say(zh.problems, r.code, r.params))
  return [
    { action: 'acceptProposal', label: '采纳', allowed: why.length === 0, ...(why.length ? { why } : {}) },
    { action: 'dismissProposal', label: '不采纳', allowed: true },
  ]
}

/** The right of the act over this very hazard, or one's own proposal. */
export function mayDecide(ctx: Ctx, h: Hazard, p: Pick<Proposal, 'act' | 'input' | 'personId'>): boolean {
  const who = whoOver(ctx, h)
  const action = moveOfAct(p.act, p.input)
  return p.personId === ctx.actor.id || verbsOf(action).some((verb) => who.has(verb))
}

const verbsOf = (action: ReturnType<typeof moveOfAct>): string[] => Object.values(hazardLifecycle).flatMap((moves) => moves[action]?.verb ?? [])
