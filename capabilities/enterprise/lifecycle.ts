import { lifecycle } from '../../kernel/core/lifecycle.ts'

/** 经营状态 (domain.md §1.5). CANCELLED and MOVED leave the register's daily figures but keep the file. */
export type OperatingState = 'ACTIVE' | 'VOLUNTARY_STOP' | 'ORDERED_STOP' | 'RESUMING' | 'LONG_STOP' | 'CANCELLED' | 'MOVED'
export type StateAction = 'start' | 'stop' | 'order_stop' | 'resume' | 'long_stop' | 'cancel' | 'leave'

export const operatingStateZh: Readonly<Record<OperatingState, string>> = {
  ACTIVE: '正常生产', VOLUNTARY_STOP: '自行停产', ORDERED_STOP: '责令停产', RESUMING: '复工复产中', LONG_STOP: '长期停产', CANCELLED: '已注销', MOVED: '已搬离',
}
export const operatingStates = Object.keys(operatingStateZh) as [OperatingState, ...OperatingState[]]

const LOOK = 'enterprise.state'
/** A stop that was ordered on paper is neither made nor lifted by a grid officer or a street (安全生产法 §65, §70). */
const ORDER = 'enterprise.order_state'
const BOOKS = 'enterprise.edit'

const start = { id: 'E1', to: 'ACTIVE', verb: LOOK, label: '恢复正常生产', clause: '§1.5' } as const
const stop = { id: 'E2', to: 'VOLUNTARY_STOP', verb: LOOK, label: '登记自行停产', clause: '§1.5' } as const
const orderStop = { id: 'E3', to: 'ORDERED_STOP', verb: ORDER, label: '登记责令停产', clause: '安全生产法 §65' } as const
const resume = { id: 'E4', to: 'RESUMING', verb: LOOK, label: '登记复工复产', clause: '§7' } as const
const longStop = { id: 'E5', to: 'LONG_STOP', verb: LOOK, label: '登记长期停产', clause: '§1.5' } as const
const cancel = { id: 'E6', to: 'CANCELLED', verb: BOOKS, label: '登记注销', clause: '§1.5' } as const
const leave = { id: 'E7', to: 'MOVED', verb: LOOK, label: '登记搬离', clause: '§1.5' } as const
const lift = (move: typeof start | typeof resume) => ({ ...move, id: `${move.id}b`, verb: ORDER, clause: '安全生产法 §65' }) as const

export const operating = lifecycle<OperatingState, StateAction>({
  ACTIVE: { stop, order_stop: orderStop, long_stop: longStop, cancel, leave },
  VOLUNTARY_STOP: { start, order_stop: orderStop, resume, long_stop: longStop, cancel, leave },
  ORDERED_STOP: { start: lift(start), resume: lift(resume), cancel },
  RESUMING: { start, stop, order_stop: orderStop, long_stop: longStop, cancel, leave },
  LONG_STOP: { start, resume, order_stop: orderStop, cancel, leave },
  CANCELLED: { start: { ...start, id: 'E8', verb: BOOKS, label: '撤销注销登记' } },
  MOVED: { start: { ...start, id: 'E9', verb: BOOKS, label: '登记迁回' }, cancel },
})

/** The move that leads from one state to another; undefined when there is none. */
export function moveTo(from: OperatingState, to: OperatingState) {
  return Object.values(operating[from]).find((move) => move?.to === to)
}
