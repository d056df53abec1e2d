/**
 * 三员 hand their offices over: each office is filled by the two others together, one proposing, one agreeing. Nobody holds
 * the verbs of an office he gives, so no single person can: see docs/decisions/2026-11-22-offices-by-two.md.
 */
import { z } from 'zod'
import { Action, wire } from '../../kernel/core/operation.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import type { HeldPost } from './granting.ts'

export const OFFICES = ['SYS_ADMIN', 'SECURITY_ADMIN', 'AUDITOR'] as const
export type Office = (typeof OFFICES)[number]
export const isOffice = (code: string): code is Office => (OFFICES as readonly string[]).includes(code)

const reason = z.string().trim().min(2).max(200)
export const ProposeOffice = z.strictObject({ id: z.uuid(), personId: z.uuid(), roleCode: z.enum(OFFICES), validFrom: wire.date(), reason })
export const DecideOffice = z.strictObject({ id: z.uuid(), baseVersion: z.int(), agreed: z.boolean(), reason })

export const OfficeProposal = z.object({
  id: z.uuid(), personId: z.uuid(), person: z.string(), roleCode: z.enum(OFFICES), roleName: z.string(), validFrom: z.string(), reason: z.string(), proposedBy: z.string(), proposedById: z.uuid(), proposedAs: z.enum(OFFICES), proposedAt: z.string(),
  state: z.enum(['OPEN', 'APPOINTED', 'DECLINED']), decidedBy: z.string().nullable(), decidedAt: z.string().nullable(), decision: z.string().nullable(), version: z.int(), areaCode: z.string(),
})
export type OfficeProposal = z.infer<typeof OfficeProposal>
export const OfficesAnswer = z.object({
  offices: z.array(z.object({ roleCode: z.enum(OFFICES), roleName: z.string(), holders: z.array(z.object({ personId: z.uuid(), name: z.string(), validFrom: z.string(), validTo: z.string().nullable() })), may: z.boolean() })),
  proposals: z.array(OfficeProposal.extend({ actions: z.array(Action) })),
})

/** Who proposes or agrees, and in which office. */
export interface Officer {
  readonly personId: string
  readonly office: Office
}

export interface Candidate {
  readonly personId: string
  readonly name: string
  readonly left: boolean
  readonly hasAccount: boolean
  readonly posts: readonly HeldPost[]
}

/** Nobody fills his own office or appoints himself; the other two do. */
export function refuseProposal(by: Officer, office: Office, who: Candidate, from: string): Refusal[] {
  return [
    ...(by.office === office ? [{ code: 'staff.own_office', field: 'roleCode', clause: 'C15' }] : []),
    ...(by.personId === who.personId ? [{ code: 'staff.grant_self', clause: 'C15' }] : []),
    ...(who.left ? [{ code: 'staff.person_left', params: { name: who.name } }] : []),
    ...(who.hasAccount ? [] : [{ code: 'staff.no_account', field: 'personId', params: { name: who.name } }]),
    ...clashes(office, who, from),
  ]
}

/** Any post in force on or after that day excludes: an office is held alone. */
function clashes(office: Office, who: Candidate, from: string): Refusal[] {
  const other = who.posts.find((post) => post.to === null || post.to >= from)
  return other ? [{ code: 'staff.office_held_alone', field: 'personId', params: { name: who.name, other: other.roleName }, clause: office }] : []
}

/** The one who agrees is another person in the third office. */
export function refuseDecision(p: Pick<OfficeProposal, 'state' | 'proposedById' | 'proposedAs' | 'roleCode' | 'validFrom'>, by: Officer, agreed: boolean, who: Candidate): Refusal[] {
  if (p.state !== 'OPEN') return [{ code: 'staff.office_decided' }]
  // Who proposed may take it back; agreeing is for the third office.
  if (!agreed && by.personId === p.proposedById) return []
  const refusals: Refusal[] = by.personId === p.proposedById || by.office === p.proposedAs || by.office === p.roleCode ? [{ code: 'staff.third_office', clause: 'C15' }] : []
  return agreed ? [...refusals, ...refuseProposal(by, p.roleCode, who, p.validFrom).filter((r) => r.code !== 'staff.own_office')] : refusals
}
