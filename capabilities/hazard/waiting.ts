/** Who must act until when: as todos for the people, and as one sentence for the page. Derived from the state, never stored. */
import { endOfLocalDay, type Instant } from '../../kernel/core/time.ts'
import { zhDue } from '../../kernel/core/time-zh.ts'
import type { TodoDraft } from '../todo/todo.ts'
import { titleOf } from './finding.ts'
import type { Hazard } from './hazard.ts'
import { PAPERLESS } from './rules.ts'
import { LADDER } from './timers.ts'

interface Wait {
  readonly kind: string
  readonly verb: string | null
  readonly people: readonly string[]
  /** ISO instant or day. */
  readonly due: string | null
  readonly who: string
  readonly what: string
  readonly clause: string
}

const wait = (kind: string, verb: string, due: string | null, who: string, what: string, clause: string): Wait => ({ kind, verb, people: [], due, who, what, clause })

function asked(h: Hazard): Wait | null {
  const { pending } = h
  if (pending?.kind === 'EXTENSION') {
    const major = h.level === 'MAJOR'
    return wait('hazard.extension', major ? 'hazard.approve_extension_major' : 'hazard.approve_extension', pending.answerBy, major ? '分管负责人' : '科长', '答复延期申请', '旧15号令第18条')
  }
  if (pending?.kind === 'TRANSFER') return wait('hazard.transfer', 'hazard.approve_transfer', null, '科长', `审批移送${pending.toDept}`, '安全生产法第69条')
  if (pending?.kind === 'CLOSURE') {
    return pending.step === 'REVIEW'
      ? wait('hazard.review', 'hazard.review', null, '科长', '审核销号', '重大隐患须审核、签批')
      : wait('hazard.close_major', 'hazard.close_major', null, '分管负责人', '签批销号', '重大隐患须审核、签批')
  }
  return null
}

/** What the state itself waits for; null when nothing does. */
function byState(h: Hazard): Wait | null {
  switch (h.state) {
    case 'REPORTED': return wait('hazard.confirm', 'hazard.confirm', h.confirmDueAt, '执法人员', h.level === 'MAJOR' ? '两人核定重大隐患' : '核定', '核定时限')
    case 'CONFIRMED': return PAPERLESS.includes(h.source) && h.level === 'GENERAL' && !h.fixClaimed
      ? wait('hazard.start', 'hazard.start', null, '企业', '开始整改', '无须文书')
      : wait('hazard.order', 'hazard.order', null, '两名执法人员', h.stopInForce ? '下达现场处理措施决定书和责令限期整改指令书' : '下达责令限期整改指令书', '安全生产法第65条')
    case 'FIXED_ON_SITE': return wait('hazard.verify_fix', 'hazard.verify_fix', h.verifyDueAt, h.source === 'PATROL' && h.level === 'GENERAL' ? '安格员或执法人员' : '执法人员', '核实当场整改', '24小时内核实')
    case 'ORDERED': return wait('hazard.acknowledge', 'hazard.acknowledge', h.dueOn, '企业', h.level === 'MAJOR' ? '签收，报主要负责人签字的治理方案，并完成整改' : '签收、报整改方案并完成整改', '五落实')
    case 'RECTIFYING': return wait('hazard.submit', 'hazard.submit', h.dueOn, '企业', '完成整改并提交', '安全生产法第41条')
    case 'SUBMITTED': return wait('hazard.assign_reinspection', 'hazard.assign_reinspection', h.reinspectDueOn, '两名执法人员', '复查', '复查期限')
    case 'REINSPECTING': return { kind: 'hazard.reinspect', verb: null, people: h.reinspectors, due: h.reinspectDueOn, who: '两名执法人员', what: '完成复查', clause: '复查期限' }
    case 'TRANSFERRED': return wait('hazard.receipt', 'hazard.receipt', h.transferDueOn, h.transfer?.toDept ?? '接收单位', '回执', '安全生产法第69条')
    case 'FROZEN': return wait('hazard.freeze_check', 'hazard.freeze', h.nextCheckOn, '科长', '核查企业是否仍停产、搬迁', '每月核查')
    default: return null
  }
}

export function waitsFor(h: Hazard): Wait[] {
  const ask = asked(h)
  const state = byState(h)
  // While a close waits for review and signature the officers have done their part.
  if (ask && h.pending?.kind === 'CLOSURE') return [ask]
  return [...(ask ? [ask] : []), ...(state ? [state] : [])]
}

const dueInstant = (due: string | null): string | null => (due === null ? null : due.includes('T') ? due : endOfLocalDay(due).toISOString())

/** "两名执法人员在 3月18日 24:00 前复查（R2）。" Empty when nobody has to do anything. */
export function sentenceOf(h: Hazard, now: Instant): string {
  return waitsFor(h)
    .map((w) => {
      const due = dueInstant(w.due)
      return `${w.who}${due ? `在 ${zhDue(due, now)} 前` : ''}${w.what}（${w.clause}）。`
    })
    .join('')
}

const draftOf = (h: Hazard, w: Wait, key: string, personId: string | null): TodoDraft => ({
  kind: w.kind, dedupeKey: `${key}:${h.id}${personId ? `:${personId}` : ''}`, subject: { aggregate: 'hazard', id: h.id }, title: `${w.what}：${titleOf(h)}`,
  why: `${h.enterpriseName}，${h.no}（${w.clause}）`, verb: personId ? null : w.verb, personId, areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId,
  dueAt: dueInstant(w.due), link: `/hazards/${h.id}`,
})

/** The rung of the ladder that is reached: one todo for each right it names. */
function ladderTodos(h: Hazard): TodoDraft[] {
  const rung = LADDER.find((r) => r.level === h.escalation)
  if (!rung || h.runsTo === null) return []
  return rung.verbs.map((verb) => draftOf(h, wait('hazard.escalated', verb, null, '', rung.zh, '逾期提级'), `hazard.escalated:${rung.level}:${verb}`, null))
}

/** A failed re-inspection proposes a case (安法§102) until the enterprise hands in again. */
const caseTodos = (h: Hazard): TodoDraft[] =>
  h.state === 'RECTIFYING' && h.round > 0 ? [draftOf(h, wait('hazard.propose_case', 'enforcement.draft', null, '执法人员', '复查不合格，建议立案', '安全生产法第102条'), `hazard.propose_case:${h.round}`, null)] : []

/** The todos that follow from the state; `settleTodos` makes the open ones equal to them. */
export function todosOf(h: Hazard): TodoDraft[] {
  const main = waitsFor(h).flatMap((w) => {
    const key = `${w.kind}:${h.round}`
    return w.verb === null ? w.people.map((person) => draftOf(h, w, key, person)) : [draftOf(h, w, key, null)]
  })
  return [...main, ...ladderTodos(h), ...caseTodos(h)]
}
