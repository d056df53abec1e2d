import { Problem, refuseAny, say } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { type Candidate, isOffice, type Office, OFFICES, type Officer, type OfficeProposal, refuseDecision, refuseProposal } from '../offices.ts'
import type { peopleOperations } from '../people-operations.ts'
import { shippedRoles } from '../roles.ts'
import { zh } from '../zh.ts'
import { forgetSessions } from './doorkeeper.ts'
import * as store from './offices-store.ts'
import { mustPerson } from './people.ts'
import { asHeld, insertPost, postsOf } from './rights-store.ts'

const nameOf = (office: Office): string => shippedRoles.find((role) => role.code === office)?.name ?? office

/** The office somebody acts in: 三员 hold theirs alone. */
function officerOf(ctx: Ctx): Officer {
  const office = ctx.actor.roles.find(isOffice)
  if (!office) throw new Problem('forbidden', 'common.forbidden')
  return { personId: ctx.actor.id, office }
}

async function candidateOf(ctx: Ctx, personId: string) {
  const who = await mustPerson(ctx, personId)
  const posts = (await postsOf(ctx.tx, who.id, localDate(ctx.now))).map(asHeld)
  const candidate: Candidate = { personId: who.id, name: who.name, left: who.leftOn !== null, hasAccount: who.accountId !== null, posts }
  return { who, candidate }
}

async function answer(ctx: Ctx) {
  const me = officerOf(ctx)
  const today = localDate(ctx.now)
  const [holders, proposals] = [await store.holders(ctx, today), await store.proposals(ctx)]
  const actions = (p: OfficeProposal) => {
    if (p.state !== 'OPEN') return []
    const why = refuseDecision(p, me, true, { personId: p.personId, name: p.person, left: false, hasAccount: true, posts: [] }).map((r) => say(zh.problems, r.code, r.params))
    const back = refuseDecision(p, me, false, { personId: p.personId, name: p.person, left: false, hasAccount: true, posts: [] }).length === 0
    return [{ action: 'agree', label: '同意任命', allowed: why.length === 0, ...(why.length ? { why } : {}) }, ...(back ? [{ action: 'decline', label: me.personId === p.proposedById ? '撤回' : '不同意', allowed: true }] : [])]
  }
  return {
    offices: OFFICES.map((roleCode) => ({ roleCode, roleName: nameOf(roleCode), holders: holders.filter((h) => h.roleCode === roleCode).map(({ roleCode: _, ...holder }) => holder), may: me.office !== roleCode })),
    proposals: proposals.map((p) => ({ ...p, actions: actions(p) })),
  }
}

function told(ctx: Ctx, p: { id: string; areaCode: string }, version: number, event: keyof typeof zh.events, data: Record<string, unknown>): void {
  ctx.emit({ aggregate: 'office_proposal', id: p.id, version, event, areaCode: p.areaCode, data })
  ctx.audit({ kind: 'ADMIN', subject: event, subjectId: p.id, result: 'ok', data })
}

/** Who must say yes or no is told by whoever keeps todos, which stand on staff: given by the composition. */
export interface OfficeWaits {
  open(ctx: Ctx, proposal: { id: string; areaCode: string; person: string; roleName: string; proposedBy: string }, personIds: readonly string[]): void
  close(ctx: Ctx, proposalId: string, how: string): void
}

/** Holders of the office that neither proposes nor is filled: the only ones who may agree. */
const thirdOfficers = async (ctx: Ctx, as: Office, filled: Office): Promise<string[]> =>
  (await store.holders(ctx, localDate(ctx.now))).filter((h) => h.roleCode !== as && h.roleCode !== filled).map((h) => h.personId)

type Part = Pick<typeof peopleOperations, 'offices' | 'proposeOffice' | 'decideOffice'>

export const officeHandlers = (waits: OfficeWaits | undefined): Handlers<Part> => ({
  offices: (ctx) => answer(ctx),
  proposeOffice: async (ctx, input) => {
    const me = officerOf(ctx)
    const { candidate } = await candidateOf(ctx, input.personId)
    refuseAny(refuseProposal(me, input.roleCode, candidate, input.validFrom))
    const areaCode = (ctx.actor.reach.areas[0]?.[0] ?? '000000000000').slice(0, 12)
    await store.insert(ctx, { ...input, areaCode, as: me.office })
    told(ctx, { id: input.id, areaCode }, 1, 'staff.office_proposed', { person: candidate.name, role: nameOf(input.roleCode), validFrom: input.validFrom, reason: input.reason })
    waits?.open(ctx, { id: input.id, areaCode, person: candidate.name, roleName: nameOf(input.roleCode), proposedBy: ctx.actor.name }, await thirdOfficers(ctx, me.office, input.roleCode))
    return answer(ctx)
  },
  decideOffice: async (ctx, input) => {
    const me = officerOf(ctx)
    const p = await store.hold(ctx, input.id)
    refuseStale(p.version, input.baseVersion)
    const { who, candidate } = await candidateOf(ctx, p.personId)
    refuseAny(refuseDecision(p, me, input.agreed, candidate))
    await store.decide(ctx, p.id, input.agreed ? 'APPOINTED' : 'DECLINED', me.office, input.reason)
    const data = { person: p.person, role: p.roleName, proposedBy: p.proposedBy, reason: input.reason }
    told(ctx, p, p.version + 1, input.agreed ? 'staff.office_agreed' : 'staff.office_declined', data)
    waits?.close(ctx, p.id, input.agreed ? '已同意' : ctx.actor.id === p.proposedById ? '提名人已撤回' : '不同意')
    if (input.agreed) await appoint(ctx, p, who)
    return answer(ctx)
  },
})

async function appoint(ctx: Ctx, p: OfficeProposal, who: { id: string; name: string; areaCode: string }): Promise<void> {
  const id = ctx.newId()
  const today = localDate(ctx.now)
  const validFrom = p.validFrom < today ? today : p.validFrom
  await insertPost(ctx.tx, { id, personId: who.id, roleCode: p.roleCode, reachKind: 'AREA', areaCode: p.areaCode, gridId: null, enterpriseId: null, parkId: null, validFrom, validTo: null, by: ctx.actor.id, now: ctx.now })
  forgetSessions()
  ctx.emit({ aggregate: 'post', id, version: 1, event: 'staff.post_granted', areaCode: who.areaCode, data: { personId: who.id, name: who.name, role: p.roleName, roleCode: p.roleCode, reach: { kind: 'AREA', areaCode: p.areaCode }, validFrom, validTo: null, proposedBy: p.proposedBy } })
}
