import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../kernel/core/canonical-json.ts'
import { moveOf } from '../../../kernel/core/lifecycle.ts'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { type LocalDate, localDate } from '../../../kernel/core/time.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { useAttachments } from '../../attachment/server/public.ts'
import { certifiedOn } from '../../staff/server/public.ts'
import { type PaperAction, paperLifecycle } from '../lifecycle.ts'
import type { NewPaper, PaperContent } from '../paper.ts'
import { stateZh } from './detail.ts'
import { gather, type Gathered, type Ground } from './gather.ts'
import * as store from './store.ts'

/** The hash that fixes a paper: of its content in canonical form. */
export const hashOf = (content: PaperContent): string => createHash('sha256').update(canonicalJson(content)).digest('hex')

export const groundOf = (row: store.Row): Ground => ({ id: row.id, type: row.type, visitId: row.visit_id, referId: row.refer_id, siteId: row.site_id, choices: row.choices })

/** The paper for a command: in sight, locked, not stale, in a state that knows the action. */
export async function mustFind(ctx: Ctx, input: { id: string; baseVersion: number }, action: PaperAction): Promise<store.Row> {
  const row = await store.find(ctx.tx, ctx.actor, input.id, true)
  if (!row) throw missing()
  refuseStale(row.version, input.baseVersion)
  const found = moveOf(paperLifecycle, row.state, action, 'enforcement.wrong_state')
  if ('refusal' in found) throw new Problem('refused', 'enforcement.wrong_state', { params: { state: stateZh(row.state) } })
  return row
}

/** Who drafts, issues or signs holds a certificate himself on that day, whatever verbs a local role may carry (54号文). */
export async function mustBeCertified(ctx: Ctx, needed: boolean, on = localDate(ctx.now)): Promise<void> {
  if (needed && !(await certifiedOn(ctx.tx, [ctx.actor.id], on)).has(ctx.actor.id)) throw new Problem('refused', 'enforcement.no_certificate')
}

/** Links what the drafter added, reads the record, and refuses what is wrong from the first. */
export async function examined(ctx: Ctx, ground: Ground, on = localDate(ctx.now)): Promise<Gathered> {
  const photos = [...new Set(ground.choices.items.flatMap((item) => item.photos))]
  await useAttachments(ctx, photos.map((attachmentId) => ({ attachmentId, aggregate: 'paper', aggregateId: ground.id, role: 'AFTER' as const })))
  const found = await gather(ctx, ground, on)
  refuseAny(found.wrong)
  await mustBeCertified(ctx, found.doc.certificates, on)
  return found
}

/** Writes a new draft; `on` is the day of the act when it was written without a line. */
export async function insertDraft(ctx: Ctx, { id, type, visitId, referId, siteId, ...choices }: NewPaper, on?: LocalDate): Promise<void> {
  const found = await examined(ctx, { id, type, visitId: visitId ?? null, referId: referId ?? null, siteId: type === 'D27' ? (siteId ?? null) : null, choices }, on)
  const { site, agency } = found
  const place = { area_code: site.areaCode, grid_id: site.gridId, enterprise_id: site.enterpriseId }
  await store.insert(ctx.tx, { id, type, state: 'DRAFT', agency_id: agency.id, site_id: site.siteId, visit_id: visitId ?? null, refer_id: referId ?? null, ...place, ...drawn(found), drafted_by: ctx.actor.id, drafted_by_name: ctx.actor.name, drafted_at: ctx.now, no: null })
  await store.setHazards(ctx.tx, id, found.content.items)
  tell(ctx, { id, version: 0, state: 'DRAFT', ...place, title: found.doc.title, no: null }, 'drafted', 'DRAFT', { visitNo: found.content.visit?.no ?? null })
}

/** Everything that must hold before a paper leaves its drafter, on today's date or the day of an act without a line. */
export async function finished(ctx: Ctx, row: store.Row, on = localDate(ctx.now)): Promise<Gathered> {
  const found = await gather(ctx, groundOf(row), on)
  refuseAny([...found.wrong, ...found.unfinished, ...found.early])
  return found
}

/** Columns that follow from the record. */
export const drawn = (found: Gathered) => ({
  title: found.doc.title, officers: found.choices.officers, choices: JSON.stringify(found.choices), content: JSON.stringify(found.content),
  enterprise_name: found.site.enterpriseName, site_name: found.site.siteName,
})

/** An event of a paper; the enterprise's timeline is read from these. */
export function tell(ctx: Ctx, row: Pick<store.Row, 'id' | 'version' | 'state' | 'area_code' | 'grid_id' | 'enterprise_id' | 'title' | 'no'>, event: string, to: string, data: Record<string, unknown> = {}, at?: Date): void {
  ctx.emit({
    aggregate: 'paper', id: row.id, version: row.version + 1, event: `enforcement.${event}`, from: row.state, to, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id,
    data: { title: row.title, no: row.no, ...data }, ...(at ? { occurredAt: at } : {}),
  })
}
