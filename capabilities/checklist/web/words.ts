import type { Tone } from '../../../kernel/web/tokens.ts'
import type { ChecklistState, Severity } from '../checklist.ts'
import { GONGMAO_SECTORS, REGIMES } from '../criteria.ts'
import { REGIME_NAMES, SECTOR_NAMES } from '../zh.ts'

export const stateTone: Record<ChecklistState, Tone> = { DRAFT: 'wait', PUBLISHED: 'done', RETIRED: 'plain' }
export const severityTone: Record<Severity, Tone> = { GENERAL: 'plain', MAJOR: 'late', STOP_USE: 'warn' }
export const regimeOptions = REGIMES.map((value) => ({ value, label: REGIME_NAMES[value] }))
export const sectorOptions = GONGMAO_SECTORS.map((value) => ({ value, label: SECTOR_NAMES[value] }))

/** Contact kinds (domain §3.1) by the codes that lists carry; the capability of visits owns them and stands above this one. */
export const VISIT_KIND_NAMES: Readonly<Record<string, string>> = {
  ADMIN_DAILY: '日常检查', ADMIN_SPECIAL: '专项检查', ADMIN_CASE: '个案检查', ADMIN_OFFSITE: '非现场检查', PATROL: '网格巡查', GUIDANCE: '指导服务', SELF_CHECK: '企业自查', THIRD_PARTY: '第三方检查', PHONE: '电话抽查', JOINT: '联合检查',
}
export const visitKindOptions = Object.entries(VISIT_KIND_NAMES).map(([value, label]) => ({ value, label }))
export const visitKindsText = (kinds: readonly string[]): string => kinds.map((kind) => VISIT_KIND_NAMES[kind] ?? kind).join('、') || '—'
