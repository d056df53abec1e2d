import { describe, expect, it } from 'vitest'
import { clauseById, clauseInForce, criteria } from './criteria.ts'
import type { CriteriaClause } from './criteria.ts'
import type { SiteFacts, Verdict } from './grading.ts'
import { candidates, evaluate, gradeOf } from './grading.ts'
import type { FactValues, FailureMode } from './logic.ts'
import { refusalText } from './zh.ts'

const clause = (id: string): CriteriaClause => {
  const found = clauseById(id)
  if (found === undefined) throw new Error(id)
  return found
}
const machinery: SiteFacts = { sector: 'MACHINERY', tags: [] }
const ids = (site: SiteFacts, date: string) => candidates(site, date).map((c) => c.id)

type Row = [name: string, id: string, facts: FactValues, verdict: Verdict, mode?: FailureMode]
const rows: Row[] = [
  ['10号令§3(1): 没有统一协调管理, 构成', 'GM-3-1', { noContractorCoordination: true }, 'MET'],
  ['10号令§3(1): 有协调也有检查, 不构成', 'GM-3-1', { noContractorCoordination: false, noContractorCheck: false }, 'NOT_MET'],
  ['10号令§3(2): 特种作业人员无证上岗, 构成', 'GM-3-2', { uncertifiedSpecialOperator: true }, 'MET'],
  ['10号令§3(3): 金属冶炼企业负责人未考核, 构成', 'GM-3-3', { smelting: 'YES', principalNotAssessed: true }, 'MET'],
  ['10号令§3(3): 不是金属冶炼企业, 不构成', 'GM-3-3', { smelting: 'NO', principalNotAssessed: true }, 'NOT_MET'],
  ['10号令§4(2): 有积水但不在生产期间, 不构成', 'GM-4-2', { waterInSixAreas: true, inProduction: false }, 'NOT_MET'],
  ['10号令§4(8): 封堵压力 29.9 kPa, 构成', 'GM-4-8', { sealPressureKpa: 29.9 }, 'MET'],
  ['10号令§4(8): 封堵压力 30 kPa 不是小于, 其他情形不具备, 不构成', 'GM-4-8', { sealPressureKpa: 30, drainerShared: false, drainerPipesConnected: false }, 'NOT_MET'],
  ['10号令§4(8): 封堵压力 30 kPa, 共用未查, 待查', 'GM-4-8', { sealPressureKpa: 30 }, 'UNDECIDED'],
  ['10号令§5(3): 倾动炉除外, 不构成', 'GM-5-3', { furnaceKind: 'TILTING', emergencyDrain: 'ABSENT' }, 'NOT_MET'],
  ['10号令§5(3): 固定炉无应急储存, 构成', 'GM-5-3', { furnaceKind: 'FIXED', emergencyHolding: 'ABSENT' }, 'MET', 'ABSENT'],
  ['10号令§5(5): 开路系统只看开路报警', 'GM-5-5', { coolingCircuit: 'OPEN', closedLoopAlarm: 'ABSENT', openLoopAlarm: 'EFFECTIVE' }, 'NOT_MET'],
  ['10号令§7(6): 清洗但采取了防积聚措施, 不构成', 'GM-7-6', { solventCleaning: true, noAccumulationPrevention: false }, 'NOT_MET'],
  ['10号令§7(7): 非水性漆而通风缺失, 构成', 'GM-7-7', { nonWaterPaint: true, paintRoomGasAlarm: 'EFFECTIVE', paintRoomVentilation: 'ABSENT' }, 'MET', 'ABSENT'],
  ['10号令§7(7): 水性漆, 不构成', 'GM-7-7', { nonWaterPaint: false, paintRoomGasAlarm: 'ABSENT' }, 'NOT_MET'],
  ['10号令§8(7): 故障电池未隔离, 构成', 'GM-8-7', { faultyCellNotIsolated: true }, 'MET'],
  ['10号令§10(1): 未确认撤离但配了防毒面具, 不构成', 'GM-10-1', { evacuationNotConfirmed: true, noGasMask: false }, 'NOT_MET'],
  ['10号令§10(1): 未确认撤离且未配防毒面具, 构成', 'GM-10-1', { evacuationNotConfirmed: true, noGasMask: true }, 'MET'],
  ['10号令§11(3): 湿式除尘不问控爆措施, 不构成', 'GM-11-3', { collectorKind: 'WET', explosionControl: 'ABSENT' }, 'NOT_MET'],
  ['10号令§11(3): 干式除尘无任一控爆措施, 构成', 'GM-11-3', { collectorKind: 'DRY', explosionControl: 'ABSENT' }, 'MET', 'ABSENT'],
  ['10号令§14: 干式除尘控爆措施失效, 同样构成', 'GM-11-3', { collectorKind: 'DRY', explosionControl: 'INEFFECTIVE' }, 'MET', 'INEFFECTIVE'],
  ['10号令§11(4): 铝镁粉尘正压除尘, 有火花探测也构成', 'GM-11-4', { dustKind: 'AL_MG', positivePressure: true, sparkDetection: 'EFFECTIVE' }, 'MET'],
  ['10号令§11(4): 木粉尘正压吹送但有火花探测, 不构成', 'GM-11-4', { dustKind: 'WOOD', positivePressure: true, sparkDetection: 'EFFECTIVE' }, 'NOT_MET'],
  ['10号令§11(6): 粮食粉尘不在锁气卸灰之列', 'GM-11-6', { dustKind: 'GRAIN', collectorKind: 'DRY', airlockDischarge: 'ABSENT' }, 'NOT_MET'],
  ['10号令§11(6): 木粉尘干式除尘无锁气卸灰, 构成', 'GM-11-6', { dustKind: 'WOOD', collectorKind: 'DRY', airlockDischarge: 'ABSENT' }, 'MET', 'ABSENT'],
  ['10号令§11(10): 积尘严重但落实了清扫制度, 不构成', 'GM-11-10', { noCleaningRegime: false, heavyDust: true }, 'NOT_MET'],
  ['10号令§12(2): 9 人不构成', 'GM-12-2', { freezerNotSeparate: false, persons: 9 }, 'NOT_MET'],
  ['10号令§12(2): 10 人构成', 'GM-12-2', { freezerNotSeparate: false, persons: 10 }, 'MET'],
  ['10号令§12(2): 未单独设作业间, 9 人也构成', 'GM-12-2', { freezerNotSeparate: true, persons: 9 }, 'MET'],
  ['10号令§12(2): 10 人, 作业间未查也已构成', 'GM-12-2', { persons: 10 }, 'MET'],
  ['10号令§12(2): 9 人, 作业间未查, 待查', 'GM-12-2', { persons: 9 }, 'UNDECIDED'],
  ['10号令§13(1): 台账和标志都缺才构成', 'GM-13-1', { poisonRisk: 'H2S', noLedger: true, noSign: true }, 'MET'],
  ['10号令§13(1): 有标志只缺台账, 不构成', 'GM-13-1', { poisonRisk: 'H2S', noLedger: true, noSign: false }, 'NOT_MET'],
  ['10号令§13(1): 缺台账, 标志未看, 待查', 'GM-13-1', { poisonRisk: 'H2S', noLedger: true }, 'UNDECIDED'],
  ['10号令§13: 无中毒风险的有限空间不适用', 'GM-13-1', { poisonRisk: 'NONE', noLedger: true, noSign: true }, 'NOT_MET'],
  ['10号令§13(2): 任一即构成, 只缺监护', 'GM-13-2', { poisonRisk: 'CO', noPermit: false, noVentThenTest: false, noWatcher: true }, 'MET'],
  ['10号令§13(2): 三项都落实, 不构成', 'GM-13-2', { poisonRisk: 'CO', noPermit: false, noVentThenTest: false, noWatcher: false }, 'NOT_MET'],
  ['化工危化2017§10: 未经正规设计但已诊断, 不构成', 'HG-10', { notFormallyDesigned: true, notDiagnosed: false }, 'NOT_MET'],
  ['化工危化2017§10: 未经正规设计且未诊断, 构成', 'HG-10', { notFormallyDesigned: true, notDiagnosed: true }, 'MET'],
  ['化工危化2017§20: 禁配混存一项即构成', 'HG-20', { incompatibleStorage: true }, 'MET'],
  ['AQ 3067-2026 5.4.2: 只有主题, 未对照原文不能判定', 'AQ-5.4.2', {}, 'UNDECIDED'],
  ['AQ 3067-2026 5.4.2: 已对照原文确认, 构成', 'AQ-5.4.2', { officialTextMet: true }, 'MET'],
]

describe('判定条款', () => {
  it.each(rows)('%s', (_name, id, facts, verdict, mode) => {
    const judged = evaluate(clause(id), facts)
    expect([judged.verdict, judged.mode]).toEqual([verdict, mode ?? null])
  })

  it('10号令§14 不能单独判定', () => {
    expect(evaluate(clause('GM-14'), { explosionControl: 'INEFFECTIVE' }).verdict).toBe('UNDECIDED')
  })

  it('说明写出是哪个条件、哪个数字决定的', () => {
    expect(evaluate(clause('GM-12-2'), { freezerNotSeparate: false, persons: 10 }).explanation).toBe(
      '10号令第十二条第（二）项：任一情形即构成，现有：快速冻结装置作业间内作业人数10人，超过9人。构成重大事故隐患。')
    expect(evaluate(clause('GM-12-2'), { freezerNotSeparate: false, persons: 9 }).explanation).toContain('作业人数9人，未达到“超过9人”的界限')
    expect(evaluate(clause('GM-13-1'), { poisonRisk: 'CO', noLedger: true, noSign: false }).explanation).toBe(
      '10号令第十三条第（一）项：须同时具备各项条件，其中“未设置明显的安全警示标志”不成立。不构成本条。')
    expect(evaluate(clause('GM-11-3'), { collectorKind: 'DRY', explosionControl: 'INEFFECTIVE' }).explanation).toContain('依10号令第十四条同样判定')
  })

  it('待查时只列还能改变结论的事实', () => {
    expect(evaluate(clause('GM-13-1'), { noLedger: true }).missing).toEqual(['poisonRisk', 'noSign'])
    expect(evaluate(clause('GM-13-1'), { noLedger: false }).missing).toEqual([])
    expect(evaluate(clause('GM-11-6'), { dustKind: 'WOOD' }).missing).toEqual(['collectorKind', 'airlockDischarge'])
  })

  it('类型不对的事实按没查处理, 不当作成立', () => {
    expect(evaluate(clause('GM-12-2'), { freezerNotSeparate: false, persons: '很多' }).missing).toEqual(['persons'])
    expect(evaluate(clause('GM-11-3'), { collectorKind: 'DRY', explosionControl: false }).verdict).toBe('UNDECIDED')
    expect(evaluate(clause('GM-11-3'), { collectorKind: 'toString', explosionControl: 'ABSENT' }).missing).toEqual(['collectorKind'])
  })
})

describe('可能适用的条款', () => {
  it('10号令: 按行业取条, 通用条款人人适用', () => {
    const found = ids(machinery, '2026-03-01')
    expect(found).toEqual(['GM-3-1', 'GM-3-2', 'GM-3-3', 'GM-7-1', 'GM-7-2', 'GM-7-3', 'GM-7-4', 'GM-7-5', 'GM-7-6', 'XF-D', 'XF-C'])
  })

  it.each([
    ['§7(7) 要“喷涂”标签', 'COATING_SOLVENT', 'GM-7-7'],
    ['§11 要“粉尘涉爆”标签', 'DUST_EXPLOSION', 'GM-11-10'],
    ['§12 要“涉氨制冷”标签', 'AMMONIA_REFRIG', 'GM-12-2'],
    ['§13 要“有限空间”标签', 'CONFINED_SPACE', 'GM-13-1'],
  ])('10号令%s', (_name, tag, id) => {
    expect(ids(machinery, '2026-03-01')).not.toContain(id)
    expect(ids({ sector: 'MACHINERY', tags: [tag] }, '2026-03-01')).toContain(id)
  })

  it('10号令§8(6) 只对轻工, §7(7) 只对机械', () => {
    expect(ids({ sector: 'LIGHT', tags: ['COATING_SOLVENT'] }, '2026-03-01')).toContain('GM-8-6')
    expect(ids({ sector: 'MACHINERY', tags: ['COATING_SOLVENT'] }, '2026-03-01')).not.toContain('GM-8-6')
  })

  it('10号令§2: 工贸企业里的危化、消防、燃气事项用各自的标准, 不用工贸条款', () => {
    const site = { sector: 'MACHINERY' as const, tags: ['COATING_SOLVENT'] }
    const prefixes = (regime: NonNullable<SiteFacts['regime']>) => [...new Set(ids({ ...site, regime }, '2026-03-01').map((i) => i.split('-')[0]))]
    expect(prefixes('HAZCHEM')).toEqual(['HG'])
    expect(prefixes('FIRE')).toEqual(['XF'])
    expect(prefixes('CITY_GAS')).toEqual(['RQ'])
    expect(prefixes('SPECIAL_EQUIP')).toEqual([])
    expect(prefixes('GONGMAO')).toEqual(['GM'])
  })

  it.each([
    ['2026-09-29', 20, 0],
    ['2026-09-30', 0, 53],
  ])('化工危化按事件日期换标准: %s', (date, hg, aq) => {
    const found = ids({ sector: null, tags: ['HAZCHEM_PROD'], regime: 'HAZCHEM' }, date)
    expect([found.filter((i) => i.startsWith('HG-')).length, found.filter((i) => i.startsWith('AQ-')).length]).toEqual([hg, aq])
  })

  it('AQ 3067-2026 不管无储存的危化经营', () => {
    const site = { sector: null, tags: ['HAZCHEM_TRADE_NOSTORE'] }
    expect(ids(site, '2026-09-29')).toContain('HG-1')
    expect(ids(site, '2026-09-30')).not.toContain('AQ-5.1.1')
  })

  it('AQ 3067-2026 也管没有危化许可的化工（含医药）企业', () => {
    expect(ids({ sector: null, tags: [] }, '2026-10-01')).not.toContain('AQ-5.1.1')
    expect(ids({ sector: null, tags: [], chemical: true }, '2026-10-01')).toContain('AQ-5.1.1')
  })

  it('10号令自 2023-05-15 起施行, 前一天没有可用条款', () => {
    expect(ids({ ...machinery, regime: 'GONGMAO' }, '2023-05-14')).toEqual([])
    expect(ids({ ...machinery, regime: 'GONGMAO' }, '2023-05-15')).toContain('GM-7-1')
  })

  it('日期必须是当地日期: 带钟点的时间会让末日失效, 拒绝', () => {
    expect(() => clauseInForce(clause('HG-1'), '2026-09-29T08:00:00Z')).toThrow(RangeError)
  })
})

describe('定级', () => {
  const grade = (site: SiteFacts, facts: FactValues, clauseIds?: string[], eventDate = '2026-10-15') => gradeOf({ site, facts, eventDate, clauseIds })

  it('条款成立即为重大, 引用写全称', () => {
    const got = grade({ sector: 'LIGHT', tags: ['AMMONIA_REFRIG'] }, { persons: 12 }, ['GM-12-1', 'GM-12-2'])
    expect(got).toMatchObject({ outcome: 'MAJOR', level: 'MAJOR', clauseId: 'GM-12-2', basis: ['GM-12-2'] })
    expect(got.explanation).toContain('《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十二条第（二）项')
  })

  it('10号令§14: 因失效而成立的, 一并引用第十四条', () => {
    const got = grade({ sector: 'MACHINERY', tags: ['DUST_EXPLOSION'] }, { collectorKind: 'DRY', explosionControl: 'INEFFECTIVE' }, ['GM-11-3'])
    expect(got).toMatchObject({ level: 'MAJOR', clauseId: 'GM-11-3', basis: ['GM-11-3', 'GM-14'], mode: 'INEFFECTIVE' })
  })

  it('几条都成立时, 优先不靠第十四条的', () => {
    const got = grade({ sector: 'MACHINERY', tags: ['DUST_EXPLOSION'] },
      { collectorKind: 'DRY', dustKind: 'WOOD', explosionControl: 'INEFFECTIVE', airlockDischarge: 'ABSENT' }, ['GM-11-3', 'GM-11-6'])
    expect(got).toMatchObject({ clauseId: 'GM-11-6', basis: ['GM-11-6'] })
  })

  it('条款都查清且不成立, 才是一般', () => {
    const got = grade({ sector: 'LIGHT', tags: ['AMMONIA_REFRIG'] }, { persons: 9, freezerNotSeparate: false }, ['GM-12-2'])
    expect(got).toMatchObject({ outcome: 'GENERAL', level: 'GENERAL', clauseId: null })
  })

  it('缺事实不默认一般: 列出要补查的', () => {
    expect(grade({ sector: 'LIGHT', tags: ['AMMONIA_REFRIG'] }, { persons: 9 }, ['GM-12-2'])).toMatchObject({ outcome: 'UNDECIDED', level: null, missing: ['freezerNotSeparate'] })
  })

  it.each<[string, SiteFacts, string]>([
    ['没登记粉尘标签', machinery, 'tag:DUST_EXPLOSION'],
    ['事项不是工贸监管对象', { sector: null, tags: ['DUST_EXPLOSION'] }, 'regime:GONGMAO'],
    ['没登记行业', { sector: null, tags: ['COATING_SOLVENT'], regime: 'GONGMAO' }, 'sector:MACHINERY'],
  ])('企业登记有缺口时先核实, 不降为一般: %s', (_name, site, gap) => {
    const facts = { collectorKind: 'DRY', explosionControl: 'ABSENT', nonWaterPaint: true, paintRoomGasAlarm: 'ABSENT' }
    const got = grade(site, facts, [gap.startsWith('sector') ? 'GM-7-7' : 'GM-11-3'])
    expect(got).toMatchObject({ outcome: 'UNDECIDED', level: null, missing: [gap] })
    expect(got.explanation).toContain('请先核实')
  })

  it('登记有缺口但条款本来就不成立的, 不为难企业', () => {
    expect(grade(machinery, { collectorKind: 'WET' }, ['GM-11-3']).outcome).toBe('GENERAL')
  })

  it('FG-30: 没有危化登记的机械企业, 先确认是否危化监管对象', () => {
    const got = grade(machinery, { incompatibleStorage: true }, ['HG-20', 'AQ-5.5.8'], '2026-09-29')
    expect(got).toMatchObject({ outcome: 'UNDECIDED', missing: ['regime:HAZCHEM'] })
    expect(got.explanation).toContain('未登记为“化工和危险化学品”监管对象')
    expect(grade({ ...machinery, regime: 'HAZCHEM' }, { incompatibleStorage: true }, ['HG-20'], '2026-09-29').clauseId).toBe('HG-20')
  })

  it('登记为别的行业, 该行业以外的条款不适用', () => {
    const got = grade({ sector: 'TEXTILE', tags: ['COATING_SOLVENT'] }, { nonWaterPaint: true, paintRoomGasAlarm: 'ABSENT' }, ['GM-7-7'])
    expect(got).toMatchObject({ outcome: 'GENERAL' })
    expect(got.explanation).toContain('与企业登记行业不符')
  })

  it('10号令§2: 事项属危化时, 工贸条款不能用', () => {
    const got = grade({ ...machinery, tags: ['COATING_SOLVENT'], regime: 'HAZCHEM' }, { nonWaterPaint: true, paintRoomGasAlarm: 'ABSENT' }, ['GM-7-7'])
    expect(got.outcome).toBe('GENERAL')
    expect(got.explanation).toContain('另有专门判定标准')
  })

  it.each([
    ['2026-09-29', 'MAJOR', 'HG-20'],
    ['2026-09-30', 'UNDECIDED', null],
  ])('FG-30: 危化混存 %s 按当日有效的标准', (date, outcome, clauseId) => {
    const got = grade({ sector: null, tags: ['HAZCHEM_PROD'] }, { incompatibleStorage: true }, ['HG-20', 'AQ-5.5.8'], date)
    expect(got).toMatchObject({ outcome, clauseId })
  })

  it.each<[string, SiteFacts, string[] | undefined, string, string]>([
    ['消防事项', { ...machinery, regime: 'FIRE' }, undefined, 'FIRE_RESCUE', '移送消防救援机构'],
    ['引用 XF-D', machinery, ['XF-D'], 'FIRE_RESCUE', '移送消防救援机构'],
    ['引用 RQ-f', { sector: null, tags: ['CITY_GAS'] }, ['RQ-f'], 'GAS_AUTHORITY', '移送燃气主管部门'],
    ['引用 FJ-8', { sector: null, tags: ['CONSTRUCTION'] }, ['FJ-8'], 'HOUSING', '移送住房城乡建设部门'],
    ['特种设备事项', { ...machinery, regime: 'SPECIAL_EQUIP' }, undefined, 'MARKET_REGULATION', '移送市场监管部门'],
  ])('不归本局判定的移送: %s', (_name, site, clauseIds, transferTo, words) => {
    const got = grade(site, {}, clauseIds)
    expect(got).toMatchObject({ outcome: 'TRANSFER', level: null, clauseId: null, transferTo })
    expect(got.explanation).toContain(words)
  })

  it('GB 35181-2025 施行以前的消防事项, 同样移送', () => {
    expect(grade({ ...machinery, regime: 'FIRE' }, {}, undefined, '2025-10-31')).toMatchObject({ outcome: 'TRANSFER', transferTo: 'FIRE_RESCUE' })
  })

  it('消防事项不能用兜底定义改由本局认定', () => {
    expect(gradeOf({ site: { ...machinery, regime: 'FIRE' }, facts: {}, eventDate: '2026-10-15', fallback: { leaderSigned: true, expertSigned: true } }).outcome).toBe('TRANSFER')
  })

  it.each([
    [false, false, ['按16号令第三条定义认定重大事故隐患，须分管负责人签字', '按16号令第三条定义认定重大事故隐患，须专家签字']],
    [true, false, ['按16号令第三条定义认定重大事故隐患，须专家签字']],
    [false, true, ['按16号令第三条定义认定重大事故隐患，须分管负责人签字']],
  ])('16号令§3 兜底: 负责人签字 %s, 专家签字 %s', (leaderSigned, expertSigned, texts) => {
    const got = gradeOf({ site: machinery, facts: {}, eventDate: '2026-10-15', clauseIds: [], fallback: { leaderSigned, expertSigned } })
    expect(got.level).toBe('GENERAL')
    expect(got.refusals.map(refusalText)).toEqual(texts)
  })

  it('16号令§3 兜底: 两人都签字, 认定重大; 有专门条款成立时仍用专门条款', () => {
    const fallback = { leaderSigned: true, expertSigned: true }
    expect(gradeOf({ site: machinery, facts: {}, eventDate: '2026-10-15', clauseIds: [], fallback })).toMatchObject({ level: 'MAJOR', clauseId: 'GEN-16-3' })
    expect(gradeOf({ site: machinery, facts: { uncertifiedSpecialOperator: true }, eventDate: '2026-10-15', clauseIds: ['GM-3-2'], fallback }).clauseId).toBe('GM-3-2')
  })

  it('GEN-16-3 和 GM-14 不能直接当条款引用', () => {
    const got = grade(machinery, {}, ['GEN-16-3', 'GM-14'])
    expect(got.outcome).toBe('GENERAL')
    expect(got.explanation).toContain('GEN-16-3不能单独引用')
  })

  it('没点条款时, 只判事实说到的候选条款', () => {
    expect(grade(machinery, { uncertifiedSpecialOperator: true })).toMatchObject({ level: 'MAJOR', clauseId: 'GM-3-2' })
    expect(grade(machinery, {})).toMatchObject({ level: 'GENERAL' })
    expect(grade({ sector: null, tags: ['CITY_GAS'] }, { gasPipeCovered: true })).toMatchObject({ outcome: 'TRANSFER', transferTo: 'GAS_AUTHORITY' })
    expect(grade({ sector: null, tags: ['CITY_GAS'] }, { gasPipeCovered: false })).toMatchObject({ outcome: 'GENERAL', transferTo: null })
  })

  it('2023-05-14 的工贸事件: 当时的标准没有收录, 不能当作一般', () => {
    const got = grade({ ...machinery, regime: 'GONGMAO' }, { uncertifiedSpecialOperator: true }, ['GM-3-2'], '2023-05-14')
    expect(got).toMatchObject({ outcome: 'UNDECIDED', level: null })
    expect(got.explanation).toContain('2017版')
  })
})

describe('对所有条款都成立的性质', () => {
  const decided = criteria.clauses.filter((c) => c.logic !== null)

  it('已有结论的, 再补事实不会翻案', () => {
    let seed = 7
    const next = (n: number) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n }
    const randomValue = (name: string): boolean | number | string => {
      const f = criteria.facts.get(name)
      if (f?.kind === 'number') return [0, 9, 10, 29.9, 30, 31][next(6)] ?? 0
      if (f?.kind === 'choice') return Object.keys(f.choices)[next(Object.keys(f.choices).length)] ?? ''
      return f?.kind === 'device' ? (['EFFECTIVE', 'ABSENT', 'INEFFECTIVE'][next(3)] ?? '') : next(2) === 0
    }
    const names = [...criteria.facts.keys()]
    for (const c of decided) {
      for (let round = 0; round < 40; round++) {
        const full: FactValues = Object.fromEntries(names.map((n) => [n, randomValue(n)]))
        const partial: FactValues = Object.fromEntries(Object.entries(full).filter(() => next(2) === 0))
        const early = evaluate(c, partial).verdict
        const late = evaluate(c, full).verdict
        expect(late, c.id).not.toBe('UNDECIDED')
        if (early !== 'UNDECIDED') expect(late, c.id).toBe(early)
      }
    }
  })

  it('什么都没查时一律待查, 且至少指出一个要查的事实', () => {
    for (const c of decided) {
      const judged = evaluate(c, {})
      expect([judged.verdict, judged.missing.length > 0], c.id).toEqual(['UNDECIDED', true])
    }
  })
})
