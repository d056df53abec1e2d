import { describe, expect, it, test } from 'vitest'
import { gongmaoSector, gongmaoTable } from './gongmao.ts'
import {
  divisionOf, industriesBelow, industryLabel, industryName, industryPath, isIndustrial, normaliseIndustry, searchIndustry, sectionOf,
} from './industry.ts'
import type { IndustryNode } from './industry.ts'

/** Every node of the table, by walking it from the top. */
function all(below: IndustryNode[] = industriesBelow(null)): IndustryNode[] {
  return below.flatMap((node) => [node, ...all(industriesBelow(node.code))])
}

describe('the table of GB/T 4754-2017 with amendment 1', () => {
  const nodes = all()
  test.each([['SECTION', 20], ['DIVISION', 97], ['GROUP', 473], ['CLASS', 1382]])('has of %s %i', (level, count) => {
    expect(nodes.filter((n) => n.level === level)).toHaveLength(count)
  })

  it('is a whole tree: every node is reached once and every group has a class', () => {
    expect(new Set(nodes.map((n) => n.code)).size).toBe(20 + 97 + 473 + 1382)
    expect(nodes.filter((n) => n.level !== 'CLASS' && industriesBelow(n.code).length === 0)).toEqual([])
  })

  it('names are Chinese without spaces, half-width brackets or cut ends', () => {
    const odd = nodes.filter((n) => !/^[\u4e00-\u9fff、（）3D]+$/.test(n.name) || /(?:(?<![磨复印])制|设|及|和|的)$/.test(n.name))
    expect(odd.map((n) => n.code)).toEqual([])
  })

  it('a group with one class shares its name with it, code ending in 0', () => {
    const single = nodes.filter((n) => n.level === 'GROUP').map((g) => [g, industriesBelow(g.code)] as const).filter(([, c]) => c.length === 1)
    expect(single.length).toBeGreaterThan(100)
    expect(single.filter(([g, [c]]) => c?.name !== g.name || c.code !== `${g.code}0`).map(([g]) => g.code)).toEqual([])
  })

  test.each([
    ['A', 1, 5], ['B', 6, 12], ['C', 13, 43], ['D', 44, 46], ['E', 47, 50], ['F', 51, 52], ['G', 53, 60], ['H', 61, 62], ['I', 63, 65], ['J', 66, 69],
    ['K', 70, 70], ['L', 71, 72], ['M', 73, 75], ['N', 76, 79], ['O', 80, 82], ['P', 83, 83], ['Q', 84, 85], ['R', 86, 90], ['S', 91, 96], ['T', 97, 97],
  ])('section %s holds the divisions %i to %i', (section, from, to) => {
    expect(industriesBelow(section).map((n) => Number(n.code))).toEqual(Array.from({ length: to - from + 1 }, (_, i) => from + i))
  })

  it('41 divisions are industry, 06 to 46', () => {
    const industrial = nodes.filter((n) => n.level === 'DIVISION' && isIndustrial(n.code)).map((n) => n.code)
    expect([industrial.length, industrial[0], industrial.at(-1)]).toEqual([41, '06', '46'])
  })

  test.each([
    ['06', '煤炭开采和洗选'], ['13', '农副食品加工'], ['17', '纺织'], ['19', '皮革、毛皮、羽毛及'], ['26', '化学原料和化学制品'], ['31', '黑色金属冶炼和压延'],
    ['33', '金属制品'], ['37', '铁路、船舶、航空航天'], ['39', '计算机、通信和其他电子设备'], ['43', '金属制品、机械和设备修理'], ['46', '水的生产和供应'],
    ['3311', '金属结构制造'], ['3360', '金属表面处理及热处理加工'], ['2672', '焰火、鞭炮产品制造'], ['3841', '锂离子电池制造'], ['5942', '危险化学品仓储'],
    ['9231', '监察委员会'], ['9233', '人民检察院'], ['T', '国际组织'],
  ])('%s is %s', (code, name) => {
    expect(industryName(code)).toContain(name)
  })
})

describe('lookups', () => {
  it('the path names all four levels', () => {
    expect(industryPath('C3311')).toEqual([
      { code: 'C', level: 'SECTION', name: '制造业' },
      { code: '33', level: 'DIVISION', name: '金属制品业' },
      { code: '331', level: 'GROUP', name: '结构性金属制品制造' },
      { code: '3311', level: 'CLASS', name: '金属结构制造' },
    ])
    expect(industryPath('9999')).toEqual([])
  })

  test.each([['3311', 'C3311 金属结构制造'], ['33', 'C33 金属制品业'], ['C', 'C 制造业'], ['0111', 'A0111 稻谷种植'], ['9999', null]])('the label of %s is %s', (code, label) => {
    expect(industryLabel(code)).toBe(label)
  })

  test.each([['3311', 'C', 33], ['0690', 'B', 6], ['46', 'D', 46], ['C', 'C', null], ['9999', null, null]])('%s: section %s, division %s', (code, section, division) => {
    expect([sectionOf(code), divisionOf(code)]).toEqual([section, division])
  })

  test.each([['0610', true], ['4690', true], ['4350', true], ['1190', true], ['C', true], ['0541', false], ['4710', false], ['5942', false], ['9999', false]])(
    'isIndustrial(%s) is %s',
    (code, expected) => {
      expect(isIndustrial(code)).toBe(expected)
    },
  )
})

describe('what people type', () => {
  test.each([
    ['C3311', '3311'], ['c3311', '3311'], ['Ｃ３３１１', '3311'], ['C 3311', '3311'], ['3311', '3311'], ['3311 金属结构制造', '3311'],
    ['C3311-金属结构制造', '3311'], ['金属结构制造', '3311'], [' 金属结构制造 ', '3311'], ['33', '33'], ['C33', '33'], ['C', 'C'], ['制造业', 'C'],
    ['金属表面处理及热处理加工', '3360'], ['A111', '0111'], ['B610', '0610'], ['111', '111'], ['社区卫生服务中心(站)', '8421'],
    ['B3311', null], ['3319', null], ['33111', null], ['金属', null], ['', null], ['Z33', null], ['工业', null],
  ])('%s is %s', (text, code) => {
    expect(normaliseIndustry(text)).toBe(code)
  })
})

describe('searchIndustry', () => {
  it('finds by words in any order, the class before its group', () => {
    expect(searchIndustry('锂离子').map((n) => n.code)).toEqual(['3841'])
    expect(searchIndustry('电池 锂').map((n) => n.code)).toEqual(['3841'])
    expect(searchIndustry('金属结构制造')[0]?.code).toBe('3311')
    expect(searchIndustry('金属表面处理').map((n) => n.code).slice(0, 2)).toEqual(['3360', '336'])
  })

  it('finds by the beginning of a code, the nearest level first, and keeps to its limit', () => {
    expect(searchIndustry('331').map((n) => n.code)).toEqual(['331', '3311', '3312'])
    expect(searchIndustry('C33', 3).map((n) => n.code)).toEqual(['33', '331', '332'])
  })

  test.each(['', '  ', '不存在的行业', '99'])('finds nothing for %j', (text) => {
    expect(searchIndustry(text)).toEqual([])
  })
})

describe('工贸八大行业 (domain.md §1.2)', () => {
  test.each([
    ['3110', 'METALLURGY'], ['3216', 'NONFERROUS'], ['3011', 'BUILDING_MATERIALS'], ['3311', 'MACHINERY'], ['4090', 'MACHINERY'], ['4350', 'MACHINERY'],
    ['1311', 'LIGHT'], ['C2110', 'LIGHT'], ['2922', 'LIGHT'], ['4119', 'LIGHT'], ['1711', 'TEXTILE'], ['2812', 'TEXTILE'], ['1620', 'TOBACCO'],
    ['5211', 'COMMERCE'], ['5920', 'COMMERCE'], ['6110', 'COMMERCE'], ['59', 'COMMERCE'],
    ['5910', null], ['2511', null], ['2614', null], ['2710', null], ['0610', null], ['4411', null], ['4710', null], ['4210', null], ['9999', null],
  ])('%s is %s', (code, sector) => {
    expect(gongmaoSector(code)).toBe(sector)
  })

  it('a bureau may draw the border elsewhere: the longest prefix wins', () => {
    expect(gongmaoSector('5942', { ...gongmaoTable, 594: null })).toBeNull()
    expect(gongmaoSector('5920', { ...gongmaoTable, 594: null })).toBe('COMMERCE')
  })
})
