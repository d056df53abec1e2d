import type { Refusal } from '../../kernel/core/problem.ts'
import { say } from '../../kernel/core/problem.ts'
import type { ZhTexts } from '../../kernel/core/zh.ts'
import type { AnswerCode } from './answers.ts'
import type { Authority, ChecklistState, EvidenceKind, LimitSource, Severity, SpecialPeriod } from './checklist.ts'
import type { GongmaoSector, Regime } from './criteria.ts'
import type { GradeOutcome } from './grading.ts'
import type { DeviceState } from './logic.ts'

export const STATE_NAMES: Record<ChecklistState, string> = { DRAFT: '草稿', PUBLISHED: '已发布', RETIRED: '已停用' }
export const SEVERITY_NAMES: Record<Severity, string> = { GENERAL: '一般', MAJOR: '重大', STOP_USE: '立即停用' }
export const ANSWER_NAMES: Record<AnswerCode, string> = { COMPLIES: '符合', FAILS: '不符合', FIXED: '现场已改', NOT_APPLICABLE: '不适用' }
export const EVIDENCE_NAMES: Record<EvidenceKind, string> = { PHOTO: '拍照', NONE: '不拍照' }
export const SPECIAL_PERIOD_NAMES: Record<SpecialPeriod, string> = { EPIDEMIC: '疫情防控' }
export const LIMIT_SOURCE_NAMES: Record<LimitSource, string> = { KNOWLEDGE: '通行做法', DESIGN: '建议值' }
export const AUTHORITY_NAMES: Record<Authority, string> = {
  EMB: '应急管理局', FIRE_RESCUE: '消防救援机构', GAS_AUTHORITY: '燃气主管部门', HOUSING: '住房城乡建设部门', MARKET_REGULATION: '市场监管部门',
  MINE_SAFETY: '矿山安全监管部门', ENERGY: '能源主管部门', CIVIL_EXPLOSIVES: '民爆行业主管部门',
}
export const REGIME_NAMES: Record<Regime, string> = {
  GONGMAO: '工贸', HAZCHEM: '化工和危险化学品', FIREWORKS: '烟花爆竹', FIRE: '消防', CITY_GAS: '城镇燃气', CONSTRUCTION: '房屋市政工程', SPECIAL_EQUIP: '特种设备',
  COAL_MINE: '煤矿', MINE: '金属非金属矿山', POWER: '电力', CIVIL_EXPLOSIVES: '民用爆炸物品', GENERAL: '通用',
}
export const SECTOR_NAMES: Record<GongmaoSector, string> = {
  METALLURGY: '冶金', NONFERROUS: '有色', BUILDING_MATERIALS: '建材', MACHINERY: '机械', LIGHT: '轻工', TEXTILE: '纺织', TOBACCO: '烟草', COMMERCE: '商贸',
}
/** Only the tags that criteria ask for; the full list belongs to enterprise. */
export const TAG_NAMES: Readonly<Record<string, string>> = { DUST_EXPLOSION: '粉尘涉爆', AMMONIA_REFRIG: '涉氨制冷', CONFINED_SPACE: '有限空间', COATING_SOLVENT: '喷涂/有机溶剂' }
export const DEVICE_STATE_NAMES: Record<DeviceState, string> = { EFFECTIVE: '有效', ABSENT: '缺失', INEFFECTIVE: '失效或者无效' }
export const OUTCOME_NAMES: Record<GradeOutcome, string> = { MAJOR: '重大事故隐患', GENERAL: '一般事故隐患', UNDECIDED: '待补充事实', TRANSFER: '移送主管部门判定' }

export const checklistZh = {
  name: '检查表',
  problems: {
    'checklist.missing': '没有这张检查表',
    'checklist.publish_by_other': '起草、修改过草稿的人不能自己发布，请换人发布',
    'checklist.code_taken': '代号 {code} 已有检查表，请在原表上修订',
    'checklist.draft_open': '《{name}》第 {version} 版草稿尚未发布或作废，不能再开一份',
    'checklist.sheet_refused': '{why}',
    'checklist.number_unique': '同一代号已有这个版次',
    'checklist.code_form': '代号应为 2 至 6 个大写字母',
    'checklist.immutable': '《{name}》第 {version} 版已发布，内容不能再改；请修订出新版',
    'checklist.not_draft': '《{name}》第 {version} 版不是草稿，不能发布',
    'checklist.not_published': '《{name}》第 {version} 版没有发布，不能用于走访',
    'checklist.wrong_state': '《{name}》第 {version} 版当前状态不能这样操作',
    'checklist.wrong_visit_kind': '《{name}》不能用于这种走访方式',
    'checklist.in_use': '还有 {count} 个进行中的专项或计划在用《{name}》，不能停用',
    'checklist.version_not_newer': '版本号 {version} 须大于已发布过的第 {newest} 版',
    'checklist.no_visit_kind': '《{name}》没有选定适用的走访方式',
    'checklist.empty': '《{name}》没有检查项',
    'checklist.item_code_twice': '编号 {item} 重复',
    'checklist.item_unknown': '检查表中没有编号 {item}',
    'checklist.stop_use_not_at_once': '{item} 是“立即停用”项，默认整改天数须为 0',
    'checklist.basis_missing': '{item} 没有依据',
    'checklist.bonus_without_points': '{item} 标为加分项，须填分值',
    'checklist.clause_unknown': '{item} 引用的判定条款 {clause} 不在判定标准库，或者不能单独引用',
    'checklist.clause_out_of_force': '{item} 引用的判定条款 {clause} 在 {date} 均未施行或者已失效',
    'checklist.major_without_clause': '{item} 标为“重大”，须写明判定条款',
    'checklist.category_unknown': '隐患分类“{value}”不在字典中',
    'checklist.answered_twice': '{item} 答了两次',
    'checklist.unanswered': '还有 {count} 项没有作答：{items}',
    'checklist.reason_required': '{item} 选“不适用”须选择理由',
    'checklist.reason_not_wanted': '{item} 没有选“不适用”，不填理由',
    'checklist.note_required': '{item} 的理由选“其他”，须写明情况',
    'checklist.photo_required': '{item} 发现问题须拍照',
    'checklist.after_photo_required': '{item} 选“现场已改”须补拍整改后照片',
    'checklist.major_not_fixed_on_site': '{item} 是“重大”项，不能按“现场已改”了结，请选“不符合”',
    'checklist.fallback_needs_leader': '按16号令第三条定义认定重大事故隐患，须分管负责人签字',
    'checklist.fallback_needs_expert': '按16号令第三条定义认定重大事故隐患，须专家签字',
    'checklist.heading_missing': '缺少列“{heading}”',
    'checklist.cell_empty': '不能为空',
    'checklist.cell_severity': '“{value}”看不懂，例：一般、立即停用→重大(GM-11-7)、重大(GM-13-2)',
    'checklist.cell_days': '“{value}”应为 0 到 {max} 的整数（0=立即）',
    'checklist.cell_points': '“{value}”应为 1 到 20 的整数，加分项写作“加分5”',
    'checklist.cell_basis': '看不懂的条号：{value}，例：安法§36;10号令§11(3);GB 50054',
    'checklist.cell_not_a_choice': '“{value}”不在可选范围：{choices}',
    'checklist.cell_shape': '“{value}”太长或者格式不对',
  },
  fields: {
    items: '检查项', code: '编号', category: '类别', content: '检查内容', method: '判定方法', severity: '严重度', majorClauseIds: '判定条款', legalBasis: '依据',
    defaultDays: '默认整改天数', defaultRequirement: '默认整改要求', evidence: '取证要求', hazardCategory: '隐患分类', specialPeriod: '特殊时期', transferTo: '移送部门',
    points: '分值', limitSource: '限值来源', visitKinds: '走访方式', appliesTo: '适用对象', version: '版本', state: '状态', answers: '作答', answer: '结果', reason: '理由',
    note: '说明', photosBefore: '整改前照片', photosAfter: '整改后照片', newId: '新版编号', with: '对比版本', words: '文字', versionId: '检查表版本', visitKind: '走访方式', date: '日期', regime: '事项类别', q: '关键词',
    sector: '行业', tags: '标签', chemical: '涉及危险化学品', facts: '事实', clauseIds: '判定条款', siteKinds: '场所种类', sectors: '行业', law: '法规', article: '条', text: '条文', bonus: '加分项', stopWhen: '停用条件', blocksResumption: '阻断复工', itemCode: '检查项编号',
  },
  verbs: {
    'checklist.read': '查看检查表和判定标准',
    'checklist.edit': '编制、修订检查表',
    'checklist.publish': '发布、停用检查表',
  },
  events: {
    'checklist.drafted': '新建草稿',
    'checklist.edited': '修改草稿',
    'checklist.published': '发布',
    'checklist.retired': '停用',
  },
} as const satisfies ZhTexts

export type ChecklistProblem = keyof typeof checklistZh.problems
/** A refusal that has its Chinese sentence above: a name without one does not compile. */
export type ChecklistRefusal = Refusal & { code: ChecklistProblem }

/** The sentence a user reads. */
export function refusalText(refusal: ChecklistRefusal): string {
  return say(checklistZh.problems, refusal.code, refusal.params)
}
