import { describe, expect, it, test } from 'vitest'
import { fill, type Frame, namedIn } from './briefing-template.ts'
import { templates } from './briefing-templates.data.ts'
import { checkSentences, checkTitle, type Facts, type OpenItem, stands } from './claims.ts'
import { metrics } from './metrics.ts'
import { type Figure, whyDifferent, wordsOf } from './snapshot.ts'
import { plainWording } from './wording.ts'

const figure = (metric: string, more: Partial<Figure>): Figure => {
  const m = metrics.find((one) => one.id === metric)!
  return { metric, name: m.name, definition: m.definition, definitionVersion: 1, nature: m.nature, once: m.once, unit: m.unit, digits: m.digits, value: null, numerator: null, denominator: null, of: [], before: null, source: null, members: null, membersHash: null, opens: m.opens, changedOn: null, ...more }
}
const table = (...list: Figure[]) => new Map(list.map((f) => [f.metric, f]))
/** The numbers of the first source report (requirements A1, A8). */
const longgang = table(
  figure('M01', { value: 36762 }), figure('M07', { value: 118572 }), figure('M09C', { value: 112085 }), figure('M11', { numerator: 112085, denominator: 118572 }), figure('M08', { value: 213 }),
  figure('M21A', { numerator: 1839, denominator: 1847 }), figure('M21', { numerator: 26272, denominator: 28000 }), figure('M04', { value: 17 }), figure('M05', { value: 5 }), figure('M06S', { value: 7 }), figure('M06P', { value: 0 }), figure('M12', { value: 2 }), figure('M10', { numerator: 8824, denominator: 10000 }),
  figure('M51', { value: 3, before: 5 }), figure('M51D', { value: 1, before: 2 }),
)
const frame: Frame = { scope: '安澜区', span: '3月1日至7日', asOf: '2026年3月7日24时', quotes: [{ words: '整改不过夜', approved: true }] }
const open: OpenItem = { id: 'h1', no: 'HZ-20260305-990101-0007', enterprise: '安川澜湖精密五金有限公司', state: '整改中', level: 'GENERAL', onSite: false, since: 'NOW' }
const facts = (more: Partial<Facts> = {}): Facts => ({ figures: longgang, daily: [], open: [], sources: [], quotes: [{ words: '整改不过夜', approved: true, speaker: '陈岸平' }], ...more })
const say = (text: string, figures = longgang, wording: Parameters<typeof fill>[3] = plainWording) => fill(text, figures, frame, wording)
const print = (text: string, figures = longgang, wording: Parameters<typeof fill>[3] = plainWording) => say(text, figures, wording).pieces.map((p) => p.text).join('')
const check = (text: string, more: Partial<Facts> = {}) => checkSentences(say(text, more.figures as Map<string, Figure> | undefined).pieces, facts(more))
const found = (text: string, more: Partial<Facts> = {}) => check(text, more).flatMap((s) => s.marks).filter((m) => m.kind !== 'TRUE').map((m) => `${m.kind} ${m.code}`)

describe('a template prints what was frozen', () => {
  test.each([
    ['出动人员{M01}、排查隐患{M07}、整改{M09C}', '出动人员36762人次、排查隐患118572宗、整改112085宗'],
    ['整改率{M11}，规上复工率{M21A:率}，复工率{M21}', '整改率94.5%，规上复工率99.57%，复工率94%'],
    ['{M11:两数}', '94.5%（112085/118572）'], ['{M07:余}', '11.8余万宗'], ['{M07:万:处}', '11.9万处'], ['{M07:多}', '11.8多万宗'], ['{M04:家次}', '17家次（12家）'], ['{M12}', '2家'], ['{M51:同比}', '同比下降40.0%'], ['{M07:数}', '118572'], ['{M21:成}', '94%'], ['{M10:成}', '近9成'],
    ['{范围}{期间}，截至{截至}', '安澜区3月1日至7日，截至2026年3月7日24时'], ['他说：{引语1}', '他说：“整改不过夜”'],
  ])('%s', (text, printed) => {
    expect(say(text).refusals).toEqual([])
    expect(print(text)).toBe(printed)
  })
  it('A40 the measure word is the bureau’s, for hazards alone', () => {
    expect(print('{M07}', longgang, { style: 'EXACT', hazardWord: '条' })).toBe('118572条')
    expect(print('{M12}', longgang, { style: 'EXACT', hazardWord: '条' })).toBe('2家')
    expect(say('{M12:家次}').refusals).toMatchObject([{ code: 'briefing.wrong_form', params: { figure: 'M12', form: '家次' } }])
  })
  test.each([['{M99}', 'briefing.unknown_figure'], ['{隐患}', 'briefing.unknown_figure'], ['{}', 'briefing.unknown_figure'], ['{M17}', 'briefing.not_frozen'], ['{引语2}', 'briefing.no_quote'], ['{M11:余}', 'briefing.wrong_form']])('%s is refused by name', (text, code) => {
    expect(say(text).refusals.map((r) => r.code)).toEqual([code])
  })
  it('a zero base prints — and a zero last year no percentage', () => {
    const none = table(figure('M11', { numerator: 0, denominator: 0 }), figure('M51', { value: 1, before: 0 }))
    expect(print('{M11}，{M51:同比}', none)).toBe('—，上年同期为0')
    expect(namedIn('{M11}{M07:余}{M11:两数}{截至}')).toEqual(['M11', 'M07'])
  })
})

describe('A37 全部整改完毕', () => {
  const done = table(figure('M07', { value: 3 }), figure('M09C', { value: 3 }))
  it('holds with every item closed', () => expect(found('所有隐患全部整改完毕。', { figures: done })).toEqual([]))
  it('names the one that is open, with its state', () => {
    const [mark] = check('所有隐患全部整改完毕。', { figures: done, open: [open] })[0]!.marks.filter((m) => m.kind === 'FALSE')
    expect(mark).toMatchObject({ code: 'claim.not_all_closed', params: { left: 1, no: open.no, enterprise: open.enterprise, state: '整改中' }, items: [open] })
  })
  test.each(['均已整改到位', '全部完成整改', '隐患清零', '都已销号', '全部销号', '均已闭环'])('%s says the same', (words) => expect(found(`查出的问题${words}。`, { figures: done, open: [open] })).toContain('FALSE claim.not_all_closed'))
  it('is false by the frozen numbers although all were closed since', () => expect(found('全部整改完毕。', { figures: table(figure('M07', { value: 3 }), figure('M09C', { value: 2 })) })).toEqual(['FALSE claim.not_all_closed']))
  it('means the major ones where it says so', () => {
    const majors = table(figure('M14', { value: 1 }), figure('M14C', { value: 1 }))
    expect(found('重大隐患全部销号。', { figures: majors, open: [open] })).toEqual([])
    expect(found('重大隐患全部销号。', { figures: majors, open: [{ ...open, level: 'MAJOR' }] })).toEqual(['FALSE claim.not_all_closed'])
  })
  it('is no boast where nothing was found, and no claim without figures', () => {
    expect(found('全部整改完毕。', { figures: table(figure('M07', { value: 0 }), figure('M09C', { value: 0 })) })).toEqual(['FALSE claim.nothing_found'])
    expect(found('全部整改完毕。', { figures: table() })).toEqual(['FALSE claim.needs_figures'])
  })
})

describe('A18 双下降', () => {
  it('needs both lower', () => {
    expect(found('实现双下降。')).toEqual([])
    expect(found('实现双下降。', { figures: table(figure('M51', { value: 5, before: 5 }), figure('M51D', { value: 1, before: 2 })) })).toEqual(['FALSE claim.not_fallen'])
  })
  it('needs a year before that was not zero, and known', () => {
    expect(found('实现双下降。', { figures: table(figure('M51', { value: 0, before: 1 }), figure('M51D', { value: 0, before: 0 })) })).toEqual(['FALSE claim.zero_base'])
    expect(found('实现双下降。', { figures: table(figure('M51', { value: 0, before: null }), figure('M51D', { value: 0, before: 1 })) })).toEqual(['FALSE claim.no_last_year'])
    expect(found('实现双下降。', { figures: table() })).toEqual(['FALSE claim.needs_figures'])
  })
})

describe('连续N日 (A26)', () => {
  const day = (n: number, checked: number) => ({ day: `2026-03-0${n}`, found: 0, closed: 0, checked })
  const daily = [day(1, 4), day(2, 0), day(3, 2), day(4, 1)]
  it('counts back from the end; a missing day breaks it', () => {
    expect(found('连续2日开展检查。', { daily })).toEqual([])
    expect(found('连续4日开展检查。', { daily })).toEqual(['FALSE claim.run_short'])
    expect(found('连续3天天气晴好。', { daily })).toEqual(['UNBOUND claim.cannot_tell'])
  })
})

describe('100% and 均 (A17, A33)', () => {
  it('only when both counts are equal and not nothing', () => {
    expect(found('整改率达100%。')).toContain('FALSE claim.not_whole')
    expect(found('规上企业均已复工。')).toContain('FALSE claim.not_whole')
    const whole = table(figure('M21A', { numerator: 4, denominator: 4 }), figure('M11', { numerator: 0, denominator: 0 }))
    expect(found('规上企业均已复工。', { figures: whole })).toEqual([])
    expect(found('整改率{M11}，实现整改率百分之百。', { figures: whole })).toContain('FALSE claim.zero_base')
    expect(found('群众满意度100%。')).toContain('UNBOUND claim.cannot_tell')
    expect(found('群众满意度100%。', { sources: [{ text: '满意度100%', source: '区热线办3月通报' }] })).toEqual(['NOTE claim.sourced', 'NOTE claim.sourced'])
  })
})

describe('the writer’s own numbers', () => {
  it('a number without a figure is flagged, with a source it is noted', () => {
    expect(found('发放宣传资料300份。')).toEqual(['UNBOUND claim.unbound'])
    expect(found('发放宣传资料300份。', { sources: [{ text: '300份', source: '宣传科登记' }] })).toEqual(['NOTE claim.sourced'])
    expect(found('组织十二家企业观摩。')).toEqual(['UNBOUND claim.unbound'])
  })
  it('dates, papers and titles are no figures', () => expect(found('2026年3月5日21:40，按〔2026〕17号文和《安全生产法》第65条，第3批启动。')).toEqual([]))
  it('another number than the frozen one is false, however it is written', () => {
    expect(found('排查隐患118573宗。')).toEqual(['FALSE claim.differs'])
    expect(found('排查隐患11.9余万宗。')).toEqual(['FALSE claim.differs'])
    expect(found('整改率95%。')).toEqual(['UNBOUND claim.could_bind'])
    expect(found('整改率95.5%。')).toEqual(['FALSE claim.differs'])
    expect(found('排查隐患11.8余万宗。')).toEqual(['UNBOUND claim.could_bind'])
  })
})

describe('lists and parts (A30, rule 4)', () => {
  it('a printed list has as many entries as its number', () => {
    expect(found('覆盖3个街道（望汀、沅埠）。')).toEqual(['UNBOUND claim.unbound', 'FALSE claim.list_length'])
    expect(found('覆盖2个街道（望汀、沅埠）。')).toEqual(['UNBOUND claim.unbound'])
    expect(found('覆盖5个街道（望汀、沅埠等）。')).toEqual(['UNBOUND claim.unbound'])
  })
  it('parts add up to the whole or say why', () => {
    const t = table(figure('M07', { value: 10 }), figure('M14', { value: 3 }), figure('M08', { value: 4 }), figure('M15O', { value: 12 }), figure('M36N', { value: 7 }))
    expect(found('排查隐患{M07}，其中重大{M14}、自查{M36N}。', { figures: t })).toEqual([])
    expect(found('排查隐患{M07}，其中重大{M14}、现场整改{M08}。', { figures: t })).toEqual(['FALSE claim.parts_short'])
    expect(found('排查隐患{M07}，其中重大{M14}、现场整改{M08}，其余正在整改。', { figures: t })).toEqual([])
    expect(found('排查隐患{M07}，其中未整改{M15O}。', { figures: t })).toEqual(['FALSE claim.parts_exceed'])
  })
})

describe('the same lie in other words', () => {
  const few = table(figure('M07', { value: 3 }), figure('M09C', { value: 2 }), figure('M11', { numerator: 2, denominator: 3 }), figure('M14', { value: 1 }), figure('M15', { value: 1 }), figure('M08', { value: 1 }), figure('M14C', { value: 1 }))
  const lies = (text: string, more: Partial<Facts> = {}) => found(text, { figures: few, open: [open], ...more }).filter((m) => /^(FALSE|UNBOUND)/.test(m))
  test.each([
    '全面完成整改', '隐患整改全部完成', '整改工作已全部完成', '整改任务全面落实', '圆满完成隐患整改', '全数整改到位', '悉数整改', '100%整改到位', '隐患均已按期整改', '所有隐患得到整改', '每一处隐患均已整改', '查出的隐患已整改完毕', '存量隐患清零', '隐患归零', '再没有未整改的隐患', '没有遗留隐患', '应改尽改',
    '全 部 整 改 完 毕', '全\u{200b}部整改完毕', '重大隐患和一般隐患全部整改',
  ])('%s is refused with one item open', (words) => expect(lies(`查出问题${words}。`)).toContain('FALSE claim.not_all_closed'))
  test.each(['整改率达100%', '整改率百分之百', '整改率达到１００%', '整改率百分百', '整改无一遗漏', '隐患整改率100.0%'])('%s is refused below the whole', (words) => expect(lies(`${words}。`)).toContain('FALSE claim.not_whole'))
  test.each([['未发现重大隐患', 'FALSE claim.not_zero'], ['无重大事故隐患', 'FALSE claim.not_zero'], ['重大隐患为零', 'FALSE claim.not_zero'], ['未发现安全隐患', 'FALSE claim.not_zero'], ['没有逾期隐患', 'FALSE claim.not_zero'], ['检查企业无一遗漏', 'FALSE claim.needs_figures'], ['居全市第一', 'UNBOUND claim.cannot_tell'], ['投诉量创历史新低', 'UNBOUND claim.cannot_tell']])('%s: %s', (words, mark) => expect(lies(`本周${words}。`)).toContain(mark))
  it('what is not said is not refused', () => {
    for (const words of ['隐患尚未全部整改', '坚持应改尽改', '对所有隐患逐条落实责任', '这是全部隐患中已经销号的', '开展全面整治行动']) expect(lies(`${words}。`)).toEqual([])
    const none = table(figure('M07', { value: 0 }), figure('M14', { value: 0 }), figure('M15', { value: 0 }))
    expect(found('未发现重大隐患，没有逾期隐患。', { figures: none })).toEqual([])
  })
})

describe('a rise or a fall rests on the number of a year before (A18)', () => {
  const year = table(figure('M07', { value: 8, before: 10 }), figure('M51', { value: 1, before: 0 }), figure('M14', { value: 2, before: 1 }))
  const of = (text: string) => found(text, { figures: year })
  it('a zero a year ago has neither fall nor percentage, in whatever words', () => {
    for (const words of ['事故同比下降', '事故较上年同期明显减少', '事故起数与去年相比大幅下降']) expect(of(`${words}。`), words).toContain('FALSE claim.zero_base')
  })
  it('holds where it is so, is refused where it is not, and wants a source where nobody counted', () => {
    expect(of('隐患数同比下降。')).toEqual([])
    expect(of('重大隐患同比下降。')).toEqual(['FALSE claim.not_moved'])
    expect(of('隐患数环比下降。')).toEqual(['UNBOUND claim.cannot_tell'])
    expect(of('隐患{M07:同比}。')).toEqual([])
    expect(of('群众满意度明显提高。')).toEqual(['UNBOUND claim.cannot_tell'])
    expect(found('群众满意度明显提高。', { sources: [{ text: '满意度明显提高', source: '区热线办3月通报' }] })).toEqual(['NOTE claim.sourced'])
  })
})

describe('numbers in characters', () => {
  it('are read as numbers: the true one could be bound, another is false', () => {
    for (const words of ['十一万八千五百七十二宗', '壹拾壹万捌仟伍佰柒拾贰宗', '一一八五七二宗', '十一万八千余宗', '１１８５７２宗', '十一万八千五百七十二']) expect(found(`排查隐患${words}。`), words).toEqual(['UNBOUND claim.could_bind'])
    for (const words of ['十一万八千五百七十三宗', '十二万余宗', '11.8万宗', '十一万八千五百个', '十二万八千五百七十二']) expect(found(`排查隐患${words}。`), words).toEqual(['FALSE claim.differs'])
    expect(found('整改率百分之九十四点五。')).toEqual(['UNBOUND claim.could_bind'])
    expect(found('整改率百分之九十九。')).toEqual(['FALSE claim.differs'])
  })
  it('shares, tenths and multiples are numbers too; sayings are not', () => {
    for (const words of ['九成以上企业参加', '三分之二的企业参加', '半数以上企业参加', '参加人数翻了一番', '增长两倍', '组织一百二十个班组']) expect(found(`${words}。`), words).toEqual(['UNBOUND claim.unbound'])
    for (const words of ['千方百计抓落实', '万无一失', '一一对照检查', '严格落实五个严禁', '两手抓', '完成任务']) expect(found(`${words}。`), words).toEqual([])
  })
  it('a list has as many entries as its number in characters says', () => expect(found('覆盖三个街道（望汀、沅埠）。')).toContain('FALSE claim.list_length'))
  it('a source vouches for its own number, not for a part of it, nor for another boast', () => {
    const sources = [{ text: '发放资料300份，满意度100%', source: '宣传科登记' }]
    expect(found('发放资料00份。', { sources })).toEqual(['UNBOUND claim.unbound'])
    expect(found('群众知晓率100%。', { sources })).toContain('UNBOUND claim.cannot_tell')
    expect(found('发放资料300份，满意度100%。', { sources })).toEqual(['NOTE claim.sourced', 'NOTE claim.sourced', 'NOTE claim.sourced'])
  })
})

describe('a figure keeps its name, its measure word and its digits', () => {
  const night = table(figure('M07', { value: 533 }), figure('M08', { value: 213 }), figure('M08R', { numerator: 213, denominator: 533 }), figure('M11', { numerator: 300, denominator: 533 }), figure('M10', { numerator: 3, denominator: 4 }), figure('M01', { value: 238 }), figure('M04', { value: 17 }), figure('M21A', { numerator: 1839, denominator: 1847 }), figure('M14', { value: 2 }))
  const of = (text: string) => found(text, { figures: night })
  test.each([['整改率{M08R}。', 'FALSE claim.other_name'], ['整改率{M10}。', 'FALSE claim.other_name'], ['现场整改{M08}，整改率达{M08R}。', 'FALSE claim.other_name'], ['复工率{M21A}。', 'FALSE claim.other_name'], ['整改隐患{M08}。', 'FALSE claim.name_missing'], ['发现隐患{M14}。', 'FALSE claim.name_missing']])('A8 %s', (text, mark) => expect(of(text)).toContain(mark))
  test.each([['出动{M01:数}人。', 'FALSE claim.other_unit'], ['检查企业{M04:数}家。', 'FALSE claim.other_unit'], ['排查隐患{M07:数}万宗。', 'FALSE claim.glued'], ['排查隐患{M07:数}0宗。', 'FALSE claim.glued'], ['排查隐患1{M07}。', 'FALSE claim.glued'], ['排查隐患逾{M07}。', 'FALSE claim.bent'], ['整改率近{M11}。', 'FALSE claim.bent']])('A9 %s', (text, mark) => expect(of(text)).toContain(mark))
  it('stands under its own', () => expect(of('出动{M01:数}人次，检查{M04:数}家次，排查隐患{M07:数}处，现场整改{M08}，现场整改率{M08R:两数}，整改率{M11}，按期整改率{M10}，规上复工率{M21A}，重大隐患{M14}。')).toEqual([]))
})

describe('a title is a sentence too', () => {
  const marks = (title: string, more: Partial<Facts> = {}) => checkTitle(title, facts(more)).filter((m) => m.kind === 'FALSE' || m.kind === 'UNBOUND').map((m) => m.code)
  it('says nothing that the snapshot does not', () => {
    expect(marks('2026年第9周安全生产周报')).toEqual([])
    expect(marks('排查隐患118572宗')).toEqual([])
    expect(marks('排查隐患12万宗')).toEqual(['claim.differs'])
    expect(marks('隐患全部整改完毕', { open: [open] })).toEqual(['claim.not_all_closed'])
    expect(marks('发动群众3万人')).toEqual(['claim.unbound'])
  })
})

describe('templates', () => {
  test.each(templates)('$title stands with the figures it asks for, and keeps its lines', ({ body, metrics: asked }) => {
    const all = table(...asked.map((id) => (metrics.find((m) => m.id === id)!.nature === 'RATE' ? figure(id, { numerator: 3, denominator: 4 }) : figure(id, { value: 4 }))))
    expect(say(body, all).refusals).toEqual([])
    expect(found(body, { figures: all })).toEqual([])
    expect(check(body, { figures: all }).map((s) => s.text).join('')).toBe(print(body, all))
  })
})

describe('quotations (S1-037)', () => {
  it('are stored with the person and approved', () => {
    expect(found('局主要负责人表示：{引语1}。')).toEqual([])
    expect(found('局主要负责人表示：{引语1}。', { quotes: [{ words: '整改不过夜', approved: false, speaker: '陈岸平' }] })).toEqual(['FALSE claim.quote_waits'])
    expect(found('局主要负责人表示：“整改不过夜”。')).toEqual(['FALSE claim.loose_quote'])
  })
  it('a whole true report stands', () => expect(stands(check('{范围}出动人员{M01}，排查隐患{M07}，整改{M09C}，整改率{M11}。'))).toBe(true))
})

describe('a definition changed in the middle of a year', () => {
  const metric = (validFrom: string, version: number) => ({ ...metrics.find((m) => m.id === 'M07')!, validFrom, version })
  it('is frozen with its version, and a span over the change says the day', () => {
    expect(wordsOf(metric('2026-07-01', 2), '2026-01-01', '2026-12-31')).toMatchObject({ definitionVersion: 2, changedOn: '2026-07-01' })
    expect(wordsOf(metric('2026-07-01', 2), '2026-07-01', '2026-12-31').changedOn).toBeNull()
    expect(wordsOf(metric('2020-01-01', 1), '2019-01-01', '2020-12-31').changedOn).toBeNull()
    expect(found('排查隐患{M07}。', { figures: table(figure('M07', { value: 3, changedOn: '2026-07-01' })) })).toEqual(['NOTE claim.definition_changed'])
  })
  it('two versions of one snapshot say that the definition differs', () => {
    const old = figure('M07', { value: 3, definitionVersion: 1 })
    expect(whyDifferent(old, { ...old, value: 5, definitionVersion: 2 }, 2, 0)).toEqual(['口径由第1版改为第2版', '新计入2条'])
  })
})
