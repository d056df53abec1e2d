/**
 * Contact kinds (domain §3.1) as data: who may do it, who approves, whether it counts to the yearly ceiling and whether
 * papers may follow. Everything that differs in law between an inspection and a patrol is a cell of this table.
 */

export const VISIT_KINDS = ['ADMIN_DAILY', 'ADMIN_SPECIAL', 'ADMIN_CASE', 'ADMIN_OFFSITE', 'PATROL', 'GUIDANCE', 'SELF_CHECK', 'THIRD_PARTY', 'PHONE', 'JOINT'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

export const VISIT_STATES = ['PLANNED', 'PENDING_APPROVAL', 'APPROVED', 'REFUSED', 'IN_PROGRESS', 'DONE', 'VOID'] as const
export type VisitState = (typeof VISIT_STATES)[number]
export const STATE_ZH: Record<VisitState, string> = { PLANNED: '待报批', PENDING_APPROVAL: '待审批', APPROVED: '待检查', REFUSED: '未批准', IN_PROGRESS: '检查中', DONE: '已办结', VOID: '已作废' }

/** Only CHECKED counts as checked (conventions Q6). */
export const OUTCOMES = ['CHECKED', 'LOCKED', 'CLOSED', 'MOVED', 'VACANT', 'REFUSED_ENTRY', 'OTHER'] as const
export type Outcome = (typeof OUTCOMES)[number]
export const OUTCOME_ZH: Record<Outcome, string> = { CHECKED: '已检查', LOCKED: '锁门', CLOSED: '停业', MOVED: '搬迁', VACANT: '空置', REFUSED_ENTRY: '拒绝入内', OTHER: '其他' }
/** Outcomes that say "nobody could look": a photo of the door stands for them. */
export const OUTCOMES_WITH_PHOTO: readonly Outcome[] = ['LOCKED', 'CLOSED', 'MOVED', 'VACANT', 'REFUSED_ENTRY']

export const PARTS = ['OFFICER', 'EXPERT', 'GRID', 'ASSISTANT', 'COMPANION'] as const
export type Part = (typeof PARTS)[number]
export const PART_ZH: Record<Part, string> = { OFFICER: '执法人员', EXPERT: '专家', GRID: '安格员', ASSISTANT: '辅助人员', COMPANION: '陪同人员' }
/** Counted and named in the approval (国办发〔2024〕54号: the number of assisting persons is fixed beforehand). */
export const ASSISTING: readonly Part[] = ['EXPERT', 'GRID', 'ASSISTANT']

export const STORED_ANSWERS = ['COMPLIES', 'FAILS', 'FIXED', 'NOT_APPLICABLE'] as const
export type StoredAnswer = (typeof STORED_ANSWERS)[number]
export const ANSWER_ZH: Record<StoredAnswer, string> = { COMPLIES: '符合', FAILS: '不符合', FIXED: '现场已改', NOT_APPLICABLE: '不适用' }

export const CLUE_KINDS = ['COMPLAINT', 'TRANSFERRED', 'WARNING', 'ACCIDENT', 'REINSPECTION', 'CONVERTED'] as const
export type ClueKind = (typeof CLUE_KINDS)[number]
export const CLUE_ZH: Record<ClueKind, string> = { COMPLAINT: '投诉举报', TRANSFERRED: '转办交办', WARNING: '监测预警', ACCIDENT: '事故', REINSPECTION: '整改复查', CONVERTED: '巡查、指导转入' }

export const TASK_SOURCES = ['ANNUAL_PLAN', 'RANDOM_DRAW', 'SPECIAL_PLAN', 'CLUE', 'INVITATION', 'PROGRAMME', 'GRID_PLAN', 'DUTY_PLAN', 'OWN'] as const
export type TaskSource = (typeof TASK_SOURCES)[number]
export const SOURCE_ZH: Record<TaskSource, string> = {
  ANNUAL_PLAN: '年度检查计划', RANDOM_DRAW: '双随机抽查', SPECIAL_PLAN: '专项方案', CLUE: '线索', INVITATION: '企业邀请', PROGRAMME: '公布的服务计划', GRID_PLAN: '网格巡查计划', DUTY_PLAN: '值班计划', OWN: '企业自行安排',
}

export const SIGNATURE_STATES = ['SIGNED', 'REFUSED', 'NOT_NEEDED'] as const
export type SignatureState = (typeof SIGNATURE_STATES)[number]

export const SCAN_MOMENTS = ['BEFORE', 'BEFORE_LEAVING', 'ADDED'] as const
export type ScanMoment = (typeof SCAN_MOMENTS)[number]
export const SCAN_ZH: Record<ScanMoment, string> = { BEFORE: '检查前扫码', BEFORE_LEAVING: '离开前扫码', ADDED: '事后补录' }

/** Hazard sources this kind may report as; null: it reports no hazard of its own, what is found becomes a clue. */
export type FindingSource = 'INSPECTION' | 'PATROL' | 'SELF_CHECK' | 'EXPERT' | null

export interface KindRule {
  readonly zh: string
  readonly short: string
  /** The right asked of whoever plans or records it. */
  readonly verb: 'visit.inspect' | 'visit.patrol' | 'visit.guide' | 'visit.selfcheck' | 'visit.phone'
  /** Officers with a law-enforcement certificate valid on the date (罚法§42: at least two). */
  readonly officers: 0 | 2
  readonly who: string
  /** BEFORE: prior approval; IF_COOPERATION: only when the enterprise must take part; LEADER: a leader agrees to the programme or visit. */
  readonly approval: 'BEFORE' | 'IF_COOPERATION' | 'LEADER' | 'NONE'
  readonly approvalZh: string
  /** May begin at once with the report, approval papers made up within 24 h. */
  readonly urgentAllowed: boolean
  readonly cap: 'COUNTS' | 'LOCAL' | 'FREE'
  readonly capZh: string
  readonly papers: 'YES' | 'NO' | 'OWN_POWER'
  readonly papersZh: string
  /** 扫码入企 leaves a trace of every visit that is law enforcement. */
  readonly scan: boolean
  /** Both sides sign the record (安法§68). */
  readonly signed: boolean
  readonly onSite: boolean
  readonly findings: FindingSource
  readonly sources: readonly TaskSource[]
  readonly clause: string
}

const inspection = {
  verb: 'visit.inspect', officers: 2, who: '两名以上持有效执法证的人员', approval: 'BEFORE', approvalZh: '事先审批', urgentAllowed: false, papers: 'YES', papersZh: '可以出具文书',
  scan: true, signed: true, onSite: true, findings: 'INSPECTION',
} as const
const service = { officers: 0, urgentAllowed: false, cap: 'FREE', capZh: '不计入', papers: 'NO', scan: false, signed: false, onSite: true } as const

export const kinds: Readonly<Record<VisitKind, KindRule>> = {
  ADMIN_DAILY: { ...inspection, zh: '行政检查（日常）', short: '日常检查', cap: 'COUNTS', capZh: '计入年度频次', sources: ['ANNUAL_PLAN', 'RANDOM_DRAW'], clause: '安法§62；罚法§42' },
  ADMIN_SPECIAL: { ...inspection, zh: '行政检查（专项）', short: '专项检查', approvalZh: '事先审批，专项方案须公布', cap: 'LOCAL', capZh: '按当地规定，默认计入', sources: ['SPECIAL_PLAN'], clause: '国办发〔2024〕54号' },
  ADMIN_CASE: { ...inspection, zh: '行政检查（个案）', short: '个案检查', approvalZh: '事先审批；紧急时先报告，24小时内补办', urgentAllowed: true, cap: 'FREE', capZh: '一般不计入，须有线索', sources: ['CLUE'], clause: '国办发〔2024〕54号' },
  ADMIN_OFFSITE: { ...inspection, zh: '非现场检查', short: '非现场检查', approval: 'IF_COOPERATION', approvalZh: '需企业配合的，事先审批', cap: 'FREE', capZh: '不计入，优先于入企', papers: 'NO', papersZh: '不出文书；发现问题转现场核实', scan: false, signed: false, onSite: false, sources: ['ANNUAL_PLAN', 'RANDOM_DRAW', 'SPECIAL_PLAN', 'CLUE'], clause: '国办发〔2024〕54号' },
  PATROL: { ...service, zh: '网格巡查', short: '网格巡查', verb: 'visit.patrol', who: '安格员、社区工作人员', approval: 'NONE', approvalZh: '按网格计划，不需审批', papersZh: '不得出具文书，只能上报', findings: 'PATROL', sources: ['GRID_PLAN'], clause: '国办发〔2024〕54号' },
  GUIDANCE: { ...service, zh: '指导服务', short: '指导服务', verb: 'visit.guide', who: '执法人员、驻点干部、由执法人员带队的专家', approval: 'LEADER', approvalZh: '负责人同意；应企业邀请或列入公布的计划', papersZh: '不得出具文书；发现重大隐患须转个案检查', findings: 'EXPERT', sources: ['INVITATION', 'PROGRAMME'], clause: '国办发〔2024〕54号（严禁变相检查）' },
  SELF_CHECK: { ...service, zh: '企业自查', short: '企业自查', verb: 'visit.selfcheck', who: '企业人员', approval: 'NONE', approvalZh: '不需审批', papersZh: '不出文书', findings: 'SELF_CHECK', sources: ['OWN'], clause: '安法§41、§46' },
  THIRD_PARTY: { ...service, zh: '第三方协助', short: '第三方协助', verb: 'visit.inspect', who: '专家或机构，只在执法人员带队的任务内，并在审批中列名', approval: 'NONE', approvalZh: '随所依附的检查审批', papersZh: '不得出具文书', findings: null, sources: ['ANNUAL_PLAN', 'RANDOM_DRAW', 'SPECIAL_PLAN', 'CLUE'], clause: '国办发〔2024〕54号' },
  PHONE: { ...service, zh: '电话（视频）抽查', short: '电话抽查', verb: 'visit.phone', who: '值班人员', approval: 'NONE', approvalZh: '按值班计划，不需审批', papersZh: '不出文书；发现异常转现场核实', onSite: false, findings: null, sources: ['DUTY_PLAN'], clause: '值班计划' },
  JOINT: { ...inspection, zh: '联合检查（综合查一次）', short: '联合检查', approvalZh: '一次审批、一次入企', cap: 'COUNTS', capZh: '只计一次', papers: 'OWN_POWER', papersZh: '各部门在自己职权内出具', sources: ['ANNUAL_PLAN', 'SPECIAL_PLAN', 'CLUE'], clause: '安法§69' },
}

/** Kinds that are administrative inspections in law: nobody without a certificate is an officer of one. */
export const isInspection = (kind: VisitKind): boolean => kinds[kind].officers === 2

/** Kinds counted to the yearly ceiling; `specialCounts` is the local rule for special inspections. */
export const countsToCap = (kind: VisitKind, specialCounts = true): boolean => kinds[kind].cap === 'COUNTS' || (kinds[kind].cap === 'LOCAL' && specialCounts)

/** Whether this visit must be approved before it begins. */
export const needsApproval = (kind: VisitKind, needsCooperation = true): boolean => {
  const { approval } = kinds[kind]
  return approval === 'BEFORE' || approval === 'LEADER' || (approval === 'IF_COOPERATION' && needsCooperation)
}
