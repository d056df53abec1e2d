import { endOfLocalDay } from '../../../kernel/core/time.ts'
import { kinds, type VisitKind } from '../kinds.ts'
import type { TodoDraft } from '../../todo/server/public.ts'

/** What a todo says about a visit. */
export interface Subject {
  id: string
  no: string
  kind: VisitKind
  enterpriseName: string
  enterpriseId: string
  areaCode: string
  gridId: string | null
}

const draft = (of: Subject, what: string, given: { title: string; why: string; verb?: string; personId?: string; dueAt: Date | string | null; key?: string }): TodoDraft => ({
  kind: `visit.${what}`,
  dedupeKey: `visit.${what}:${of.id}${given.key ?? ''}`,
  subject: { aggregate: 'visit', id: of.id },
  title: given.title,
  why: given.why,
  verb: given.verb ?? null,
  personId: given.personId ?? null,
  areaCode: of.areaCode,
  gridId: of.gridId,
  enterpriseId: of.enterpriseId,
  dueAt: given.dueAt instanceof Date ? given.dueAt.toISOString() : given.dueAt,
  link: `/visits/${of.id}`,
})

export const toApprove = (of: Subject, plannedOn: string | null): TodoDraft =>
  draft(of, 'approve', { title: `审批${kinds[of.kind].short}：${of.enterpriseName}`, why: '行政检查须事先经负责人批准（国办发〔2024〕54号）', verb: 'visit.approve', dueAt: plannedOn ? endOfLocalDay(plannedOn) : null })

/** One for each who goes: nothing is assigned to nobody. */
export const toDo = (of: Subject, personIds: readonly string[], plannedOn: string | null): TodoDraft[] =>
  personIds.map((personId) => draft(of, 'do', { title: `${kinds[of.kind].short}：${of.enterpriseName}`, why: '已安排的任务，到场后扫码、亮证、告知', personId, dueAt: plannedOn ? endOfLocalDay(plannedOn) : null, key: `:${personId}` }))

/** Of the others: what one hands back is still theirs. */
export const keysOfDo = (id: string, personIds: readonly string[]): string[] => personIds.map((personId) => `visit.do:${id}:${personId}`)

/** Somebody who was sent cannot go: whoever arranged it decides who goes instead. */
export const toRearrange = (of: Subject, given: { from: { id: string; name: string }; reason: string; to: string; approved: boolean; plannedOn: string | null }): TodoDraft =>
  draft(of, 'rearrange', { title: `${given.from.name}退还任务，请另行安排：${of.enterpriseName}`, why: `理由：${given.reason}。${given.approved ? '人员仍符合要求的可照常进行，否则取消后另行安排并报批' : '请修改参加人员，或取消任务'}`, personId: given.to, dueAt: given.plannedOn ? endOfLocalDay(given.plannedOn) : null, key: `:${given.from.id}` })

export const toRework = (of: Subject, personId: string, opinion: string): TodoDraft => draft(of, 'rework', { title: `修改后重报：${of.enterpriseName}`, why: `未批准：${opinion}`, personId, dueAt: null })

/** The report at once (first line) and the papers that follow it (second). */
export const toRatify = (of: Subject, reason: string, dueAt: string): TodoDraft => draft(of, 'ratify', { title: `紧急检查报告，须补办审批：${of.enterpriseName}`, why: `情况紧急先行检查：${reason}`, verb: 'visit.approve', dueAt })
export const toMakeUp = (of: Subject, personId: string, dueAt: string): TodoDraft => draft(of, 'make_up', { title: `补齐紧急检查的审批材料：${of.enterpriseName}`, why: '先检查的，须在规定时限内补办审批（国办发〔2024〕54号）', personId, dueAt })

export const toScan = (of: Subject, personId: string, lastDay: string): TodoDraft => draft(of, 'scan', { title: `补录扫码入企：${of.enterpriseName}`, why: '未扫码的，须在时限内补录并写明理由', personId, dueAt: endOfLocalDay(lastDay) })

/** 安法§68: a refusal to sign is written down and reported to the responsible person. */
export const toReportRefusal = (of: Subject, reason: string): TodoDraft => draft(of, 'sign_refused', { title: `拒绝签字报告：${of.enterpriseName}`, why: `安全生产法第六十八条：拒绝签字应记录在案并报告。${reason}`, verb: 'visit.approve', dueAt: null })
export const toReportEntry = (of: Subject): TodoDraft => draft(of, 'entry_refused', { title: `拒绝入内报告：${of.enterpriseName}`, why: '拒绝、阻碍检查，依法处理（安法§108）', verb: 'visit.approve', dueAt: null })

/** 54号文: guidance orders nothing; what is major becomes a case with its own approval. */
export const toConvert = (of: Subject, dueAt: Date): TodoDraft => draft(of, 'convert', { title: `重大隐患，转个案检查：${of.enterpriseName}`, why: '指导服务中发现重大事故隐患，须转为个案检查', verb: 'visit.inspect', dueAt })
export const toFollowUp = (of: Subject, count: number): TodoDraft => draft(of, 'follow_up', { title: `现场核实：${of.enterpriseName}`, why: `${kinds[of.kind].short}发现 ${count} 项异常，须到现场核实`, verb: 'visit.inspect', dueAt: null })
export const toWeigh = (of: Subject, opinion: string): TodoDraft => draft(of, 'weigh', { title: `紧急检查未获追认：${of.enterpriseName}`, why: `不予追认：${opinion}。检查记录是否作废，请决定`, verb: 'visit.void', dueAt: null })
