import { Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { textOf } from '../../../kernel/core/document.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { useAttachments } from '../../attachment/server/public.ts'
import { revokeOrder } from '../../hazard/server/public.ts'
import { sendMessages } from '../../todo/server/public.ts'
import type { operations } from '../operations.ts'
import { type PaperDetail, RECALL_KIND_ZH, type Service } from '../paper.ts'
import { askRefusals, decideRefusals, serveRecallRefusals } from '../recall.ts'
import { pageFor, seen } from './detail.ts'
import { mustBeCertified, mustFind, tell } from './drafting.ts'
import * as recalls from './recall-store.ts'
import * as store from './store.ts'

type All = Handlers<typeof operations>
type After = (ctx: Ctx, id: string, how: string) => Promise<PaperDetail>

/** 撤销、更正 of a served paper: asked by an officer, decided by the leader, served on the party; only then has it any effect. */
export function recalling(after: After, address: string): Pick<All, 'askRecall' | 'decideRecall' | 'withdrawRecall' | 'serveRecall'> {
  return {
    askRecall: async (ctx, { recallId, ...input }) => {
      const row = await mustFind(ctx, input, 'askRecall')
      const all = await seen(ctx, row)
      await mustBeCertified(ctx, all.doc.certificates)
      const above = input.kind === 'REVOKE' ? await store.standingOn(ctx.tx, row) : []
      refuseAny(askRefusals(input, { type: row.type, content: row.content, page: textOf(pageFor(all, address)), open: recalls.openOf(all.recalls) !== undefined, above: above.map((p) => `${p.title}${p.no ?? ''}`) }))
      const corrections = input.kind === 'CORRECT' ? input.corrections : []
      await recalls.ask(ctx.tx, { id: recallId, paperId: row.id, kind: input.kind, reason: input.reason, corrections, by: ctx.actor, now: ctx.now })
      await moved(ctx, row, 'recall_asked', { kind: RECALL_KIND_ZH[input.kind], reason: input.reason, corrections })
      return after(ctx, row.id, '已提请')
    },
    decideRecall: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'decideRecall')
      const open = await mustBeOpen(ctx, row.id, 'ASKED')
      refuseAny(decideRefusals({ deciderId: ctx.actor.id, askedBy: open.askedBy, officers: row.officers }))
      if (!input.agree && input.note.length < 2) throw new Problem('refused', 'enforcement.recall_note_needed', { fields: [{ path: 'note', code: 'enforcement.recall_note_needed' }] })
      await recalls.decide(ctx.tx, open.id, { agree: input.agree, note: input.note, by: ctx.actor, now: ctx.now })
      await moved(ctx, row, input.agree ? 'recall_approved' : 'recall_refused', { kind: RECALL_KIND_ZH[open.kind], note: input.note })
      told(ctx, row, { key: `recall-decided:${open.id}`, title: `${input.agree ? '同意' : '未同意'}${RECALL_KIND_ZH[open.kind]}：${row.title}`, text: input.note, people: [open.askedBy] })
      return after(ctx, row.id, input.agree ? '负责人已同意' : '负责人未同意')
    },
    withdrawRecall: async (ctx, input) => {
      const row = await mustFind(ctx, input, 'withdrawRecall')
      const open = await mustBeOpen(ctx, row.id, 'ASKED')
      if (open.askedBy !== ctx.actor.id) throw new Problem('refused', 'enforcement.recall_not_yours')
      await recalls.withdraw(ctx.tx, open.id)
      await moved(ctx, row, 'recall_withdrawn', { kind: RECALL_KIND_ZH[open.kind] })
      return after(ctx, row.id, '已撤回提请')
    },
    serveRecall: async (ctx, { id, baseVersion, ...service }) => {
      const row = await mustFind(ctx, { id, baseVersion }, 'serveRecall')
      if (!row.officers.includes(ctx.actor.id)) throw new Problem('refused', 'enforcement.not_officer')
      const open = await mustBeOpen(ctx, row.id, 'APPROVED')
      refuseAny(serveRecallRefusals(service, { decidedOn: localDate(open.decidedAt!), today: localDate(ctx.now) }))
      await served(ctx, row, open, service)
      return after(ctx, row.id, `${RECALL_KIND_ZH[open.kind]}已送达`)
    },
  }
}

async function mustBeOpen(ctx: Ctx, paperId: string, state: 'ASKED' | 'APPROVED'): Promise<recalls.RecallRow> {
  const open = recalls.openOf(await recalls.recallsOf(ctx.tx, paperId))
  if (open?.state !== state) throw new Problem('refused', state === 'ASKED' ? 'enforcement.recall_not_asked' : 'enforcement.recall_not_approved')
  return open
}

/** The paper's version counts its recalls too, so that two people never decide on one at once. */
async function moved(ctx: Ctx, row: store.Row, event: string, data: Record<string, unknown>, to: 'SERVED' | 'REVOKED' = 'SERVED'): Promise<void> {
  await store.update(ctx.tx, row, to === 'REVOKED' ? { state: 'REVOKED' } : {})
  tell(ctx, row, event, to, data)
}

async function served(ctx: Ctx, row: store.Row, open: recalls.RecallRow, service: Service): Promise<void> {
  const place = { areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id }
  if (service.confirmationId) await useAttachments(ctx, [{ attachmentId: service.confirmationId, aggregate: 'paper', aggregateId: row.id, role: 'OTHER' }], place)
  const revoked = open.kind === 'REVOKE'
  await recalls.serve(ctx.tx, open.id, service, ctx.now)
  await moved(ctx, row, revoked ? 'revoked' : 'corrected', { reason: open.reason, servedOn: service.servedOn, method: service.method, corrections: open.corrections }, revoked ? 'REVOKED' : 'SERVED')
  if (revoked) await undone(ctx, row, open.reason)
  const title = `文书已${RECALL_KIND_ZH[open.kind]}：${row.title}`
  const key = `recall-served:${open.id}`
  sendMessages(ctx, [{ kind: 'enforcement.recalled', dedupeKey: key, subject: { aggregate: 'paper', id: row.id }, title, text: [row.no, open.reason].filter(Boolean).join('；'), link: `/papers/${row.id}`, to: { verb: 'hazard.submit', ...place } }])
  told(ctx, row, { key: `${key}:officers`, title, text: [row.no, open.reason].filter(Boolean).join('；'), people: [...new Set([...row.officers, open.askedBy])] })
}

/**
 * The order goes, the hazard stays: under the sister order where there is one, else confirmed and without an order. Neither a stop of
 * the hazard nor the firm's ordered stop ends by this: those are lifted after a review (安法§65), of which whoever may do it is told.
 */
async function undone(ctx: Ctx, row: store.Row, reason: string): Promise<void> {
  await recalls.revokeNumber(ctx.tx, row.id, `撤销：${reason}`, ctx.now)
  if (row.type !== 'D05' && row.type !== 'D06') return
  await revokeOrder(ctx, { hazardIds: await store.hazardsOf(ctx.tx, row.id), paperId: row.id, paperNo: row.no ?? '', reason, standing: await recalls.sistersOver(ctx.tx, row.id) })
  if (row.content.measures.length === 0) return
  sendMessages(ctx, [{
    kind: 'enforcement.stop_to_review', dedupeKey: `stop-review:${row.id}`, subject: { aggregate: 'paper', id: row.id }, title: `现场处理措施决定已撤销，停产停用须另行审查：${row.enterprise_name}`,
    text: '撤销文书不自动恢复生产、使用；请审查是否同意恢复后办理（安全生产法第六十五条）。', link: `/enterprises/${row.enterprise_id}`,
    to: { verb: 'enterprise.order_state', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id }, alsoMe: true,
  }])
}

const told = (ctx: Ctx, row: store.Row, { key, title, text, people }: { key: string; title: string; text: string; people: string[] }): void =>
  sendMessages(ctx, [{ kind: 'enforcement.recall', dedupeKey: key, subject: { aggregate: 'paper', id: row.id }, title, text, link: `/papers/${row.id}`, to: { people } }])
