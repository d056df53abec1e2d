import { describe, expect, it, test } from 'vitest'
import {
  ROOT, ancestorsOf, areaCode, areaCodeProblem, areaNodeProblems, areaPrefix, areaRange, county6Of, covers, functionalAreaOf, isAreaCode,
  levelOf, parentOf, townshipClass,
} from './area-code.ts'
import type { AreaNode } from './area-code.ts'

describe('a node by its code (domain.md §1.4)', () => {
  test.each([
    [ROOT, 'COUNTRY', null, '', null],
    ['990000000000', 'PROVINCE', ROOT, '99', null],
    ['990100000000', 'CITY', '990000000000', '9901', null],
    ['990101000000', 'COUNTY', '990100000000', '990101', '990101'],
    ['990110000000', 'COUNTY', '990100000000', '990110', '990110'],
    ['990101001000', 'STREET', '990101000000', '990101001', '990101'],
    ['990101010000', 'STREET', '990101000000', '990101010', '990101'],
    ['990101100000', 'STREET', '990101000000', '990101100', '990101'],
    ['990101001001', 'VILLAGE', '990101001000', '990101001001', '990101'],
    ['990101001200', 'VILLAGE', '990101001000', '990101001200', '990101'],
    ['990200003000', 'STREET', '990200000000', '990200003', '990200'],
    ['990200003001', 'VILLAGE', '990200003000', '990200003001', '990200'],
  ])('%s is a %s below %s', (code, level, parent, prefix, county6) => {
    expect(areaCodeProblem(code)).toBeNull()
    expect([levelOf(code), parentOf(code), areaPrefix(code), county6Of(code)]).toEqual([level, parent, prefix, county6])
  })

  test.each([
    ['990101', '区划代码应为 12 位数字'],
    ['9901010010011', '区划代码应为 12 位数字'],
    ['99010100100A', '区划代码应为 12 位数字'],
    ['000101001001', '区划代码缺省级代码'],
    ['990001000000', '区划代码缺地级代码'],
    ['990000001000', '区划代码缺地级代码'],
    ['990101000001', '区划代码缺街道（镇、乡）代码'],
    ['990200000001', '区划代码缺街道（镇、乡）代码'],
  ])('%s is refused: %s', (code, zh) => {
    expect(areaCodeProblem(code)).toBe(zh)
    expect(isAreaCode(code)).toBe(false)
    expect(() => levelOf(code)).toThrow(RangeError)
  })

  it('fills prefixes of 2, 4, 6, 9 and 12 digits and refuses others', () => {
    expect(['99', '9901', '990101', '990101001', '990101001001'].map(areaCode)).toEqual([
      '990000000000', '990100000000', '990101000000', '990101001000', '990101001001',
    ])
    for (const prefix of ['', '9', '99010', '9901010', '0001']) expect(() => areaCode(prefix)).toThrow(RangeError)
  })

  it('names its ancestors from the root down', () => {
    expect(ancestorsOf('990101001001')).toEqual([ROOT, '990000000000', '990100000000', '990101000000', '990101001000'])
    expect(ancestorsOf('990200003000')).toEqual([ROOT, '990000000000', '990200000000'])
  })
})

describe('reach is a range', () => {
  const tree = [
    ROOT, '990000000000', '990100000000', '990101000000', '990101001000', '990101001001', '990101001999', '990101010000', '990101099000',
    '990101400000', '990101400001', '990102000000', '990102001001', '990110000000', '990200000000', '990200003001', '990999999999', '999999999999',
  ]

  it('the range of a node holds exactly the nodes it covers, and they are those that have it as ancestor', () => {
    for (const outer of tree) {
      const [from, to] = areaRange(outer)
      for (const inner of tree) {
        const below = inner === outer || ancestorsOf(inner).includes(outer)
        expect(inner >= from && inner < to, `range of ${outer} holds ${inner}`).toBe(below)
        expect(covers(outer, inner), `${outer} covers ${inner}`).toBe(below)
      }
    }
  })

  it('an officer of a functional area reaches its communities and not the streets of the host county', () => {
    expect(covers('990101400000', '990101400001')).toBe(true)
    expect(covers('990101400000', '990101001001')).toBe(false)
    expect(covers('990101000000', '990101400001')).toBe(true)
  })
})

describe('township digits (GB/T 10114-2003)', () => {
  test.each([
    ['990101001000', '街道'], ['990101099001', '街道'], ['990101100000', '镇'], ['990101199000', '镇'], ['990101200000', '乡'],
    ['990101399000', '乡'], ['990101400000', '政企合一'], ['990101599000', '政企合一'], ['990101600000', '其他'], ['990101000000', null],
  ])('%s is %s', (code, expected) => {
    expect(townshipClass(code)).toBe(expected)
  })

  test.each([['990101400001', '990101400000'], ['990101400000', '990101400000'], ['990101001001', null], ['990101000000', null]])(
    '%s stands in functional area %s',
    (code, area) => {
      expect(functionalAreaOf(code)).toBe(area)
    },
  )
})

describe('nodes of the tree', () => {
  const zone: AreaNode = { code: '990101400000', name: '澜湾开发区', kind: 'DEV_ZONE', hostCounty6: ['990101', '990102'] }
  test.each<[string, Partial<AreaNode>, string[]]>([
    ['a functional area over two counties', {}, []],
    ['a farm of the same segment as administrative node', { kind: 'ADMIN', hostCounty6: [] }, []],
    ['a street', { code: '990101001000', kind: 'ADMIN', hostCounty6: [] }, []],
    ['a functional area with a street’s code', { code: '990101001000' }, ['功能区代码的第 7–9 位应在 400–599 之间，末三位为 000']],
    ['a functional area at county level', { code: '990101000000' }, ['功能区代码的第 7–9 位应在 400–599 之间，末三位为 000']],
    ['a functional area at village level', { code: '990101400001' }, ['功能区代码的第 7–9 位应在 400–599 之间，末三位为 000']],
    ['no host', { hostCounty6: [] }, ['请填写功能区所在区县']],
    ['the counting county not first', { hostCounty6: ['990102', '990101'] }, ['第一个所在区县应为统计归属区县，与代码前 6 位一致']],
    ['a city as host', { hostCounty6: ['990101', '990100'] }, ['所在区县应为 6 位县级代码']],
    ['a host twice', { hostCounty6: ['990101', '990101'] }, ['所在区县重复']],
    ['hosts on an administrative node', { kind: 'ADMIN' }, ['行政区划不填所在区县']],
    ['no name and no host', { name: ' ', hostCounty6: [] }, ['请填写名称', '请填写功能区所在区县']],
    ['no code', { code: '9901', name: '' }, ['区划代码应为 12 位数字']],
  ])('%s', (_, change, problems) => {
    expect(areaNodeProblems({ ...zone, ...change })).toEqual(problems)
  })
})
