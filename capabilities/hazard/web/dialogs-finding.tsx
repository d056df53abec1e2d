import type { LegalAct } from '../../../kernel/web/dialog.tsx'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import type { HazardAction } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import type { HazardDetail } from '../views.ts'
import { officersField, photosField } from './inputs.tsx'
import { clauseOptions, levelOptions, voidOptions } from './words.ts'

export interface DialogProps {
  readonly h: HazardDetail
  readonly action: HazardAction
  readonly shared: { readonly onClose: () => void; readonly draft: string }
  readonly input: { readonly id: string; readonly baseVersion: number }
}

const reason: FormField = { key: 'reason', kind: 'long', rows: 3, max: 500 }
const major = (values: Readonly<Record<string, unknown>>) => values.level === 'MAJOR'
const opinionFields: readonly FormField[] = [
  { key: 'opinionText', label: '专家意见', kind: 'long', when: major, hint: '已有科室会审或专家意见的可不填' },
  { key: 'opinionBy', label: '专家姓名', when: major },
]

/** The two fields of an opinion are one thing on the wire. */
const withOpinion = (values: Record<string, unknown>): Record<string, unknown> => {
  const { opinionText, opinionBy, ...rest } = values
  return { ...rest, ...(opinionText ? { opinion: { text: opinionText, by: opinionBy ?? '' } } : {}) }
}

const confirmAct = (h: HazardDetail): LegalAct => ({
  does: '隐患成立并进入闭环；一般隐患可下达责令或当场整改，重大隐患立即停用相关设施并进入督办',
  whom: `${h.enterpriseName} · ${h.location}`, clause: '《安全生产法》第六十五条',
})

/** Dialogs of finding, grading and on-site fix (T2–T5, T17, I5). */
export function FindingDialog({ h, action, shared, input }: DialogProps) {
  switch (action) {
    case 'confirm':
      return (
        <ReasonDialog {...shared} title="核定隐患" width={640} operation={operations.confirm} input={input} confirm="核定" act={confirmAct(h)} prepare={withOpinion} initial={{ level: h.level, requirement: h.requirement, clauseId: h.clauseId ?? undefined, immediateStop: h.immediateStop }}
          fields={[
            { key: 'level', kind: 'radio', options: levelOptions, hint: '重大隐患只按判定标准认定' },
            { key: 'clauseId', kind: 'choice', options: clauseOptions(h.foundAt.slice(0, 10)), when: major, required: true },
            { ...officersField(h.id), when: major, required: true }, ...opinionFields,
            { key: 'outsideCause', label: '因外部因素，企业自身难以排除', kind: 'flag', when: major },
            { key: 'immediateStop', kind: 'flag', hint: '须当场停用设备、撤人或切断危险源', when: (v) => !major(v) }, { key: 'requirement', kind: 'long' },
          ]} />
      )
    case 'giveOpinion':
      return <ReasonDialog {...shared} title="出具意见" operation={operations.giveOpinion} input={input} confirm="出具" fields={[{ key: 'text', kind: 'long', rows: 5, max: 2000 }]} act={{ does: '意见记入经过，作为重大隐患认定的依据之一', clause: '重大隐患认定须有专家意见或科室会审' }} />
    case 'void':
    case 'voidMajor':
      return <ReasonDialog {...shared} title="作废隐患" operation={action === 'void' ? operations.void : operations.voidMajor} input={input} confirm="作废" danger fields={[{ key: 'code', kind: 'choice', options: voidOptions }, reason, photosField('photos', h.enterpriseId, { required: true })]} act={{ does: '不再计入隐患数，编号保留；发现人会收到通知，可申诉一次', whom: h.no }} />
    case 'appeal':
      return <ReasonDialog {...shared} title="对作废申诉" operation={operations.appeal} input={input} confirm="申诉" act={{ does: '退回待核定，由执法人员重新核定；只能申诉一次' }} />
    case 'fixOnSite':
      return <ReasonDialog {...shared} title="记为当场已改" operation={operations.fixOnSite} input={input} confirm="记录" fields={[photosField('photosAfter', h.enterpriseId, { required: h.evidence === 'PHOTO', hint: '与整改前同一角度' }), { key: 'note', kind: 'long' }]} act={{ does: '等待核实，核实后按现场整改销号', until: '24 小时内核实' }} />
    case 'verifyFix':
      return <ReasonDialog {...shared} title="核实当场整改" operation={operations.verifyFix} input={input} initial={{ verified: true }} confirm="核实" fields={[{ key: 'verified', kind: 'flag', hint: '不属实时关闭此项，退回已核定' }, { key: 'stopLifted', label: '同意恢复使用', kind: 'flag', when: () => h.stopInForce }, { key: 'reason', label: '说明', kind: 'long', required: false }]} act={{ does: '核实的按现场整改销号；不属实的退回已核定', whom: `${h.enterpriseName} · ${h.location}` }} />
    case 'reopen':
      return <ReasonDialog {...shared} title="重新打开" operation={operations.reopen} input={input} confirm="重新打开" danger fields={[{ key: 'description', kind: 'long' }, photosField('photos', h.enterpriseId, { required: h.evidence === 'PHOTO' })]} act={{ does: '退回已核定，标为重复发生；原期限不再适用，须重新下达责令' }} />
    case 'raise':
      return <ReasonDialog {...shared} title="提高为重大隐患" width={640} operation={operations.raise} input={input} initial={{ immediateStop: true } as never} confirm="提高等级" danger prepare={withOpinion} fields={[{ key: 'clauseId', kind: 'choice', options: clauseOptions(h.foundAt.slice(0, 10)) }, officersField(h.id), ...opinionFields.map(({ when: _, ...f }) => f), { key: 'immediateStop', kind: 'flag' }, { key: 'outsideCause', kind: 'flag' }, reason]} act={{ does: '按重大隐患管理：停用、治理方案、督办、分管负责人签批销号', whom: h.enterpriseName, clause: '《安全生产法》第四十一条、第六十五条' }} />
    case 'lower':
      return <ReasonDialog {...shared} title="降为一般隐患" operation={operations.lower} input={input} confirm="降低等级" danger act={{ does: '不再按重大隐患管理；理由留在经过里', whom: h.enterpriseName }} />
    default:
      return null
  }
}
