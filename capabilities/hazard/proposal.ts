/**
 * I6 of domain §2.8: an act done without a line that arrives after somebody else has acted does not overwrite and is not
 * lost. It is kept as a proposal, mine beside theirs, until a person entitled to the act takes it up or dismisses it.
 */
import { z } from 'zod'
import { Action } from '../../kernel/core/operation.ts'
import type { HazardAction } from './lifecycle.ts'

export const PROPOSAL_STATES = ['OPEN', 'ACCEPTED', 'DISMISSED'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** Operations of an existing hazard that a phone may queue. */
export const PROPOSABLE = ['fixOnSite', 'verifyFix', 'start', 'submit', 'reinspect'] as const
export type Proposable = (typeof PROPOSABLE)[number]

/** What was filled in, as it came over the wire, less the hazard's id and version. */
export type ProposedInput = Readonly<Record<string, unknown>>

/** The move of the lifecycle that this act would be. */
export function moveOfAct(act: Proposable, input: ProposedInput): HazardAction {
  if (act === 'verifyFix') return input.verified === false ? 'rejectFix' : 'verifyFix'
  if (act === 'reinspect') return input.passed === true ? 'pass' : 'fail'
  return act
}

/** Files that came with it, by the role they would have. */
export const filesOf = (input: ProposedInput): { ids: string[]; role: 'AFTER' | 'REPORT' }[] => {
  const ids = (key: string) => (Array.isArray(input[key]) ? (input[key] as string[]) : [])
  return [{ ids: [...ids('photosAfter'), ...ids('photos')], role: 'AFTER' as const }, { ids: ids('reports'), role: 'REPORT' as const }].filter((each) => each.ids.length > 0)
}

const Line = z.object({ label: z.string(), value: z.string() })

/** Mine: what was filled in without a line. Theirs: what happened on the server since the version it was based on. */
export const ProposalView = z.object({
  id: z.uuid(), label: z.string(), state: z.enum(PROPOSAL_STATES), person: z.string(), madeAt: z.string(), receivedAt: z.string(), baseVersion: z.number().int(), foundVersion: z.number().int(),
  mine: z.array(Line),
  photos: z.array(z.object({ id: z.uuid(), name: z.string(), type: z.string() })),
  theirs: z.array(z.object({ at: z.string(), label: z.string(), actor: z.string(), text: z.string() })),
  decidedBy: z.string().nullable(), decidedAt: z.string().nullable(), reason: z.string().nullable(), version: z.number().int(),
  actions: z.array(Action),
})
export type ProposalView = z.infer<typeof ProposalView>

const on = { id: z.uuid(), proposalId: z.uuid(), baseVersion: z.int().min(1) }
/** `baseVersion` is the hazard's as it is now: who takes it up has seen what the others did. */
export const AcceptProposal = z.strictObject(on)
export const DismissProposal = z.strictObject({ ...on, reason: z.string().trim().min(2).max(500) })

export interface Proposal {
  readonly id: string
  readonly hazardId: string
  readonly act: Proposable
  readonly input: ProposedInput
  readonly baseVersion: number
  readonly foundVersion: number
  readonly personId: string
  readonly personName: string
  readonly madeAt: string
  readonly receivedAt: string
  readonly state: ProposalState
  readonly decidedName: string | null
  readonly decidedAt: string | null
  readonly reason: string | null
  readonly version: number
}
