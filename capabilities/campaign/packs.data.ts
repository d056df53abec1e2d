import type { z } from 'zod'
import type { Pack } from './scheme.ts'

/** Shipped packs: starting points that a bureau edits. Quantities are those the source reports tell of, or plain defaults. */
export const packs: readonly z.input<typeof Pack>[] = [
  {
    code: 'NIGHT', name: '夜间统一执法', kind: 'NIGHT', summary: '一次命令、一份名单、多个小组，一夜查完，当晚出战报', basisHint: '夜间统一执法行动方案', days: 1, startTime: '20:00', endTime: '01:00',
    teams: [{ name: '指挥组', kind: 'COMMAND' }, { name: '第1检查组', kind: 'CHECK' }, { name: '第2检查组', kind: 'CHECK' }, { name: '第3检查组', kind: 'CHECK' }],
    scheme: {
      purpose: '紧盯夜间生产企业和“三小”场所，防范夜间事故', objects: { siteKinds: [], tags: [], riskColours: ['RED', 'ORANGE'] }, visitKinds: ['ADMIN_SPECIAL', 'PATROL'], checklists: ['YC', 'JX', 'YQ'],
      quotas: [{ name: '名单全覆盖', kind: 'COVERAGE' }],
      requirements: ['检查企业须有两名以上持证执法人员', '宿舍等私人住处须经同意方可进入', '安全出口封堵、联锁摘除等情形当场责令停用', '能当场整改的当场整改并留前后照片'],
    },
  },
  {
    code: 'RESUME_GUIDE', name: '复工指导', kind: 'GUIDANCE', summary: '先大后小：规上企业达到目标复工率，转入规下企业', basisHint: '企业复工复产服务指导工作方案', days: 30,
    teams: [...Array.from({ length: 11 }, (_, i) => ({ name: `第${i + 1}指导组`, kind: 'GUIDE' as const })), { name: '第1援助组', kind: 'AID' }, { name: '第2援助组', kind: 'AID' }],
    scheme: {
      purpose: '内强外援、先大后小、点面结合', lines: ['防疫', '复工', '安全'], objects: { siteKinds: ['PRODUCTION_SITE', 'FACTORY_IN_FACTORY'] }, visitKinds: ['GUIDANCE', 'PATROL'], checklists: ['FG'],
      waves: [{ name: '第一批 规上企业', aboveScale: true, threshold: 995 }, { name: '第二批 百人以上企业', minEmployees: 100, threshold: 950 }, { name: '第三批 其余企业' }],
      quotas: [{ name: '自查情况实地抽查服务率', kind: 'RATE', permille: 500 }], requirements: ['应企业邀请或按公布的服务计划上门，不得变相检查', '发现重大事故隐患转个案检查'],
    },
  },
  {
    code: 'MUST_CHECK_50', name: '50项必查', kind: 'LIST', summary: '对照清单逐企逐项必查，名单全覆盖', basisHint: '工贸企业重点检查事项清单', days: 60, teams: [{ name: '第1检查组', kind: 'CHECK' }, { name: '第2检查组', kind: 'CHECK' }],
    scheme: { purpose: '逐企对照清单必查项，一项不漏', objects: { siteKinds: ['PRODUCTION_SITE'], riskColours: ['RED', 'ORANGE'] }, visitKinds: ['ADMIN_SPECIAL'], checklists: ['BC'], waves: [{ name: '第一批 红橙企业中的规上', aboveScale: true, threshold: 900 }, { name: '第二批 其余' }], quotas: [{ name: '名单全覆盖', kind: 'COVERAGE' }], requirements: ['清单各项均须作答，不适用的写明理由'] },
  },
  {
    code: 'SHOP_SWEEP', name: '商铺地毯式排查', kind: 'SWEEP', summary: '安格员逐户上门，新发现的场所一并建档', basisHint: '沿街商铺安全隐患地毯式排查方案', days: 30,
    scheme: { purpose: '九小场所、沿街商铺逐户排查消防、燃气隐患', objects: { siteKinds: ['STREET_STORE', 'SMALL_SHOP', 'SMALL_WORKSHOP', 'SMALL_ENTERTAINMENT', 'NINE_SMALL_MALL', 'NINE_SMALL_CATERING', 'NINE_SMALL_HOTEL', 'NINE_SMALL_ENTERTAINMENT', 'NINE_SMALL_LEISURE', 'NINE_SMALL_WORKSHOP', 'NINE_SMALL_HAZGOODS'] }, visitKinds: ['PATROL'], checklists: ['JX'], quotas: [{ name: '逐户全覆盖', kind: 'COVERAGE' }], requirements: ['锁门的拍门头照片，三日内再访', '名单外的场所当场补录'] },
  },
  ...([['DUST', '粉尘涉爆专项', 'DUST_EXPLOSION', '粉尘'], ['AMMONIA', '涉氨制冷专项', 'AMMONIA_REFRIG', '涉氨'], ['LITHIUM', '锂电池专项', 'LITHIUM_BATTERY', '锂电池']] as const).map(([code, name, tag, word]) => ({
    code, name, kind: 'SPECIAL' as const, summary: `凡有“${word}”标签的企业全部检查，先红橙、后其余`, basisHint: `${word}企业安全专项整治方案`, days: 60, teams: [{ name: '专项检查组', kind: 'CHECK' as const }],
    scheme: { purpose: `${word}企业安全专项整治`, objects: { tags: [tag] }, visitKinds: ['ADMIN_SPECIAL' as const], checklists: ['YC'], waves: [{ name: '第一批 红橙企业', riskColours: ['RED' as const, 'ORANGE' as const], threshold: 1000 }, { name: '第二批 其余企业' }], quotas: [{ name: '全覆盖', kind: 'COVERAGE' as const }], requirements: ['须有熟悉该类风险的执法人员或专家参加'] },
  })),
  {
    code: 'HAZCHEM_EXAM', name: '危化企业两轮体检', kind: 'ROUNDS', summary: '由执法人员带队、专家参加，每家体检两轮，第二轮核对第一轮问题', basisHint: '危险化学品企业专家指导服务方案', days: 180, teams: [{ name: '第1体检组', kind: 'GUIDE' }, { name: '第2体检组', kind: 'GUIDE' }],
    scheme: { purpose: '危化品企业全面体检', objects: { tags: ['HAZCHEM_PROD', 'HAZCHEM_TRADE_STORE', 'HAZCHEM_USE'] }, visitKinds: ['GUIDANCE', 'ADMIN_SPECIAL'], checklists: [], quotas: [{ name: '每家两轮', kind: 'ROUNDS', rounds: 2 }], requirements: ['专家意见单独签字', '第二轮逐条核对第一轮问题'] },
  },
  {
    code: 'QUARANTINE', name: '隔离观察点多轮检查', kind: 'ROUNDS', summary: '每个隔离点结构、消防多轮检查', basisHint: '隔离观察点安全检查方案', days: 60,
    scheme: { purpose: '隔离观察点结构和消防安全', objects: { siteKinds: ['QUARANTINE_SITE'] }, visitKinds: ['JOINT', 'PATROL', 'ADMIN_SPECIAL'], checklists: ['GL'], quotas: [{ name: '每点四轮', kind: 'ROUNDS', rounds: 4 }], requirements: ['联合检查一次入点，各部门一并检查'] },
  },
  {
    code: 'DOUBLE_RANDOM', name: '双随机抽查', kind: 'SPECIAL', summary: '冻结名单、承诺揭示、公共随机值抽取，任何人可以重算', basisHint: '年度双随机抽查计划', days: 90,
    scheme: { purpose: '随机抽取检查对象，随机选派执法人员', objects: { siteKinds: ['PRODUCTION_SITE'], notInspectedDays: 90 }, visitKinds: ['ADMIN_DAILY'], checklists: [], quotas: [{ name: '抽中全查', kind: 'COVERAGE' }], requirements: ['抽取人不得参加检查', '更换须写明理由并公示'] },
  },
  {
    code: 'THREE_YEARS', name: '三年行动（挂图作战）', kind: 'YEARS', summary: '任务、责任单位、责任人、完成时限挂图，按季度推进', basisHint: '安全生产治本攻坚三年行动方案', days: 1095,
    tasks: [
      { line: '责任落实', title: '主要负责人安全教育培训', measure: '分行业轮训企业主要负责人', unit: '安委办', fromDay: 0, dueDay: 180 }, { line: '责任落实', title: '重大事故隐患判定标准提升', measure: '解读标准，制作视频', unit: '执法监督一科', fromDay: 0, dueDay: 270 },
      { line: '隐患动态清零', title: '企业自查重大隐患并上报', measure: '每季度至少一次带队检查', unit: '各街道', fromDay: 30, dueDay: 1090 }, { line: '隐患动态清零', title: '重大隐患督办闭环', measure: '纳入系统挂牌督办', unit: '执法监督一科', fromDay: 30, dueDay: 1090 },
      { line: '本质安全', title: '老旧装置淘汰退出', measure: '一企一策', unit: '危化科', fromDay: 90, dueDay: 720 }, { line: '本质安全', title: '粉尘涉爆企业湿式除尘改造', measure: '改造一家验收一家', unit: '执法监督一科', fromDay: 90, dueDay: 540 },
      { line: '基层基础', title: '安格员能力提升', measure: '每年集中培训不少于两次', unit: '各街道', fromDay: 0, dueDay: 1090 }, { line: '基层基础', title: '全民安全素质提升', measure: '“五进”宣传', unit: '安委办', fromDay: 60, dueDay: 1000 },
    ],
    scheme: { purpose: '治本攻坚，挂图作战', lines: ['责任落实', '隐患动态清零', '本质安全', '基层基础'], objects: {}, visitKinds: ['ADMIN_DAILY', 'ADMIN_SPECIAL', 'GUIDANCE', 'PATROL'], quotas: [], requirements: ['每季度报进展，逾期挂红'] },
  },
]
