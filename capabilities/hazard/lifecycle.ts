import { lifecycle, type Move } from '../../kernel/core/lifecycle.ts'
import type { HazardState } from './hazard.ts'

export const HAZARD_ACTIONS = [
  'report', 'confirm', 'void', 'voidMajor', 'appeal', 'fixOnSite', 'verifyFix', 'rejectFix', 'order', 'unorder', 'start', 'acknowledge', 'askExtension', 'decideExtension', 'submit', 'lapse',
  'assignReinspection', 'pass', 'fail', 'review', 'closeMajor', 'askTransfer', 'decideTransfer', 'receipt', 'freeze', 'unfreeze', 'reopen', 'raise', 'lower', 'giveOpinion', 'remind',
] as const
export type HazardAction = (typeof HAZARD_ACTIONS)[number]

type M = Move<HazardState>
const move = (id: string, to: M['to'], verb: string, label: string, clause: string): M => ({ id, to, verb, label, clause })

const system = 'system'
const askTransfer = move('T13', 'same', 'hazard.ask_transfer', '申请移送', '安全生产法第69条')
const decideTransfer = move('T13', ['TRANSFERRED'], 'hazard.approve_transfer', '审批移送', '安全生产法第69条')
const freeze = move('T15', 'FROZEN', 'hazard.freeze', '冻结', 'domain §2.8 T15')
const raise = move('I5', 'same', 'hazard.regrade', '提高等级', 'domain §2.8 I5')
const lower = move('I5', 'same', 'hazard.regrade_down', '降低等级', 'domain §2.8 I5')
const opinion = move('T2', 'same', 'hazard.opinion', '出具意见', 'domain §2.8 T2')
/** The only order over it was taken back: it is confirmed and no more, never closed. Made by the revocation alone. */
const unorder = move('T6c', 'CONFIRMED', system, '责令撤销', 'domain §2.8 T6')
const remind = move('REM', 'same', 'hazard.remind', '提醒', 'domain §2.8 REM')

/** What may happen to any hazard that is still ours and still open. */
const anyOpen = { askTransfer, decideTransfer, freeze, raise }

/**
 * The table of domain §2.8, every row of it. Guards are in rules.ts; this says from where, to where, by which right and
 * which clause. `report` starts from DRAFT, which lives on the device of the finder and never in the database.
 */
export const hazardLifecycle = lifecycle<HazardState, HazardAction>({
  DRAFT: { report: move('T1', 'REPORTED', 'hazard.report', '上报', '安全生产法第41条') },
  REPORTED: {
    confirm: move('T2', 'CONFIRMED', 'hazard.confirm', '核定', '安全生产法第65条'),
    void: move('T3', 'VOID', 'hazard.void', '作废', 'domain §2.8 T3'),
    voidMajor: move('T3', 'VOID', 'hazard.void_major', '作废（重大）', 'domain §2.8 I4'),
    giveOpinion: opinion,
    lower,
    ...anyOpen,
  },
  CONFIRMED: {
    fixOnSite: move('T4', 'FIXED_ON_SITE', 'hazard.fix_on_site', '记为当场已改', '安全生产法第65条'),
    order: move('T6', 'ORDERED', 'hazard.order', '下达责令', '安全生产法第65条'),
    start: move('T6b', 'RECTIFYING', 'hazard.start', '开始整改', 'domain §2.8 T6b'),
    lower,
    ...anyOpen,
  },
  FIXED_ON_SITE: {
    verifyFix: move('T5', 'CLOSED', 'hazard.verify_fix', '核实销号', '安全生产法第65条'),
    rejectFix: move('T5', 'CONFIRMED', 'hazard.verify_fix', '退回', 'domain §2.8 T5'),
    ...anyOpen,
  },
  ORDERED: {
    acknowledge: move('T7', 'RECTIFYING', 'hazard.acknowledge', '签收并报整改方案', '16号令第15条'),
    lapse: move('T9b', 'SUBMITTED', system, '到期转复查', '旧15号令第17条'),
    remind,
    unorder,
    ...anyOpen,
  },
  RECTIFYING: {
    askExtension: move('T8', 'same', 'hazard.ask_extension', '申请延期', '旧15号令第17条'),
    decideExtension: move('T8', 'same', 'hazard.approve_extension', '审批延期', '旧15号令第18条'),
    submit: move('T9', 'SUBMITTED', 'hazard.submit', '提交整改', '安全生产法第41条'),
    lapse: move('T9b', 'SUBMITTED', system, '到期转复查', '旧15号令第17条'),
    remind,
    unorder,
    ...anyOpen,
  },
  SUBMITTED: {
    assignReinspection: move('T10', 'REINSPECTING', 'hazard.assign_reinspection', '安排复查', '行政处罚法第42条'),
    remind,
    unorder,
    ...anyOpen,
  },
  REINSPECTING: {
    pass: move('T11', ['CLOSED', 'REINSPECTING'], 'hazard.reinspect', '复查合格', '旧15号令第18条'),
    fail: move('T12', 'RECTIFYING', 'hazard.reinspect', '复查不合格', '安全生产法第102条'),
    review: move('T11', 'same', 'hazard.review', '审核销号', 'domain §2.8 T11'),
    closeMajor: move('T11', ['CLOSED', 'REINSPECTING'], 'hazard.close_major', '签批销号', 'domain §2.8 T11'),
    remind,
    unorder,
    ...anyOpen,
  },
  CLOSED: { reopen: move('T17', 'CONFIRMED', 'hazard.reopen', '重新打开', 'domain §2.8 T17') },
  TRANSFERRED: { receipt: move('T14', ['TRANSFER_CLOSED', 'CONFIRMED'], 'hazard.receipt', '登记回执', '安全生产法第69条'), raise },
  TRANSFER_CLOSED: {},
  FROZEN: { unfreeze: move('T16', 'CONFIRMED', 'hazard.freeze', '解除冻结', 'domain §2.8 T16'), askTransfer, decideTransfer, raise },
  VOID: { appeal: move('T3', 'REPORTED', 'hazard.report', '申诉', 'domain §2.8 T3') },
})
