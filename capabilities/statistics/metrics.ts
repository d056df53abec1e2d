/**
 * The dictionary of figures (domain.md §13.2). A metric is data: what is counted, once per what, along which
 * dimensions, how it is written. Rates name two counts and are never stored; each count opens the list it was counted
 * from. A definition that changes gets a new version with the day it begins; figures of earlier days keep the old one.
 */

export type Dimension = 'area' | 'industry' | 'size' | 'aboveScale' | 'campaign' | 'kind' | 'level' | 'source' | 'tag' | 'time'

/** FLOW adds over days, STOCK is a state at a cut-off, DISTINCT counts each thing once in the chosen range, RATE divides two others. */
export type Nature = 'FLOW' | 'STOCK' | 'DISTINCT' | 'RATE'

/** The register whose list a number opens. */
export type Opens = 'visit' | 'hazard' | 'paper' | 'enterprise' | 'person' | 'team' | 'draw' | 'accident' | 'cap'

export interface Metric {
  readonly id: string
  readonly name: string
  /** What is counted, as an official may quote it. */
  readonly definition: string
  readonly nature: Nature
  /** Counted once per this (去重口径). */
  readonly once: string
  /** Measure word; a bureau may choose another for a report (A40). */
  readonly unit: string
  /** Decimals of a rate. */
  readonly digits: number
  /** Numerator and denominator of a rate. */
  readonly of?: readonly [string, string]
  /** 累计整改率 ≥ 50 % is good, 逾期 is not: what to colour, never whom to rank. */
  readonly better: 'MORE' | 'LESS' | 'NEITHER'
  readonly dimensions: readonly Dimension[]
  readonly opens: Opens
  /** Why nobody can count it yet: the register it would be counted from does not exist. Prints — with this, never a 0. */
  readonly waits?: string
  readonly version: number
  readonly validFrom: string
}

const every: readonly Dimension[] = ['area', 'industry', 'size', 'aboveScale', 'campaign', 'time']
const hazardWise: readonly Dimension[] = [...every, 'level', 'source', 'tag']
const visitWise: readonly Dimension[] = [...every, 'kind', 'tag']

const count = (id: string, name: string, nature: Exclude<Nature, 'RATE'>, unit: string, once: string, opens: Opens, definition: string, more: Partial<Metric> = {}): Metric => ({
  id, name, nature, unit, once, opens, definition, digits: 0, better: 'NEITHER', dimensions: opens === 'hazard' ? hazardWise : opens === 'visit' ? visitWise : every, version: 1, validFrom: '2020-01-01', ...more,
})

const rate = (id: string, name: string, of: readonly [string, string], definition: string, more: Partial<Metric> = {}): Metric => ({
  id, name, nature: 'RATE', unit: '%', once: '按分子、分母各自的口径', opens: 'hazard', definition, digits: 1, of, better: 'MORE', dimensions: hazardWise, version: 1, validFrom: '2020-01-01', ...more,
})

export const metrics = [
  count('M01', '出动人次', 'FLOW', '人次', '人员＋业务日期＋行动', 'person', '每个业务日期、每个行动（或日常）到场的不同人员数之和；一人一天查八家仍是一人次'),
  count('M02', '出动人数', 'DISTINCT', '人', '人员', 'person', '期间内到过场的不同人员数'),
  count('M03', '出动组次', 'FLOW', '组次', '小组＋业务日期', 'team', '每个业务日期出动的小组数之和'),
  count('M04', '检查家次', 'FLOW', '家次', '小组＋场所＋业务日期', 'visit', '到现场的行政检查（含联合检查）的有效记录；行动中每到一次算一次（一场所两次为家次2、家数1）；日常同一小组（没有编组的按单位）同一天到同一场所算一次；联合检查只计一次；锁门、停业、搬离不算已检查；复查另计；选了走访方式的，按所选方式计', { better: 'MORE' }),
  count('M04P', '巡查家次', 'FLOW', '家次', '小组＋场所＋业务日期', 'visit', '网格巡查的有效记录；巡查不是行政检查，不与检查家次相加', { better: 'MORE' }),
  count('M04R', '复查家次', 'FLOW', '家次', '小组＋场所＋业务日期', 'visit', '为复查隐患而到场的有效记录，不计入检查家次'),
  count('M04T', '走访覆盖场所', 'DISTINCT', '家', '场所', 'enterprise', '期间内走访到过的不同场所，锁门、停业、搬离的写明原因也算到过；巡查、指导、检查都算，选了走访方式的按所选方式计'),
  count('M04I', '其中入户查看', 'DISTINCT', '家', '场所', 'enterprise', '走访覆盖场所中至少一次进门查看的；锁门、停业、搬离不算', { better: 'MORE' }),
  rate('M04Q', '入户率', ['M04I', 'M04T'], '其中入户查看 ÷ 走访覆盖场所', { opens: 'enterprise', dimensions: visitWise }),
  count('M05', '检查企业数', 'DISTINCT', '家', '企业', 'enterprise', '检查家次中场所属于企业的，按企业去重'),
  count('M06P', '检查园区数', 'DISTINCT', '个', '园区', 'enterprise', '检查家次中的工业园区，按园区去重；园区是容器，默认不与企业、场所相加'),
  count('M06S', '检查场所数', 'DISTINCT', '家', '场所', 'enterprise', '检查家次中企业、园区以外的场所，按场所去重'),
  count('M07', '排查隐患', 'FLOW', '宗', '隐患编号', 'hazard', '期间内发现、经核定、未作废的隐患条数；首页、战报的“上报隐患”是排查隐患与待核定隐患之和；同一处再次看到并入原隐患，销号后重新打开的仍是原来那一条，只计一次；待核定的另列'),
  count('M07W', '待核定隐患', 'FLOW', '宗', '隐患编号', 'hazard', '期间内上报、到现在还没有核定的；核定后计入排查隐患'),
  count('M08', '现场整改隐患', 'FLOW', '宗', '隐患编号', 'hazard', '排查隐患中当场改好并核实销号的', { better: 'MORE' }),
  count('M09', '整改隐患', 'FLOW', '宗', '隐患编号', 'hazard', '期间内销号的隐患，不问何时发现', { better: 'MORE' }),
  count('M09C', '其中已整改', 'FLOW', '宗', '隐患编号', 'hazard', '期间内发现的隐患中，到截止时间已销号的', { better: 'MORE' }),
  count('M11O', '其中未整改', 'FLOW', '宗', '隐患编号', 'hazard', '期间内发现的隐患中，到截止时间还没有销号的；与其中已整改之和等于排查隐患', { better: 'LESS' }),
  count('M10D', '到期隐患', 'FLOW', '宗', '隐患编号', 'hazard', '整改期限（含批准延期）落在期间内的隐患'),
  count('M10N', '按期整改隐患', 'FLOW', '宗', '隐患编号', 'hazard', '到期隐患中，在期限当日或之前销号的', { better: 'MORE' }),
  rate('M10', '按期整改率', ['M10N', 'M10D'], '按期整改隐患 ÷ 到期隐患'),
  rate('M11', '整改率', ['M09C', 'M07'], '期间内发现的隐患中到截止时间已销号的 ÷ 期间内发现的隐患；旁边并列未整改数'),
  rate('M08R', '现场整改率', ['M08', 'M07'], '现场整改隐患 ÷ 排查隐患；与整改率不是一回事，两者都标明'),
  count('M12', '查封家数', 'DISTINCT', '家', '企业', 'enterprise', '期间内作出查封（扣押）决定的不同企业数'),
  count('M12N', '查封次数', 'FLOW', '次', '文书编号', 'paper', '期间内作出的查封（扣押）决定数'),
  count('M13', '责令停产停业家数', 'DISTINCT', '家', '企业', 'enterprise', '现场处理措施决定书中采取停产停业、停止使用措施的不同企业数'),
  count('M14', '重大隐患', 'FLOW', '宗', '隐患编号', 'hazard', '期间内发现的重大事故隐患', { better: 'LESS' }),
  count('M14C', '重大隐患已销号', 'FLOW', '宗', '隐患编号', 'hazard', '期间内发现的重大事故隐患中到截止时间已销号的', { better: 'MORE' }),
  rate('M14R', '重大隐患销号率', ['M14C', 'M14'], '重大隐患已销号 ÷ 重大隐患'),
  count('M14L', '重大隐患逾期', 'STOCK', '宗', '隐患编号', 'hazard', '截止时间未销号且超过期限的重大事故隐患', { better: 'LESS' }),
  count('M15', '逾期未改隐患', 'STOCK', '宗', '隐患编号', 'hazard', '截止时间超过整改期限仍未销号的隐患', { better: 'LESS' }),
  count('M15O', '未整改隐患', 'STOCK', '宗', '隐患编号', 'hazard', '截止时间未销号的隐患', { better: 'LESS' }),
  count('M16D', '到期复查', 'FLOW', '次', '复查轮次', 'hazard', '复查期限落在期间内的复查'),
  count('M16N', '按时复查', 'FLOW', '次', '复查轮次', 'hazard', '到期复查中在 10 日内完成的', { better: 'MORE' }),
  rate('M16', '复查及时率', ['M16N', 'M16D'], '10 日内完成的复查 ÷ 到期复查'),
  count('M17', '执法文书', 'FLOW', '份', '文书编号', 'paper', '期间内编号签发、未作废的执法文书', { dimensions: [...every, 'kind'] }),
  count('M18', '立案', 'FLOW', '件', '案件编号', 'paper', '期间内决定立案的案件', { waits: '立案登记尚未建立' }),
  count('M18P', '行政处罚', 'FLOW', '件', '案件编号', 'paper', '期间内作出的行政处罚决定', { waits: '立案登记尚未建立' }),
  count('M18A', '罚款决定额', 'FLOW', '元', '案件编号', 'paper', '期间内处罚决定的罚款数额之和；收缴额另列', { waits: '立案登记尚未建立' }),
  count('M18C', '罚款收缴额', 'FLOW', '元', '案件编号', 'paper', '期间内实际收缴的罚款数额之和', { waits: '立案登记尚未建立' }),
  count('M19', '约谈、提醒谈话', 'FLOW', '次', '文书编号', 'paper', '期间内的约谈、提醒谈话次数'),
  count('M19E', '约谈、提醒谈话家数', 'DISTINCT', '家', '企业', 'enterprise', '期间内被约谈、提醒谈话的不同企业数'),
  count('M20', '移送隐患', 'FLOW', '宗', '移送', 'hazard', '期间内移送其他部门的隐患'),
  count('M20C', '已有回执', 'FLOW', '宗', '移送', 'hazard', '期间内移送的隐患中到截止时间已收到处理结果回执的', { better: 'MORE' }),
  rate('M20R', '移送回执率', ['M20C', 'M20'], '已有回执 ÷ 移送隐患'),
  count('M21B', '应复工企业', 'STOCK', '家', '企业', 'enterprise', '截止日期名册内的工业企业，基数写明日期和来源'),
  count('M21N', '已复工企业', 'STOCK', '家', '企业', 'enterprise', '截止日期处于正常生产状态的', { better: 'MORE' }),
  rate('M21', '复工率', ['M21N', 'M21B'], '已复工企业 ÷ 应复工企业', { opens: 'enterprise', dimensions: every, digits: 0 }),
  count('M21AB', '规上应复工企业', 'STOCK', '家', '企业', 'enterprise', '截止日期有效的规上名册内的工业企业'),
  count('M21AN', '规上已复工企业', 'STOCK', '家', '企业', 'enterprise', '规上名册内处于正常生产状态的', { better: 'MORE' }),
  rate('M21A', '规上复工率', ['M21AN', 'M21AB'], '规上已复工企业 ÷ 规上名册企业', { opens: 'enterprise', dimensions: every, digits: 2 }),
  count('M22', '指导复工家数', 'DISTINCT', '家', '企业', 'enterprise', '期间内做过复工指导的不同企业数，不问现在是否已复工', { better: 'MORE' }),
  count('M22N', '指导后已复工家数', 'STOCK', '家', '企业', 'enterprise', '期间内做过复工指导、截止日期处于正常生产状态的不同工业企业数', { better: 'MORE' }),
  count('M22V', '指导复工家次', 'FLOW', '家次', '小组＋场所＋业务日期', 'visit', '复工指导的走访记录数'),
  count('M23N', '复工实地核查家数', 'DISTINCT', '家', '企业', 'enterprise', '已复工企业中做过实地核查的', { better: 'MORE' }),
  rate('M23', '复工实地核查率', ['M23N', 'M21N'], '复工实地核查家数 ÷ 已复工企业', { opens: 'enterprise', dimensions: every }),
  count('M24B', '已报特级、一级动火', 'FLOW', '次', '作业票', 'paper', '期间内报告的特级、一级动火作业票；二级改一级的计入', { waits: '特殊作业报告尚未建立' }),
  count('M24N', '动火现场抽查', 'FLOW', '次', '作业票', 'paper', '已报特级、一级动火中做过现场抽查的', { waits: '特殊作业报告尚未建立' }),
  rate('M24', '动火抽查率', ['M24N', 'M24B'], '动火现场抽查 ÷ 已报特级、一级动火', { opens: 'paper', dimensions: every }),
  count('M25B', '计划检查对象', 'STOCK', '家', '场所', 'enterprise', '列入行动或计划名单、未剔除的场所'),
  count('M25N', '已检查对象', 'STOCK', '家', '场所', 'enterprise', '计划检查对象中已做过行政检查的不同场所', { better: 'MORE' }),
  rate('M25', '检查覆盖率', ['M25N', 'M25B'], '已检查对象 ÷ 计划检查对象；巡查覆盖率另列', { opens: 'enterprise', dimensions: every }),
  count('M25P', '已巡查对象', 'STOCK', '家', '场所', 'enterprise', '计划对象中网格巡查到过并已查看的不同场所', { better: 'MORE' }),
  rate('M25R', '巡查覆盖率', ['M25P', 'M25B'], '已巡查对象 ÷ 计划检查对象', { opens: 'enterprise', dimensions: every }),
  count('M26B', '抽查库对象', 'FLOW', '家', '抽取条目', 'draw', '期间内冻结的抽查名单对象数'),
  count('M26D', '抽中对象', 'FLOW', '家', '抽取条目', 'draw', '期间内抽中的对象数'),
  count('M26N', '抽查完成', 'FLOW', '家', '抽取条目', 'draw', '抽中对象中已完成检查的', { better: 'MORE' }),
  rate('M26', '双随机抽查率', ['M26D', 'M26B'], '抽中对象 ÷ 抽查库对象', { opens: 'draw', dimensions: every }),
  rate('M26F', '双随机完成率', ['M26N', 'M26D'], '抽查完成 ÷ 抽中对象', { opens: 'draw', dimensions: every }),
  count('M26P', '抽查结果已公示', 'FLOW', '家', '抽取条目', 'draw', '抽查完成的对象中，抽取结果已经公示的', { better: 'MORE' }),
  rate('M26G', '双随机公示率', ['M26P', 'M26N'], '抽查结果已公示 ÷ 抽查完成', { opens: 'draw', dimensions: every }),
  count('M27N', '已用检查次数', 'STOCK', '次', '企业＋年度', 'cap', '本年度已占用频次上限的行政检查次数'),
  count('M27B', '检查频次上限', 'STOCK', '次', '企业＋年度', 'cap', '本年度检查频次上限之和'),
  rate('M27', '频次上限占用率', ['M27N', 'M27B'], '已用检查次数 ÷ 检查频次上限', { opens: 'cap', dimensions: every, better: 'NEITHER' }),
  count('M27O', '超频次企业', 'STOCK', '家', '企业＋年度', 'cap', '本年度行政检查次数超过上限的企业', { better: 'LESS' }),
  count('M28', '培训人次', 'FLOW', '人次', '人员＋课程', 'person', '期间内完成的培训', { waits: '培训登记尚未建立' }),
  count('M28P', '培训人数', 'DISTINCT', '人', '人员', 'person', '期间内完成过培训的不同人员', { waits: '培训登记尚未建立' }),
  count('M29B', '应岗前培训人员', 'STOCK', '人', '人员', 'person', '复工企业返岗、新进人员', { waits: '培训登记尚未建立' }),
  count('M29N', '已岗前培训人员', 'STOCK', '人', '人员', 'person', '应岗前培训人员中已完成的', { waits: '培训登记尚未建立' }),
  rate('M29', '岗前培训覆盖率', ['M29N', 'M29B'], '已岗前培训人员 ÷ 应岗前培训人员', { opens: 'person', dimensions: every }),
  count('M30B', '应持证岗位', 'STOCK', '个', '岗位', 'person', '法律要求持证的岗位', { waits: '企业人员证书登记尚未建立' }),
  count('M30N', '持证有效岗位', 'STOCK', '个', '岗位', 'person', '应持证岗位中证书在有效期内的', { waits: '企业人员证书登记尚未建立' }),
  rate('M30', '持证率', ['M30N', 'M30B'], '持证有效岗位 ÷ 应持证岗位', { opens: 'person', dimensions: every }),
  count('M35B', '应自查企业', 'STOCK', '家', '企业＋周期', 'enterprise', '本周期应当自查上报的企业', { waits: '自查周期尚未设定' }),
  count('M35N', '按时自查企业', 'STOCK', '家', '企业＋周期', 'enterprise', '应自查企业中按时上报的', { better: 'MORE', waits: '自查周期尚未设定' }),
  rate('M35', '自查上报率', ['M35N', 'M35B'], '按时自查企业 ÷ 应自查企业', { opens: 'enterprise', dimensions: every }),
  count('M36N', '自查隐患', 'FLOW', '宗', '隐患编号', 'hazard', '排查隐患中来源为企业自查的', { better: 'MORE' }),
  rate('M36', '自查隐患占比', ['M36N', 'M07'], '自查隐患 ÷ 排查隐患', { better: 'NEITHER' }),
  count('M51', '事故起数', 'FLOW', '起', '事故', 'accident', '期间内发生的生产安全事故起数', { better: 'LESS', waits: '事故登记尚未建立' }),
  count('M51D', '事故死亡人数', 'FLOW', '人', '事故', 'accident', '期间内生产安全事故死亡人数', { better: 'LESS', waits: '事故登记尚未建立' }),
  count('M52B', '完成的行政检查', 'FLOW', '次', '检查任务', 'visit', '期间内到现场完成的行政检查，复查另计'),
  count('M52N', '记录完整的检查', 'FLOW', '次', '检查任务', 'visit', '行政检查中执法记录仪视音频覆盖到场至离场 90% 以上的', { better: 'MORE', waits: '执法记录仪登记尚未建立', version: 2, validFrom: '2026-11-22' }),
  rate('M52', '执法记录完整率', ['M52N', 'M52B'], '执法记录仪视音频覆盖到场至离场 90% 以上的行政检查 ÷ 期间内完成的行政检查', { opens: 'visit', dimensions: visitWise, version: 2, validFrom: '2026-11-22' }),
  count('M52C', '检查表作答完整的检查', 'FLOW', '次', '检查任务', 'visit', '行政检查中检查表作答 90% 以上的', { better: 'MORE' }),
  rate('M52A', '检查表作答完整率', ['M52C', 'M52B'], '检查表作答完整的检查 ÷ 期间内完成的行政检查；与执法记录完整率不是一回事', { opens: 'visit', dimensions: visitWise }),
] as const satisfies readonly Metric[]

export type MetricId = (typeof metrics)[number]['id']
