import { zhDate } from '../../../kernel/core/time-zh.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import { operations } from '../operations.ts'
import type { DialogProps } from './dialogs-finding.tsx'
import { lines, linesField, officersField, photosField } from './inputs.tsx'
import { today } from './words.ts'

const reason: FormField = { key: 'reason', kind: 'long', rows: 3, max: 500 }
const planKeys = ['measures', 'responsible', 'fund', 'finishOn', 'emergency', 'goal', 'team'] as const

/** The form asks the five points one by one; on the wire they are one plan. */
const asPlan = (values: Record<string, unknown>): Record<string, unknown> => {
  const plan = Object.fromEntries(planKeys.filter((key) => values[key] !== undefined).map((key) => [key, values[key]]))
  const rest = Object.fromEntries(Object.entries(values).filter(([key]) => !(planKeys as readonly string[]).includes(key)))
  return { ...rest, plan }
}

const pendingOf = (h: DialogProps['h']) => (h.pending ?? {}) as { dueOn?: string; reason?: string; interim?: string | null; toDept?: string; note?: string }

/** What an enterprise does: plan, extension, handing in (T6b–T9). */
export function RectifyingDialog({ h, action, shared, input }: DialogProps) {
  const major = h.level === 'MAJOR'
  const whom = `${h.enterpriseName} · ${h.location}`
  switch (action) {
    case 'start':
      return <ReasonDialog {...shared} title="开始整改" operation={operations.start} input={input} confirm="开始" fields={[{ key: 'dueOn', kind: 'date', required: false, hint: h.proposedDueOn ? `不填按检查项期限：${zhDate(h.proposedDueOn)}` : '不填按检查项期限' }]} act={{ does: '开始计时，到期须提交整改照片', whom }} />
    case 'acknowledge':
      return (
        <ReasonDialog {...shared} title={major ? '签收并报治理方案' : '签收并报整改方案'} width={640} operation={operations.acknowledge} input={input} confirm="签收并上报" prepare={asPlan} initial={{ finishOn: h.dueOn ?? undefined } as never}
          fields={[
            ...(major ? [{ key: 'goal', kind: 'long', rows: 2, required: true } as const, { key: 'team', required: true } as const] : []),
            { key: 'measures', kind: 'long', required: true }, { key: 'responsible', required: true }, { key: 'fund', kind: 'number', unit: '元', required: true }, { key: 'finishOn', kind: 'date', required: true },
            { key: 'emergency', kind: 'long', rows: 2, required: true }, photosField('files', h.enterpriseId, { files: true, required: false, label: '附件' }),
          ]}
          act={{ does: major ? '由主要负责人签署治理方案，并向职工代表大会报告' : '落实措施、责任、资金、时限、预案', whom, until: h.dueOn ? zhDate(h.dueOn) : undefined, clause: '《安全生产法》第四十一条' }} />
      )
    case 'askExtension':
      return <ReasonDialog {...shared} title="申请延期" operation={operations.askExtension} input={input} confirm="申请" fields={[{ key: 'dueOn', label: '申请延至', kind: 'date' }, reason, { key: 'interim', kind: 'long', when: () => major, required: major }, photosField('files', h.enterpriseId, { files: true, required: false, label: '证明材料' })]} act={{ does: `由${major ? '分管负责人' : '科长'}在五日内答复；答复之前原期限有效`, until: h.dueOn ? `现期限 ${zhDate(h.dueOn)}` : undefined }} />
    case 'decideExtension':
      return <ReasonDialog {...shared} title="审批延期" operation={operations.decideExtension} input={input} initial={{ granted: true, dueOn: pendingOf(h).dueOn }} confirm="答复" fields={[{ key: 'granted', kind: 'flag' }, { key: 'dueOn', label: '延至', kind: 'date', when: (v) => v.granted === true }, { key: 'reply', kind: 'long' }]} act={{ does: `企业申请延至${zhDate(pendingOf(h).dueOn ?? today())}：${pendingOf(h).reason ?? ''}`, whom, until: h.dueOn ? `现期限 ${zhDate(h.dueOn)}` : undefined }} />
    case 'submit':
      return <ReasonDialog {...shared} title="提交整改" operation={operations.submit} input={input} confirm="提交复查" fields={[photosField('photosAfter', h.enterpriseId, { required: h.evidence === 'PHOTO', hint: '与整改前同一角度，每处一张' }), ...(major ? [photosField('reports', h.enterpriseId, { files: true, required: true })] : []), { key: 'note', label: '整改情况', kind: 'long' }]} act={{ does: '停止计时，由两名执法人员在十日内复查', whom, clause: '《安全生产法》第四十一条' }} />
    default:
      return null
  }
}

/** What the bureau does to the end: re-inspection, review, signature (T10–T12). */
export function ReinspectionDialog({ h, action, shared, input }: DialogProps) {
  const whom = `${h.enterpriseName} · ${h.location}`
  switch (action) {
    case 'assignReinspection':
      return <ReasonDialog {...shared} title="安排复查" operation={operations.assignReinspection} input={input} confirm="安排" fields={[officersField(h.id), { key: 'on', label: '复查日期', kind: 'date', required: false }]} act={{ does: '所选人员收到待办', whom, until: h.reinspectDueOn ? `${zhDate(h.reinspectDueOn)}前` : undefined, clause: h.level === 'MAJOR' ? '重大隐患至少一人与上一轮不同' : '《行政处罚法》第四十二条' }} />
    case 'pass':
    case 'fail': {
      const passed = action === 'pass'
      return (
        <ReasonDialog {...shared} title={passed ? '复查合格' : '复查不合格'} operation={operations.reinspect} input={{ ...input, passed, officers: h.reinspectors.map((p) => p.id) }} confirm={passed ? '记录合格' : '记录不合格'} danger={!passed}
          fields={[{ key: 'note', label: '复查意见', kind: 'long' }, ...(passed && h.stopInForce ? [{ key: 'stopLifted', label: '同意恢复使用', kind: 'flag' } as const] : []), ...(passed ? [] : [{ key: 'newDueOn', kind: 'date', required: false, hint: '不填按原期限长度' } as const]), photosField('photos', h.enterpriseId, { required: false })]}
          act={passed ? { does: h.level === 'MAJOR' ? '报科长审核、分管负责人签批后销号' : '隐患销号', whom, clause: '复查意见书由双方签字' } : { does: '进入下一轮整改，并提示立案', whom, clause: '《安全生产法》第一百零二条' }} />
      )
    }
    case 'review':
    case 'closeMajor':
      return <ReasonDialog {...shared} title={action === 'review' ? '审核销号' : '签批销号'} operation={action === 'review' ? operations.review : operations.closeMajor} input={input} initial={{ approved: true }} confirm={action === 'review' ? '审核' : '签批'} fields={[{ key: 'approved', kind: 'flag' }, { key: 'note', label: '意见', kind: 'long' }]} act={{ does: action === 'review' ? '同意的报分管负责人签批；不同意的退回复查' : '同意的即销号；不同意的退回复查', whom, clause: '重大隐患销号须经审核、签批' }} />
    default:
      return null
  }
}

/** Transfer and freeze (T13–T16). */
export function ElsewhereDialog({ h, action, shared, input }: DialogProps) {
  const whom = `${h.enterpriseName} · ${h.location}`
  switch (action) {
    case 'askTransfer':
      return <ReasonDialog {...shared} title="申请移送" operation={operations.askTransfer} input={input} confirm="报批" prepare={(v) => ({ ...v, materials: lines(v.materials) })} fields={[{ key: 'toDept' }, linesField('materials', '现场照片\n情况说明'), reason]} act={{ does: '经审批后移送有权部门，停止对企业计时；现场危险先行停用、撤人', whom, clause: '《安全生产法》第六十九条' }} />
    case 'decideTransfer':
      return <ReasonDialog {...shared} title="审批移送" operation={operations.decideTransfer} input={input} initial={{ approved: true }} confirm="审批" fields={[{ key: 'approved', kind: 'flag' }, reason]} act={{ does: `移送${pendingOf(h).toDept ?? ''}：${pendingOf(h).reason ?? ''}`, whom, until: '对方三个工作日内回执（重大一个工作日并电话确认）' }} />
    case 'receipt':
      return <ReasonDialog {...shared} title="登记移送回执" operation={operations.receipt} input={input} initial={{ returned: false }} confirm="登记" fields={[{ key: 'returned', label: '对方退回', kind: 'flag' }, { key: 'result', kind: 'long' }]} act={{ does: '有办理结果的移送办结；退回的恢复为已核定', whom }} />
    case 'freeze':
      return <ReasonDialog {...shared} title="冻结隐患" operation={operations.freeze} input={input} confirm="冻结" danger fields={[reason, photosField('evidence', h.enterpriseId, { files: true, required: true }), { key: 'sourceRemoved', kind: 'flag', when: () => h.level === 'MAJOR' }]} act={{ does: '停止计时，每月核查一次；企业恢复生产时自动解除，未销号不得复工', whom }} />
    case 'unfreeze':
      return <ReasonDialog {...shared} title="解除冻结" operation={operations.unfreeze} input={input} confirm="解除" act={{ does: '恢复为已核定，须重新下达责令', whom }} />
    default:
      return null
  }
}
