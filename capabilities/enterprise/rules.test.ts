import { describe, expect, it } from 'vitest'
import { makeCreditCode } from '../../kernel/core/credit-code.ts'
import { movesOf } from '../../kernel/core/lifecycle.ts'
import { moveTo, operating, operatingStates } from './lifecycle.ts'
import { readNumber } from './register-fields.ts'
import { readRow } from './register-row.ts'
import { type IdentityInput, readIdentity, readIndustry, readPhone, refusePosition, refuseState, refuseTags } from './rules.ts'
import { lookupOf, searchWords } from './search.ts'
import { extraProblems, readTags, tagCodes, tags } from './tags.ts'

const identity = (over: Partial<IdentityInput>): IdentityInput => ({ identityKind: 'CREDIT_CODE', creditCode: null, registrationNo: null, ...over })
const verdictOf = (input: Partial<IdentityInput>): unknown => {
  const read = readIdentity(identity(input))
  return 'identity' in read ? read.identity : read.refusals.map((refusal) => refusal.code)
}

describe('identity (GB 32100-2015, domain §1.1, conventions C8)', () => {
  it.each(['91440307MA5A00013R', '91440307MA5A00021L', '92440307MA5A0003X9', '91320602MA1A00016J', '91320614MA1A00024R', '91330100MA2A00018C', '91371500MA3A0001X5'])('%s is taken as it is', (code) => {
    expect(verdictOf({ creditCode: code })).toMatchObject({ creditCode: code, creditCodeNote: null, warnings: [] })
  })
  it.each([
    ['full width, small letters, blanks and hyphens', '９１４４-0307 ma5a00013r', '91440307MA5A00013R'],
  ])('%s are brought to the written form', (_, typed, code) => {
    expect(verdictOf({ creditCode: typed })).toMatchObject({ creditCode: code })
  })
  it.each([
    ['any one character changed, nobody confirms', { creditCode: '91440307MA5A00013T' }, ['enterprise.code_unconfirmed']],
    ['confirmed without a reason', { creditCode: '91440307MA5A00013T', creditCodeConfirmed: true, creditCodeReason: ' ' }, ['enterprise.code_reason']],
    ['17 characters, confirmed all the same', { creditCode: '91440307MA5A00013', creditCodeConfirmed: true, creditCodeReason: '照上如此' }, ['enterprise.code_wrong']],
    ['19 characters', { creditCode: '91440307MA5A00013R1' }, ['enterprise.code_wrong']],
    ['a letter O', { creditCode: '91440307MA5A0001OR' }, ['enterprise.code_wrong']],
    ['nothing', {}, ['enterprise.code_required']],
    ['an old number of 14 digits', { identityKind: 'REGISTRATION_NO' as const, registrationNo: '44030710000000' }, ['enterprise.registration_wrong']],
    ['no licence and no operator', { identityKind: 'NO_LICENSE' as const }, ['enterprise.operator_required']],
    ['no licence and a wrong ID number', { identityKind: 'NO_LICENSE' as const, operatorIdNo: '123' }, ['enterprise.id_wrong']],
  ])('refuses %s', (_, input, codes) => {
    expect(verdictOf(input)).toEqual(codes)
  })
  it('a code that fails the check is taken with a reason, which is kept; the public example in use is one', () => {
    expect(verdictOf({ creditCode: '91350203M0001QAY9B', creditCodeConfirmed: true, creditCodeReason: '已核对执照原件' })).toMatchObject({ creditCode: '91350203M0001QAY9B', creditCodeNote: '已核对执照原件' })
  })
  it('an unlicensed place keeps a masked ID number only', () => {
    const id = '99010119900307001'
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    const check = '10X98765432'[[...id].reduce((sum, digit, i) => sum + Number(digit) * weights[i]!, 0) % 11]
    expect(verdictOf({ identityKind: 'NO_LICENSE', operatorIdNo: `${id}${check}` })).toMatchObject({ creditCode: null, operatorIdMasked: `990***********${id.slice(-3)}${check}` })
  })
})

describe('operating states (domain §1.5)', () => {
  it('every state is left by some move, and every move asks a verb', () => {
    expect(operatingStates.filter((state) => Object.keys(operating[state]).length === 0)).toEqual([])
    expect(movesOf(operating).filter(({ move }) => !move.verb.startsWith('enterprise.'))).toEqual([])
  })
  it.each([['ACTIVE', 'LONG_STOP', true], ['ACTIVE', 'RESUMING', false], ['LONG_STOP', 'RESUMING', true], ['CANCELLED', 'VOLUNTARY_STOP', false], ['MOVED', 'ACTIVE', true], ['ORDERED_STOP', 'LONG_STOP', false]] as const)('%s to %s: %s', (from, to, possible) => {
    expect(moveTo(from, to) !== undefined).toBe(possible)
  })
  const dates = { since: '2026-03-05', today: '2026-03-05', last: '2026-03-01' }
  const officer = (verb: string) => verb === 'enterprise.state'
  it.each([
    ['the same state', 'ACTIVE', 'ACTIVE', dates, ['enterprise.state_same']],
    ['a jump', 'ACTIVE', 'RESUMING', dates, ['enterprise.state_not_possible']],
    ['an ordered stop by a grid officer', 'ACTIVE', 'ORDERED_STOP', dates, ['enterprise.state_verb']],
    ['lifting it by a grid officer', 'ORDERED_STOP', 'RESUMING', dates, ['enterprise.state_verb']],
    ['tomorrow', 'ACTIVE', 'LONG_STOP', { ...dates, since: '2026-03-06' }, ['enterprise.future']],
    ['before the last change', 'ACTIVE', 'LONG_STOP', { ...dates, since: '2026-02-28' }, ['enterprise.before_history']],
    ['the day of the last change is late enough', 'ACTIVE', 'LONG_STOP', { ...dates, since: '2026-03-01' }, []],
  ] as const)('%s', (_, from, to, when, codes) => {
    expect(refuseState(from, to, officer, when).map((refusal) => refusal.code)).toEqual(codes)
  })
})

describe('tags and their data (domain §1.6)', () => {
  it('there are twenty, each with a name, a trigger and a schema that takes nothing', () => {
    expect(tagCodes).toHaveLength(20)
    expect(tagCodes.filter((code) => !tags[code].zh || !tags[code].when || extraProblems(code, {}).length > 0)).toEqual([])
  })
  it.each([
    ['DUST_EXPLOSION', { dustKind: '铝镁', personsPerShift: 9, process: '湿式', explosionControl: null }, []],
    ['DUST_EXPLOSION', { personsPerShift: -1 }, ['personsPerShift']],
    ['AMMONIA_REFRIG', { ammoniaTonnes: '五吨' }, ['ammoniaTonnes']],
    ['CONFINED_SPACE', { spaces: [{ name: '1号污水池', kind: '地下', poisonRisk: '硫化氢' }] }, []],
    ['CONFINED_SPACE', { spaces: [{ kind: '地下' }] }, ['spaces.0.name']],
    ['HOTWORK_FREQUENT', { often: true }, ['often']],
  ] as const)('%s %j', (code, extra, problems) => {
    expect(extraProblems(code, extra)).toEqual(problems)
  })
  it('a tag twice is refused at its second place', () => {
    expect(refuseTags([{ code: 'CITY_GAS', extra: {} }, { code: 'CITY_GAS', extra: {} }])).toEqual([{ code: 'enterprise.tag_twice', field: 'tags.1', params: { tag: '城镇燃气' } }])
  })
  it.each([['粉尘涉爆、有限空间', ['DUST_EXPLOSION', 'CONFINED_SPACE'], []], ['粉尘 受限空间;锂电', ['DUST_EXPLOSION', 'CONFINED_SPACE', 'LITHIUM_BATTERY'], []], ['消防安全重点单位，重点', ['FIRE_KEY_UNIT'], ['重点']], ['', [], []]])('reads %j', (written, codes, unknown) => {
    expect(readTags(written)).toEqual({ codes, unknown })
  })
})

describe('small readings', () => {
  it.each([['1,234.5', 1234.5], ['１２人', 12], ['3000万元', 3000], ['850㎡', 850], ['若干', undefined], ['', undefined], ['-3', -3], ['1e5', undefined]])('readNumber(%j) is %s', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })
  it('a telephone is masked for everybody and whole for its seal; blank clears it', () => {
    expect(readPhone('+86 160 0088 1234')).toEqual({ full: '16000881234', masked: '160****1234', tail: '1234' })
    expect(readPhone(' ')).toBeNull()
    expect(readPhone('28901234')).toEqual({ refusal: { code: 'enterprise.phone_wrong', field: 'principalPhone' } })
  })
  it('an industry brings division and trade with it', () => {
    expect(readIndustry('C3311 金属结构制造')).toEqual({ code: '3311', division: 33, sector: 'MACHINERY' })
    expect(readIndustry(null)).toEqual({ code: null, division: null, sector: null })
    expect(readIndustry('炼金')).toMatchObject({ refusal: { code: 'enterprise.industry_unknown' } })
  })
  it('half a position is refused, none and a whole one are not', () => {
    expect([refusePosition(null, null), refusePosition(114, 22), refusePosition(undefined, null)]).toEqual([[], [], []])
    expect(refusePosition(114, null)[0]?.code).toBe('enterprise.location_pair')
  })
})

describe('finding', () => {
  it('words hold pairs of name, address and initials, each once', () => {
    expect(searchWords('安川厂', '安川路', 'acc')).toEqual(['安川', '川厂', '川路', 'ac', 'cc'])
  })
  it.each([
    ['青崖', { by: 'text', text: '青崖', pairs: ['青崖'], tail: null, codePart: null }],
    ['7531', { by: 'text', text: '7531', pairs: ['75', '53', '31'], tail: '7531', codePart: '7531' }],
    ['MA5A0001', { by: 'text', text: 'ma5a0001', pairs: ['ma', 'a5', '5a', 'a0', '00', '01'], tail: null, codePart: 'MA5A0001' }],
    ['acqy', { by: 'text', text: 'acqy', pairs: ['ac', 'cq', 'qy'], tail: null, codePart: null }],
    ['91440307MA5A00013R', { by: 'code', code: '91440307MA5A00013R' }],
    ['SITE-91440307MA5A00013R-002', { by: 'code', code: '91440307MA5A00013R' }],
    ['160 0088 1234', { by: 'phone', phone: '16000881234' }],
    ['  ', { by: 'nothing' }],
  ])('%j', (typed, lookup) => {
    expect(lookupOf(typed)).toEqual(lookup)
  })
})

describe('a row of somebody’s spreadsheet (conventions C21)', () => {
  const cells = { name: '安川虚构五金厂', address: '汀前路1号', creditCode: makeCreditCode('91', '990101', 'MA900001'), principalPhone: '无 / 16000881234', employees: '１20人', industry: 'C3311', establishedOn: '2012年3月5日', state: '停产', highRisk: '√', tags: '粉尘涉爆', riskColor: '较大风险' }
  it('is read as people write', () => {
    const { set, phone, tags: found, faults, doubts } = readRow(cells, [])
    expect(set).toMatchObject({ employees: 120, industry_code: '3311', division: 33, gongmao_sector: 'MACHINERY', established_on: '2012-03-05', state: 'VOLUNTARY_STOP', high_risk: true, risk_color: 'ORANGE' })
    expect([phone?.full, found, faults, doubts]).toEqual(['16000881234', ['DUST_EXPLOSION'], [], []])
  })
  it('blank cells say nothing', () => {
    expect(Object.keys(readRow({ name: '甲厂', address: '乙路' }, []).set)).toEqual(['name', 'address'])
  })
  it.each([
    [{ ...cells, name: undefined }, 'name', /不能为空/],
    [{ ...cells, employees: '12.5' }, 'employees', /不是整数/],
    [{ ...cells, establishedOn: '12-3-5' }, 'establishedOn', /不是日期/],
    [{ ...cells, state: '旺' }, 'state', /不认得/],
    [{ ...cells, tags: '粉尘涉爆、危险' }, 'tags', /危险/],
    [{ ...cells, lon: '114.1' }, 'lon', /成对/],
    [{ ...cells, creditCode: '91440307MA5A0001OR' }, 'creditCode', /疑为数字 0/],
  ])('fault %#: under its own field', (given, field, message) => {
    const { faults } = readRow(given, [])
    expect(faults.map((fault) => fault.field)).toEqual([field])
    expect(faults[0]?.message).toMatch(message)
  })
  it('a code typed as a number has lost its last digits and is refused, whatever it looks like', () => {
    expect(readRow(cells, ['creditCode']).faults[0]).toMatchObject({ field: 'creditCode' })
  })
  it('a wrong check character is a doubt, not a fault', () => {
    const odd = `${cells.creditCode.slice(0, 17)}${cells.creditCode.endsWith('1') ? '2' : '1'}`
    const { faults, doubts } = readRow({ ...cells, creditCode: odd }, [])
    expect([faults, doubts.map((doubt) => doubt.field)]).toEqual([[], ['creditCode']])
  })
})
