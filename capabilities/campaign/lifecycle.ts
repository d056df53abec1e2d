import { lifecycle } from '../../kernel/core/lifecycle.ts'
import type { CampaignState } from './scheme.ts'

export type CampaignAction = 'edit' | 'submit' | 'approve' | 'sendBack' | 'start' | 'arrange' | 'openWave' | 'finish' | 'close' | 'resume' | 'void'

const edit = { id: 'C1', to: 'same', verb: 'campaign.plan', label: '修改方案', clause: '§3.7' } as const
const arrange = { id: 'C6', to: 'same', verb: 'campaign.plan', label: '调整名单和小组', clause: '§3.7' } as const
const cancel = { id: 'C11', to: 'VOID', verb: 'campaign.plan', label: '作废', clause: 'Q9' } as const
const openWave = { id: 'C7', to: 'same', verb: 'campaign.plan', label: '提前开放下一批', clause: '§6.7' } as const

/** A campaign from draft to report. Submitting moves no state: the annex is frozen by its digest and compared at the decision. */
export const campaignLifecycle = lifecycle<CampaignState, CampaignAction>({
  DRAFT: {
    edit, arrange,
    submit: { id: 'C2', to: 'same', verb: 'campaign.plan', label: '报批', clause: '国办发〔2024〕54号' },
    approve: { id: 'C3', to: 'APPROVED', verb: 'campaign.approve', label: '批准', clause: '国办发〔2024〕54号' },
    sendBack: { id: 'C4', to: 'same', verb: 'campaign.approve', label: '退回修改', clause: '国办发〔2024〕54号' },
    void: cancel,
  },
  APPROVED: { arrange, start: { id: 'C5', to: 'RUNNING', verb: 'campaign.plan', label: '下达命令，启动', clause: '§3.7' }, void: cancel },
  RUNNING: { arrange, openWave, finish: { id: 'C8', to: 'CLOSING', verb: 'campaign.plan', label: '转入收尾', clause: '§3.7' }, void: cancel },
  CLOSING: {
    resume: { id: 'C10', to: 'RUNNING', verb: 'campaign.plan', label: '恢复进行', clause: '§3.7' },
    close: { id: 'C9', to: 'CLOSED', verb: 'campaign.approve', label: '办结', clause: '§3.7' },
  },
  CLOSED: {},
  VOID: {},
})
