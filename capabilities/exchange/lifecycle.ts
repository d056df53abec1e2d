import { lifecycle } from '../../kernel/core/lifecycle.ts'

export type ImportState = 'UPLOADED' | 'MAPPED' | 'CHECKING' | 'CHECKED' | 'APPLYING' | 'DONE' | 'UNDONE' | 'FAILED' | 'CANCELLED'
export type ImportAction = 'map' | 'check' | 'finish_check' | 'decide' | 'apply' | 'finish' | 'fail' | 'cancel' | 'undo'

export const importStateZh: Readonly<Record<ImportState, string>> = {
  UPLOADED: '待核对表头', MAPPED: '待核对', CHECKING: '核对中', CHECKED: '待写入', APPLYING: '写入中', DONE: '已写入', UNDONE: '已撤销', FAILED: '未成功', CANCELLED: '已取消',
}
export const importStates = Object.keys(importStateZh) as [ImportState, ...ImportState[]]

const IMPORT = 'exchange.import'
const map = { id: 'X1', to: 'MAPPED', verb: IMPORT, label: '确认表头', clause: 'C21' } as const
const check = { id: 'X2', to: 'CHECKING', verb: IMPORT, label: '核对', clause: 'C21' } as const
const finishCheck = { id: 'X3', to: 'CHECKED', verb: 'system', label: '核对完成', clause: 'C21' } as const
const decide = { id: 'X4', to: 'same', verb: IMPORT, label: '处理存疑', clause: 'C21' } as const
const apply = { id: 'X5', to: 'APPLYING', verb: IMPORT, label: '写入', clause: 'C21' } as const
const finish = { id: 'X6', to: 'DONE', verb: 'system', label: '写入完成', clause: 'C21' } as const
const fail = { id: 'X7', to: 'FAILED', verb: 'system', label: '未成功', clause: 'C21' } as const
const cancel = { id: 'X8', to: 'CANCELLED', verb: IMPORT, label: '取消', clause: 'C21' } as const
const undo = { id: 'X9', to: 'UNDONE', verb: 'exchange.undo', label: '撤销导入', clause: 'C21' } as const

/** A run is left and come back to at any step; nothing is written to the register before `apply`. */
export const importing = lifecycle<ImportState, ImportAction>({
  UPLOADED: { map, cancel },
  MAPPED: { map, check, cancel },
  CHECKING: { finish_check: finishCheck, fail, cancel },
  CHECKED: { map, decide, apply, cancel },
  APPLYING: { finish, fail },
  DONE: { undo },
  UNDONE: {},
  FAILED: { map, cancel, undo },
  CANCELLED: {},
})
