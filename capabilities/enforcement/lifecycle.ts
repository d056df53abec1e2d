import { lifecycle } from '../../kernel/core/lifecycle.ts'
import type { PaperState } from './doc-type.ts'
import type { MeasureState } from './measure.ts'

export type PaperAction = 'edit' | 'submit' | 'approve' | 'return' | 'withdraw' | 'issue' | 'sign' | 'receive' | 'refuseToSign' | 'serve' | 'cancel' | 'void' | 'askRecall' | 'decideRecall' | 'withdrawRecall' | 'serveRecall'

export const STATE_ZH: Record<PaperState, string> = {
  DRAFT: '草拟', PENDING: '待审批', RETURNED: '已退回', APPROVED: '待签发', ISSUED: '待签名', SIGNED: '已签名', SERVED: '已送达', VOIDED: '已作废', REVOKED: '已撤销',
}

const draft = 'enforcement.draft'
const edit = { id: 'P1', to: 'DRAFT', verb: draft, label: '修改', clause: '§3.4' } as const
const submit = { id: 'P2', to: 'PENDING', verb: draft, label: '报审批', clause: '§3.4' } as const
const issue = { id: 'P6', to: 'ISSUED', verb: 'enforcement.issue', label: '签发', clause: '罚法§42；安法§67' } as const
const cancel = { id: 'P12', to: 'VOIDED', verb: draft, label: '撤销草稿', clause: '§3.4' } as const
const annul = { id: 'P11', to: 'VOIDED', verb: 'enforcement.void', label: '作废', clause: '§3.4 编号规则' } as const

/**
 * A paper from draft to service. A type that needs no approval is issued from DRAFT; one that is not served ends at SIGNED. A served
 * paper is not voided: what was served is taken back (撤销) or put right (更正)
 * by a decision of the leader that is served in its turn; recall.ts has its rules.
 */
export const paperLifecycle = lifecycle<PaperState, PaperAction>({
  DRAFT: { edit, submit, issue, cancel },
  PENDING: {
    approve: { id: 'P3', to: 'APPROVED', verb: 'enforcement.approve', label: '批准', clause: '§3.4' },
    return: { id: 'P4', to: 'RETURNED', verb: 'enforcement.approve', label: '退回', clause: '§3.4' },
    cancel,
  },
  RETURNED: { edit, submit, cancel },
  APPROVED: { issue, withdraw: { id: 'P5', to: 'DRAFT', verb: draft, label: '撤回重拟', clause: '§3.4' }, void: annul },
  ISSUED: {
    sign: { id: 'P7', to: ['ISSUED', 'SIGNED'], verb: 'enforcement.sign', label: '执法人员签名', clause: '安法§68' },
    receive: { id: 'P8', to: ['ISSUED', 'SIGNED'], verb: 'enforcement.serve', label: '当事人签收', clause: '安法§68' },
    refuseToSign: { id: 'P9', to: ['ISSUED', 'SIGNED'], verb: 'enforcement.serve', label: '记录拒签或不在场', clause: '安法§68' },
    void: annul,
  },
  SIGNED: { serve: { id: 'P10', to: 'SERVED', verb: 'enforcement.serve', label: '登记送达', clause: '罚法§61' }, void: annul },
  SERVED: {
    askRecall: { id: 'P13', to: 'same', verb: draft, label: '提请撤销或更正', clause: '§3.4' },
    decideRecall: { id: 'P14', to: 'same', verb: 'enforcement.revoke', label: '决定撤销或更正', clause: '§3.4' },
    withdrawRecall: { id: 'P15', to: 'same', verb: draft, label: '撤回提请', clause: '§3.4' },
    serveRecall: { id: 'P16', to: ['SERVED', 'REVOKED'], verb: 'enforcement.serve', label: '送达撤销或更正', clause: '罚法§61' },
  },
  VOIDED: {},
  REVOKED: {},
})

export type MeasureAction = 'makeUp' | 'startTesting' | 'endTesting' | 'extend' | 'expire' | 'release' | 'void'
const makeUp = { id: 'S1', to: 'same', verb: 'enforcement.seal', label: '补办批准', clause: '强法§19' } as const
const extend = { id: 'S4', to: 'same', verb: 'enforcement.draft', label: '起草延长决定', clause: '强法§25' } as const
const release = { id: 'S6', to: 'RELEASED', verb: 'enforcement.draft', label: '起草解除决定', clause: '强法§28' } as const
const voidIt = { id: 'S7', to: 'VOIDED', verb: 'enforcement.void', label: '决定书作废', clause: '§3.4 编号规则' } as const

/** 查封、扣押 from the issue of its decision (D09). Extension and release are papers of their own (D10, D11): S4 and S6 draft them. */
export const measureLifecycle = lifecycle<MeasureState, MeasureAction>({
  IN_FORCE: {
    makeUp, extend, release, void: voidIt,
    startTesting: { id: 'S2', to: 'TESTING', verb: 'enforcement.serve', label: '登记送检', clause: '强法§25' },
    expire: { id: 'S5', to: 'EXPIRED', verb: 'system', label: '期满', clause: '强法§28' },
  },
  TESTING: { makeUp, extend, release, void: voidIt, endTesting: { id: 'S3', to: 'IN_FORCE', verb: 'enforcement.serve', label: '登记检验结束', clause: '强法§25' } },
  EXPIRED: { makeUp, release, void: voidIt },
  RELEASED: {},
  VOIDED: {},
})
