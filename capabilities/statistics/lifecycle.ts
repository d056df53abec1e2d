import { lifecycle } from '../../kernel/core/lifecycle.ts'
import type { BriefingState } from './briefing.ts'

export type BriefingAction = 'edit' | 'submit' | 'return' | 'approve' | 'publish' | 'correct' | 'withdraw'

export const STATE_ZH: Record<BriefingState, string> = { DRAFT: '草稿', SUBMITTED: '待核准', RETURNED: '已退回', APPROVED: '待发布', PUBLISHED: '已发布', CORRECTING: '更正中', WITHDRAWN: '已撤回' }

const write = 'statistics.write'
const edit = { id: 'B1', to: 'same', verb: write, label: '修改', clause: 'S1-001' } as const
const submit = { id: 'B2', to: 'SUBMITTED', verb: write, label: '送审', clause: 'S1-001' } as const
const back = { id: 'B3', to: 'RETURNED', verb: 'statistics.approve', label: '退回', clause: 'S1-001' } as const
const withdraw = { id: 'B7', to: 'WITHDRAWN', verb: 'statistics.approve', label: '撤回', clause: 'domain §13.1 G1' } as const

/** A briefing from draft to the public page. What was published stays readable while its correction is written. */
export const briefingLifecycle = lifecycle<BriefingState, BriefingAction>({
  DRAFT: { edit, submit },
  SUBMITTED: { approve: { id: 'B4', to: 'APPROVED', verb: 'statistics.approve', label: '核准', clause: 'S1-001' }, return: back },
  RETURNED: { edit, submit },
  APPROVED: { publish: { id: 'B5', to: 'PUBLISHED', verb: 'statistics.publish', label: '发布', clause: 'S1-001' }, return: back },
  PUBLISHED: { correct: { id: 'B6', to: 'CORRECTING', verb: write, label: '更正', clause: 'domain §13.1 G1' }, withdraw },
  CORRECTING: { edit, submit, withdraw },
  WITHDRAWN: {},
})
