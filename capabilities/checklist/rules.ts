import { moveOf } from '../../kernel/core/lifecycle.ts'
import { type Instant, type LocalDate, toMs } from '../../kernel/core/time.ts'
import type { ChecklistItem } from './checklist.ts'
import { basisOf, ChecklistVersion } from './checklist.ts'
import type { CriteriaRegistry } from './criteria.ts'
import { clauseById, clauseInForce, criteria, FALLBACK_CLAUSE, MULTIPLIER_CLAUSE } from './criteria.ts'
import type { ChecklistAction } from './lifecycle.ts'
import { checklistLifecycle } from './lifecycle.ts'
import type { ChecklistProblem, ChecklistRefusal } from './zh.ts'

/** Refused by the state alone: a published list is immutable, a retired one only serves as a model. */
export function refuseState(version: ChecklistVersion, action: ChecklistAction): ChecklistRefusal[] {
  const code: ChecklistProblem = action === 'edit' ? 'checklist.immutable' : action === 'publish' ? 'checklist.not_draft' : 'checklist.wrong_state'
  const answer = moveOf(checklistLifecycle, version.state, action, code)
  return 'refusal' in answer ? [{ ...answer.refusal, code, params: { ...answer.refusal.params, name: version.name, version: version.version } }] : []
}

function refuseClauses(item: ChecklistItem, field: string, date: LocalDate, registry: CriteriaRegistry): ChecklistRefusal[] {
  const refusals: ChecklistRefusal[] = []
  const held = item.majorClauseIds.flatMap((id) => {
    const clause = id === MULTIPLIER_CLAUSE || id === FALLBACK_CLAUSE ? undefined : clauseById(id, registry)
    if (clause === undefined) refusals.push({ code: 'checklist.clause_unknown', field: `${field}.majorClauseIds`, params: { item: item.code, clause: id } })
    return clause === undefined ? [] : [clause]
  })
  // One successor in force is enough: FG-30 names the clause before and after 2026-09-30.
  if (held.length > 0 && !held.some((c) => clauseInForce(c, date))) {
    refusals.push({ code: 'checklist.clause_out_of_force', field: `${field}.majorClauseIds`, params: { item: item.code, clause: item.majorClauseIds.join('、'), date }, clause: 'domain §2.1' })
  }
  if (item.severity === 'MAJOR' && item.majorClauseIds.length === 0) {
    refusals.push({ code: 'checklist.major_without_clause', field: `${field}.majorClauseIds`, params: { item: item.code }, clause: 'domain §2.1' })
  }
  return refusals
}

function refuseItem(version: ChecklistVersion, index: number, item: ChecklistItem, date: LocalDate, registry: CriteriaRegistry): ChecklistRefusal[] {
  const field = `items.${index}`
  const refusals = refuseClauses(item, field, date, registry)
  const refuse = (code: ChecklistProblem, name: string) => refusals.push({ code, field: `${field}.${name}`, params: { item: item.code } })
  if (version.items.findIndex((i) => i.code === item.code) !== index) refuse('checklist.item_code_twice', 'code')
  if (item.severity === 'STOP_USE' && item.defaultDays !== 0) refuse('checklist.stop_use_not_at_once', 'defaultDays')
  if (basisOf(version, item).length === 0) refuse('checklist.basis_missing', 'legalBasis')
  if (item.bonus === true && item.points === undefined) refuse('checklist.bonus_without_points', 'points')
  return refusals
}

/**
 * Everything that keeps a draft from being published on a local date. `siblings` are the other versions of the same code.
 * The version number must be above every one that was ever published, so that "newer" needs no clock.
 */
export function refusePublish(version: ChecklistVersion, siblings: readonly ChecklistVersion[], date: LocalDate, registry: CriteriaRegistry = criteria): ChecklistRefusal[] {
  const refusals = refuseState(version, 'publish')
  const newest = Math.max(0, ...siblings.filter((s) => s.code === version.code && s.id !== version.id && s.state !== 'DRAFT').map((s) => s.version))
  if (version.version <= newest) refusals.push({ code: 'checklist.version_not_newer', field: 'version', params: { version: version.version, newest } })
  if (version.visitKinds.length === 0) refusals.push({ code: 'checklist.no_visit_kind', field: 'visitKinds', params: { name: version.name } })
  if (version.items.length === 0) refusals.push({ code: 'checklist.empty', field: 'items', params: { name: version.name } })
  return [...refusals, ...version.items.flatMap((item, i) => refuseItem(version, i, item, date, registry))]
}

/** The versions that retire when this one is published: at most one version of a code is in use. */
export function supersededBy(version: ChecklistVersion, siblings: readonly ChecklistVersion[]): ChecklistVersion[] {
  return siblings.filter((s) => s.code === version.code && s.id !== version.id && s.state === 'PUBLISHED')
}

/** Retiring by hand is refused while campaigns or plans that are still running name the version. */
export function refuseRetire(version: ChecklistVersion, runningUses: number): ChecklistRefusal[] {
  const refusals = refuseState(version, 'retire')
  if (runningUses > 0) refusals.push({ code: 'checklist.in_use', field: 'state', params: { name: version.name, count: runningUses } })
  return refusals
}

/** A new draft of a published or retired version under a new id, numbered after the newest sibling of the code. */
export function revised(version: ChecklistVersion, siblings: readonly ChecklistVersion[], id: string): ChecklistVersion {
  const newest = Math.max(version.version, ...siblings.filter((s) => s.code === version.code).map((s) => s.version))
  const { retiredAt: _, ...content } = version
  return ChecklistVersion.parse({ ...content, id, version: newest + 1, state: 'DRAFT' })
}

/**
 * Whether a version may be opened in a visit of this kind: published, and meant for the kind (a patrol is no inspection, domain §3.1).
 * `at`: when the visit began, for a record that arrives later; a version that was in use then was the right one.
 */
export function refuseUse(version: ChecklistVersion, visitKind: string, at?: Instant): ChecklistRefusal[] {
  const inUseThen = at !== undefined && version.state === 'RETIRED' && version.retiredAt !== undefined && toMs(at) < toMs(version.retiredAt)
  const refusals: ChecklistRefusal[] = []
  if (version.state !== 'PUBLISHED' && !inUseThen) refusals.push({ code: 'checklist.not_published', field: 'checklistId', params: { name: version.name, version: version.version } })
  if (!version.visitKinds.includes(visitKind)) refusals.push({ code: 'checklist.wrong_visit_kind', field: 'checklistId', params: { name: version.name }, clause: 'domain §3.1' })
  return refusals
}

export type FieldChange = { field: string; before: unknown; after: unknown }
export type VersionDiff = { added: ChecklistItem[]; removed: ChecklistItem[]; changed: { code: string; fields: FieldChange[] }[]; moved: string[] }

function fieldChanges(before: ChecklistItem, after: ChecklistItem): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof ChecklistItem)[]
  return fields.filter((f) => JSON.stringify(before[f]) !== JSON.stringify(after[f])).map((f) => ({ field: f, before: before[f], after: after[f] }))
}

/**
 * What a new version changes, by item code: added and removed items, changed fields with both values, and `moved`,
 * the items whose place among the kept ones changed.
 */
export function diffVersions(before: Pick<ChecklistVersion, 'items'>, after: Pick<ChecklistVersion, 'items'>): VersionDiff {
  const old = new Map(before.items.map((i) => [i.code, i]))
  const now = new Map(after.items.map((i) => [i.code, i]))
  const keptBefore = before.items.filter((i) => now.has(i.code)).map((i) => i.code)
  const keptAfter = after.items.filter((i) => old.has(i.code)).map((i) => i.code)
  const changed = after.items.flatMap((item) => {
    const was = old.get(item.code)
    const fields = was === undefined ? [] : fieldChanges(was, item)
    return fields.length > 0 ? [{ code: item.code, fields }] : []
  })
  return {
    added: after.items.filter((i) => !old.has(i.code)), removed: before.items.filter((i) => !now.has(i.code)),
    changed, moved: keptAfter.filter((code, i) => keptBefore[i] !== code),
  }
}
