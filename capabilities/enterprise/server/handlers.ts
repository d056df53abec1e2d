import { missing } from '../../../kernel/core/problem.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { assessCreditCode } from '../../../kernel/core/credit-code.ts'
import type { EnterpriseView } from '../enterprise.ts'
import { operating, type OperatingState } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { likelyAboveScale } from '../size.ts'
import { zh } from '../zh.ts'
import * as changes from './changes.ts'
import { exportList } from './export.ts'
import * as list from './list.ts'
import { points } from './map.ts'
import * as parks from './parks.ts'
import * as sites from './sites.ts'
import * as store from './store.ts'
import './tables.ts'

const handlers: Handlers<typeof operations> = {
  // The JSON text comes from the database as it will be sent; a test holds it against the contract.
  list: async (ctx, input) => (await list.page(ctx.tx, ctx.actor, input, ctx.secrets.blind)) as never,
  figures: (ctx, input) => list.figures(ctx.tx, ctx.actor, input, ctx.secrets.blind),
  points: async (ctx, input) => (await points(ctx.tx, ctx.actor, input, ctx.secrets.blind)) as never,
  find: async (ctx, input) => ({ rows: await list.find(ctx.tx, ctx.actor, input.q, input.limit, ctx.secrets.blind) }),
  export: exportList,
  get: (ctx, input) => get(ctx, input.id),
  timeline: async (ctx, input) => {
    if (!(await store.isSeen(ctx.tx, ctx.actor, input.id))) throw missing('enterprise.missing')
    const before = input.cursor && /^\d{1,15}$/.test(input.cursor) ? Number(input.cursor) : null
    const found = await store.timeline(ctx.tx, input.id, input.kinds, before, input.limit)
    const shown = found.rows.slice(0, input.limit)
    return { rows: shown as never, total: found.total, kinds: found.kinds, ...(found.rows.length > input.limit ? { next: String(shown.at(-1)!.seq) } : {}) }
  },
  reveal: async (ctx, input) => {
    const sealed = await store.sealedPhones(ctx.tx, ctx.actor, input.id)
    if (!sealed) throw missing('enterprise.missing')
    ctx.audit({ kind: 'REVEAL', subject: 'enterprise', subjectId: input.id, result: 'ok' })
    const open = (text: string | null) => (text ? ctx.secrets.open(text) : null)
    return { principalPhone: open(sealed.principal), contacts: sealed.contacts.map((contact) => ({ id: contact.id, phone: open(contact.sealed) })) }
  },
  create: changes.create,
  update: changes.update,
  editOwn: changes.editOwn,
  setContacts: changes.setContacts,
  setState: (ctx, input) => changes.setState(ctx, input),
  setTags: changes.setTags,
  relocate: changes.relocate,
  void: changes.voidEnterprise,
  addSite: sites.addSite,
  moveSite: sites.moveSite,
  closeSite: sites.closeSite,
  parks: (ctx, input) => parks.parks(ctx.tx, ctx.actor, input),
  park: (ctx, input) => parks.park(ctx, input.id),
  createPark: parks.createPark,
  updatePark: parks.updatePark,
  voidPark: parks.voidPark,
  saveBuilding: parks.saveBuilding,
}

export const enterprise: Capability = serve({ name: 'enterprise', operations, handlers, zh })

async function get(ctx: Ctx, id: string): Promise<EnterpriseView> {
  const row = await store.view(ctx.tx, ctx.actor, id, list.rowColumns)
  if (!row) throw missing('enterprise.missing')
  const view = row as unknown as EnterpriseView & { inReach: boolean }
  const warnings = view.creditCode ? assessCreditCode(view.creditCode).notes.map((note) => note.zh) : []
  return {
    ...view,
    likelyAboveScale: view.industryCode ? likelyAboveScale(view.industryCode, view.revenueWan) : null,
    warnings: view.creditCodeNote ? [...warnings, `已由人确认：${view.creditCodeNote}`] : warnings,
    actions: actionsOf(ctx, view),
  }
}

/** What may be done now: the verb, then the state; a place that is only reached through one of its sites is looked at. */
function actionsOf(ctx: Ctx, view: EnterpriseView & { inReach: boolean }): Action[] {
  const refused = view.voidedAt ? zh.problems['enterprise.voided'] : view.inReach ? null : '主管辖区不在您的管辖范围内'
  const offer = (action: string, label: string, verb: string): Action => {
    const why = refused ?? (ctx.actor.has(verb) ? null : '您的岗位没有这项权限')
    return { action, label, allowed: why === null, ...(why ? { why: [why] } : {}) }
  }
  const moves = Object.values(operating[view.state as OperatingState]).filter((move) => move !== undefined)
  return [
    offer('update', '修改资料', 'enterprise.edit'),
    offer('editOwn', '更新本企业资料', 'enterprise.self_edit'),
    ...moves.map((move) => offer(`setState:${String(move.to)}`, move.label, move.verb)),
    offer('setContacts', '更新联系人', 'enterprise.edit'),
    offer('setTags', '类别标签', 'enterprise.edit'),
    offer('relocate', '调整管辖区划', 'enterprise.edit'),
    offer('addSite', '增加场所', 'enterprise.edit'),
    offer('reveal', '查看完整电话', 'enterprise.reveal'),
    offer('void', '作废', 'enterprise.edit'),
  ]
}
