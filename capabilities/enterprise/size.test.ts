import { describe, expect, it, test } from 'vitest'
import { likelyAboveScale, sizeGrade, sizeSectorOf } from './size.ts'
import type { SizeFigures, SizeGrade, SizeSector } from './size.ts'

const xy = (employees: number | null, revenueWan: number | null): SizeFigures => ({ employees, revenueWan, assetsWan: null })
const yz = (revenueWan: number | null, assetsWan: number | null): SizeFigures => ({ employees: null, revenueWan, assetsWan })
const xz = (employees: number | null, assetsWan: number | null): SizeFigures => ({ employees, revenueWan: null, assetsWan })

describe('boundary tests of domain.md §1.3 (工业)', () => {
  test.each<[number, number, SizeGrade]>([
    [1000, 40000, 'LARGE'], [999, 50000, 'MEDIUM'], [1500, 1999, 'SMALL'], [300, 2000, 'MEDIUM'], [20, 300, 'SMALL'], [19, 100000, 'MICRO'], [5000, 299, 'MICRO'],
    [1000, 39999.99, 'MEDIUM'], [299, 40000, 'SMALL'], [0, 0, 'MICRO'],
  ])('(%d, %d) is %s', (x, y, grade) => {
    expect(sizeGrade('INDUSTRY', xy(x, y))).toBe(grade)
  })
})

type Bounds = readonly [number, number]
const rows: [SizeSector, (a: number, b: number) => SizeFigures, Bounds, Bounds, Bounds][] = [
  ['INDUSTRY', xy, [1000, 40000], [300, 2000], [20, 300]],
  ['CONSTRUCTION', yz, [80000, 80000], [6000, 5000], [300, 300]],
  ['WHOLESALE', xy, [200, 40000], [20, 5000], [5, 1000]],
  ['RETAIL', xy, [300, 20000], [50, 500], [10, 100]],
  ['TRANSPORT', xy, [1000, 30000], [300, 3000], [20, 200]],
  ['STORAGE', xy, [200, 30000], [100, 1000], [20, 100]],
  ['POST', xy, [1000, 30000], [300, 2000], [20, 100]],
  ['LODGING', xy, [300, 10000], [100, 2000], [10, 100]],
  ['CATERING', xy, [300, 10000], [100, 2000], [10, 100]],
  ['INFORMATION', xy, [2000, 100000], [100, 1000], [10, 100]],
  ['SOFTWARE', xy, [300, 10000], [100, 1000], [10, 50]],
  ['REAL_ESTATE', yz, [200000, 10000], [1000, 5000], [100, 2000]],
  ['PROPERTY', xy, [1000, 5000], [300, 1000], [100, 500]],
  ['BUSINESS', xz, [300, 120000], [100, 8000], [10, 100]],
]

describe('国统字〔2017〕213号: each grade begins exactly at both limits and falls when either is missed by one', () => {
  test.each(rows)('%s', (sector, make, large, medium, small) => {
    const grades: [Bounds, SizeGrade, SizeGrade][] = [[large, 'LARGE', 'MEDIUM'], [medium, 'MEDIUM', 'SMALL'], [small, 'SMALL', 'MICRO']]
    for (const [[a, b], grade, next] of grades) {
      expect(sizeGrade(sector, make(a, b)), `${a}, ${b}`).toBe(grade)
      expect(sizeGrade(sector, make(a - 1, b)), `${a - 1}, ${b}`).toBe(next)
      expect(sizeGrade(sector, make(a, b - 1)), `${a}, ${b - 1}`).toBe(next)
    }
  })

  test.each<[SizeSector, SizeFigures, SizeGrade]>([
    ['AGRICULTURE', xy(null, 20000), 'LARGE'], ['AGRICULTURE', xy(null, 19999), 'MEDIUM'], ['AGRICULTURE', xy(null, 500), 'MEDIUM'],
    ['AGRICULTURE', xy(null, 499), 'SMALL'], ['AGRICULTURE', xy(null, 50), 'SMALL'], ['AGRICULTURE', xy(null, 49), 'MICRO'],
    ['OTHER', xy(300, null), 'LARGE'], ['OTHER', xy(299, null), 'MEDIUM'], ['OTHER', xy(100, null), 'MEDIUM'], ['OTHER', xy(99, null), 'SMALL'],
    ['OTHER', xy(10, null), 'SMALL'], ['OTHER', xy(9, null), 'MICRO'],
  ])('%s with one measure: %j is %s', (sector, figures, grade) => {
    expect(sizeGrade(sector, figures)).toBe(grade)
  })

  it('never calls an enterprise 微型 because a figure is missing', () => {
    for (const [sector, make] of rows) {
      const figures = make(1, 1)
      for (const key of Object.keys(figures) as (keyof SizeFigures)[]) {
        if (figures[key] !== null) expect(sizeGrade(sector, { ...figures, [key]: null }), `${sector} without ${key}`).toBe('UNKNOWN')
      }
    }
    expect(sizeGrade('INDUSTRY', xy(-1, 5))).toBe('UNKNOWN')
    expect(sizeGrade(null, { employees: 5000, revenueWan: 90000, assetsWan: 90000 })).toBe('UNKNOWN')
  })
})

describe('the row an industry belongs to', () => {
  test.each<[string, SizeSector | null]>([
    ['0111', 'AGRICULTURE'], ['0690', 'INDUSTRY'], ['C3311', 'INDUSTRY'], ['4411', 'INDUSTRY'], ['C', 'INDUSTRY'], ['4710', 'CONSTRUCTION'], ['5111', 'WHOLESALE'],
    ['5211', 'RETAIL'], ['5311', null], ['5412', 'TRANSPORT'], ['5720', 'TRANSPORT'], ['5829', 'TRANSPORT'], ['5910', 'TRANSPORT'], ['5942', 'STORAGE'],
    ['6020', 'POST'], ['6110', 'LODGING'], ['6210', 'CATERING'], ['6311', 'INFORMATION'], ['6429', 'INFORMATION'], ['6513', 'SOFTWARE'],
    ['6620', null], ['7010', 'REAL_ESTATE'], ['7020', 'PROPERTY'], ['7030', 'OTHER'], ['7040', null], ['7211', 'BUSINESS'], ['7481', 'OTHER'], ['7810', 'OTHER'],
    ['8010', 'OTHER'], ['8321', null], ['8411', null], ['8516', 'OTHER'], ['9030', 'OTHER'], ['9221', null],
    ['G', null], ['59', null], ['70', null], ['', null], ['9999', null],
  ])('%s: %s', (code, sector) => {
    expect(sizeSectorOf(code)).toBe(sector)
  })
})

describe('likelyAboveScale is a hint beside the imported list', () => {
  test.each<[string, number | null, boolean | null]>([
    ['3311', 2000, true], ['3311', 1999.99, false], ['5111', 2000, true], ['5111', 1999, false], ['5211', 500, true], ['5211', 499, false],
    ['6110', 200, true], ['6210', 199, false], ['5412', 2000, true], ['6513', 1999, false], ['7211', 1000, true], ['7020', 1000, true], ['8010', 500, true],
    ['8411', 2000, true], ['8516', 500, true], ['7810', 1999, false], ['8321', 999, false], ['9030', 500, true],
    ['4710', 100000, null], ['7010', 1, null], ['0111', 100000, null], ['6620', 100000, null], ['3311', null, null], ['9999', 5000, null],
  ])('%s with %s 万元: %s', (code, revenue, expected) => {
    expect(likelyAboveScale(code, revenue)).toBe(expected)
  })
})
