import { operations as campaign } from '../../../capabilities/campaign/operations.ts'
import { operations as enforcement } from '../../../capabilities/enforcement/operations.ts'
import { operations as enterprise } from '../../../capabilities/enterprise/operations.ts'
import { operations as hazard } from '../../../capabilities/hazard/operations.ts'
import { operations as todo } from '../../../capabilities/todo/operations.ts'
import { operations as visit } from '../../../capabilities/visit/operations.ts'
import type { InputOf, Operation } from '../../../kernel/core/operation.ts'

/**
 * What may be queued on the phone, by the name that is stored with it. A name is never taken out: a phone that was off for a
 * month still holds commands under it.
 */
export const commands = {
  'visit.start': visit.start,
  'visit.saveAnswers': visit.saveAnswers,
  'visit.record': visit.record,
  'visit.addScan': visit.addScan,
  'visit.handBack': visit.handBack,
  'hazard.report': hazard.report,
  'hazard.fixOnSite': hazard.fixOnSite,
  'hazard.verifyFix': hazard.verifyFix,
  'hazard.start': hazard.start,
  'hazard.submit': hazard.submit,
  'hazard.reinspect': hazard.reinspect,
  'hazard.acknowledge': hazard.acknowledge,
  'hazard.askExtension': hazard.askExtension,
  'enterprise.setState': enterprise.setState,
  'campaign.signIn': campaign.signIn,
  'todo.hand': todo.hand,
  'todo.take': todo.take,
  'todo.giveBack': todo.giveBack,
  'enforcement.draft': enforcement.draft,
  'enforcement.submit': enforcement.submit,
  'enforcement.onSpot': enforcement.onSpot,
  'enforcement.sign': enforcement.sign,
  'enforcement.receive': enforcement.receive,
  'enforcement.refuseToSign': enforcement.refuseToSign,
} as const satisfies Record<string, Operation>

export type CommandName = keyof typeof commands
export type CommandInput<N extends CommandName> = InputOf<(typeof commands)[N]>

export const commandZh: Readonly<Record<CommandName, string>> = {
  'visit.start': '到场开始', 'visit.saveAnswers': '暂存作答', 'visit.record': '走访记录', 'visit.addScan': '补录扫码', 'visit.handBack': '退还任务', 'hazard.report': '上报隐患', 'hazard.fixOnSite': '当场已改', 'hazard.verifyFix': '核实整改', 'hazard.start': '开始整改',
  'hazard.submit': '提交整改', 'hazard.reinspect': '复查结果', 'hazard.acknowledge': '签收并报方案', 'hazard.askExtension': '申请延期', 'enterprise.setState': '登记经营状态', 'campaign.signIn': '集结登记', 'todo.hand': '转交待办', 'todo.take': '领取待办', 'todo.giveBack': '退还待办',
  'enforcement.draft': '起草文书', 'enforcement.submit': '文书报批', 'enforcement.onSpot': '现场出具文书', 'enforcement.sign': '执法人员签名', 'enforcement.receive': '当事人签名', 'enforcement.refuseToSign': '记录拒签',
}

export const isCommand = (name: string): name is CommandName => name in commands
