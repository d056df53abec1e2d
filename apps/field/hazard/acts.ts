import type { HazardAction } from '../../../capabilities/hazard/lifecycle.ts'
import { refuseTwoOfficers, type OfficerRow } from './officers.ts'
import type { HazardRow } from '../../../capabilities/sync/rows.ts'
import type { CommandInput, CommandName } from '../data/commands.ts'

/** What a sheet asks of the person for one act on a hazard. */
export interface ActForm {
  readonly photos?: string
  readonly reports?: string
  readonly note?: { readonly label: string; readonly least: number }
  /** Must a day be chosen, or may it be left to the rules? */
  readonly day?: { readonly label: string; readonly must: boolean }
  /** Pictures help but are not asked for. */
  readonly photosMay?: boolean
  readonly officers?: boolean
  readonly lifted?: string
  readonly plan?: boolean
}

export interface Typed {
  readonly photos: readonly string[]
  readonly reports: readonly string[]
  readonly note: string
  readonly day: string
  readonly lifted: boolean
  readonly officers: readonly string[]
  readonly plan: { measures: string; responsible: string; fund: string; emergency: string; goal: string; team: string }
}
export const nothingTyped: Typed = { photos: [], reports: [], note: '', day: '', lifted: false, officers: [], plan: { measures: '', responsible: '', fund: '0', emergency: '', goal: '', team: '' } }

/** Acts that are done where the hazard is. Everything else is office work and says so. */
export const actForms: Partial<Record<HazardAction, (hazard: HazardRow) => ActForm>> = {
  fixOnSite: () => ({ photos: '拍整改后' }),
  verifyFix: (hazard) => ({ note: { label: '核实情况', least: 0 }, ...lift(hazard, '停用情形已消除') }),
  rejectFix: () => ({ note: { label: '不属实的情况', least: 2 } }),
  start: () => ({ day: { label: '整改期限', must: false } }),
  submit: (hazard) => ({ photos: '拍整改后', note: { label: '整改情况', least: 0 }, ...(hazard.level === 'MAJOR' ? { reports: '拍整改报告' } : {}) }),
  acknowledge: () => ({ plan: true, day: { label: '完成日期', must: true } }),
  askExtension: () => ({ day: { label: '延至', must: true }, note: { label: '延期理由', least: 2 } }),
  pass: (hazard) => ({ officers: true, note: { label: '复查情况', least: 2 }, photos: '拍现状', photosMay: true, ...lift(hazard, '同意恢复使用') }),
  fail: () => ({ officers: true, note: { label: '不合格的情况', least: 2 }, photos: '拍现状', photosMay: true, day: { label: '新期限', must: true } }),
}

const lift = (hazard: HazardRow, word: string): ActForm => (hazard.stopInForce ? { lifted: word } : {})

/** What is missing before it can be handed in; the server asks again. */
export function gapsOfAct(form: ActForm, typed: Typed, hazard: HazardRow, officers: readonly OfficerRow[], day: string): string[] {
  return [
    ...(form.photos && !form.photosMay && typed.photos.length === 0 && hazard.evidence === 'PHOTO' ? [`请${form.photos}照片`] : []),
    ...(form.reports && typed.reports.length === 0 ? ['重大隐患须附整改报告，请拍照'] : []),
    ...(form.note && typed.note.trim().length < form.note.least ? [`请填写${form.note.label}`] : []),
    ...(form.day?.must && typed.day === '' ? [`请选${form.day.label}`] : []),
    ...(form.plan ? gapsOfPlan(typed, hazard) : []),
    ...(form.officers ? refuseTwoOfficers(officers.filter((officer) => typed.officers.includes(officer.id)), hazard, day) : []),
  ]
}

function gapsOfPlan({ plan }: Typed, hazard: HazardRow): string[] {
  const major = hazard.level === 'MAJOR'
  const missing = [plan.measures.trim().length < 2 && '措施', plan.responsible.trim() === '' && '责任人', plan.fund.trim() === '' && '资金', plan.emergency.trim().length < 2 && '应急预案', major && plan.goal.trim() === '' && '目标任务', major && plan.team.trim() === '' && '机构人员'].filter((word): word is string => typeof word === 'string')
  return missing.length > 0 ? [`请填写${missing.join('、')}`] : []
}

type Made = { [N in CommandName]: { name: N; input: CommandInput<N> } }[CommandName]

/** The command of an act. */
export function commandOf(action: HazardAction, hazard: HazardRow, typed: Typed): Made | undefined {
  const on = { id: hazard.id, baseVersion: hazard.version }
  const note = typed.note.trim()
  switch (action) {
    case 'fixOnSite': return { name: 'hazard.fixOnSite', input: { ...on, photosAfter: [...typed.photos], note } }
    case 'verifyFix': return { name: 'hazard.verifyFix', input: { ...on, verified: true, stopLifted: typed.lifted, reason: note } }
    case 'rejectFix': return { name: 'hazard.verifyFix', input: { ...on, verified: false, reason: note } }
    case 'start': return { name: 'hazard.start', input: { ...on, ...(typed.day ? { dueOn: typed.day } : {}) } }
    case 'submit': return { name: 'hazard.submit', input: { ...on, photosAfter: [...typed.photos], reports: [...typed.reports], note } }
    case 'askExtension': return { name: 'hazard.askExtension', input: { ...on, dueOn: typed.day, reason: note, files: [] } }
    case 'acknowledge': return { name: 'hazard.acknowledge', input: { ...on, plan: planOf(typed), files: [] } }
    case 'pass':
    case 'fail': return { name: 'hazard.reinspect', input: { ...on, officers: [...typed.officers], passed: action === 'pass', note, ...(action === 'fail' && typed.day ? { newDueOn: typed.day } : {}), stopLifted: typed.lifted, photos: [...typed.photos] } }
    default: return undefined
  }
}

const planOf = ({ plan, day }: Typed) => ({
  measures: plan.measures.trim(), responsible: plan.responsible.trim(), fund: Number(plan.fund) || 0, finishOn: day, emergency: plan.emergency.trim(), ...(plan.goal.trim() ? { goal: plan.goal.trim() } : {}), ...(plan.team.trim() ? { team: plan.team.trim() } : {}),
})
