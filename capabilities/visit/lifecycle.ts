import { lifecycle } from '../../kernel/core/lifecycle.ts'
import type { VisitState } from './kinds.ts'

export type VisitAction = 'edit' | 'submit' | 'approve' | 'refuse' | 'start' | 'startUrgent' | 'save' | 'record' | 'leave' | 'scan' | 'acknowledge' | 'cancel' | 'void' | 'handBack'

const approve = { id: 'V3', to: 'APPROVED', verb: 'visit.approve', label: '批准', clause: '国办发〔2024〕54号' } as const
const refuse = { id: 'V4', to: 'REFUSED', verb: 'visit.approve', label: '不批准', clause: '国办发〔2024〕54号' } as const
const edit = { id: 'V1', to: 'PLANNED', verb: 'visit.plan', label: '修改', clause: '§3.3' } as const
const submit = { id: 'V2', to: 'PENDING_APPROVAL', verb: 'visit.plan', label: '报批', clause: '国办发〔2024〕54号' } as const
const cancel = { id: 'V10', to: 'VOID', verb: 'visit.plan', label: '取消任务', clause: 'Q9' } as const
const start = { id: 'V5', to: 'IN_PROGRESS', verb: 'visit.record', label: '到场开始', clause: '罚法§42、§55；安法§67' } as const
const record = { id: 'V7', to: 'DONE', verb: 'visit.record', label: '办结', clause: '安法§68' } as const
const handBack = { id: 'V14', to: 'same', verb: 'visit.record', label: '退还任务', clause: '§3.3' } as const
const scan = { id: 'V9', to: 'same', verb: 'visit.record', label: '补录扫码', clause: '扫码入企（地方规定）' } as const

/**
 * A visit from plan to record. The urgent branch (V6) starts without approval; its decision (V3, V4) may then fall while
 * the visit runs or after it, and does not move the state: what happened, happened. A kind that needs no approval starts from PLANNED.
 */
export const visitLifecycle = lifecycle<VisitState, VisitAction>({
  PLANNED: { edit, submit, start, startUrgent: { ...start, id: 'V6', label: '紧急检查（即时报告）', clause: '国办发〔2024〕54号（情况紧急）' }, record, cancel, handBack },
  PENDING_APPROVAL: { approve, refuse, cancel },
  APPROVED: { start, record, cancel, handBack },
  REFUSED: { edit: { ...edit, label: '修改后重报' }, cancel },
  IN_PROGRESS: {
    save: { id: 'V8', to: 'same', verb: 'visit.record', label: '暂存', clause: '§3.3' },
    record, leave: { id: 'V11', to: 'same', verb: 'visit.record', label: '离场', clause: '§3.3' }, scan,
    approve: { ...approve, to: 'same', label: '补办审批：追认' }, refuse: { ...refuse, to: 'same', label: '补办审批：不予追认' },
    void: { ...cancel, id: 'V12', verb: 'visit.void', label: '作废' },
  },
  DONE: {
    scan, acknowledge: { id: 'V13', to: 'same', verb: 'visit.approve', label: '阅处报告', clause: '安法§68、§108' }, approve: { ...approve, to: 'same', label: '补办审批：追认' }, refuse: { ...refuse, to: 'same', label: '补办审批：不予追认' },
    void: { ...cancel, id: 'V12', verb: 'visit.void', label: '作废' },
  },
  VOID: {},
})
