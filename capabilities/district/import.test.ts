import { describe, expect, it } from 'vitest'
import { wgs84ToGcj02 } from '../../kernel/core/coordinates.ts'
import { readAreas } from './area-sheet.ts'
import { readBoundaries } from './boundary.ts'

describe('area tables', () => {
  it('finds its columns below a title, takes short codes and the order of the rows (S4-005)', () => {
    const sheet = readAreas([['安澜区区划表'], ['名称', '区划代码', '面积'], ['沅埠街道', '990101002', '3.5'], ['', '', ''], ['望汀街道', '990101001000', '']])
    expect(sheet?.rows).toEqual([
      { code: '990101002000', name: '沅埠街道', kind: 'STREET', parentCode: '990101000000', areaKm2: 3.5, sortNo: 1 },
      { code: '990101001000', name: '望汀街道', kind: 'STREET', parentCode: '990101000000', areaKm2: null, sortNo: 2 },
    ])
  })
  it.each([
    ['eleven digits', ['甲', '99010100100', '', ''], 3],
    ['no name', ['', '990101001000', '', ''], 3],
    ['a kind nobody knows', ['甲', '990101001000', '乡镇级', ''], 3],
    ['an area that is no number', ['甲', '990101001000', '', '三'], 3],
    ['a code met twice', ['甲', '990101009000', '', ''], 3],
  ])('%s is named by its row', (_, row, at) => {
    const sheet = readAreas([['名称', '区划代码', '种类', '面积'], ['乙', '990101009000', '', ''], row])
    expect([sheet?.rows.length, sheet?.errors.map((e) => e.row)]).toEqual([1, [at]])
  })
  it('a table without the two columns is none', () => {
    expect(readAreas([['企业名称', '地址'], ['甲', '乙']])).toBeUndefined()
  })
})

describe('boundaries', () => {
  const ring = [[114.1, 22.6], [114.2, 22.6], [114.2, 22.7], [114.1, 22.7], [114.1, 22.6]] as const
  const file = (geometry: unknown, properties: unknown = { code: '990101000000' }) => JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] })
  it('GCJ-02 comes back to WGS-84 within a decimetre, heights dropped', () => {
    const shifted = ring.map((p) => [...wgs84ToGcj02([p[0], p[1]]), 12])
    const read = readBoundaries(file({ type: 'Polygon', coordinates: [shifted] }), 'GCJ02')
    expect(read?.drawn[0]?.area).toEqual({ type: 'Polygon', coordinates: [ring] })
    expect(read?.drawn[0]?.km2).toBeGreaterThan(110)
  })
  it('a point, a nameless shape and a text that is no GeoJSON are none', () => {
    expect(readBoundaries(file({ type: 'Point', coordinates: [1, 2] }), 'WGS84')).toBeUndefined()
    expect(readBoundaries(file({ type: 'Polygon', coordinates: [ring] }, {}), 'WGS84')).toBeUndefined()
    expect(readBoundaries('{"type":', 'WGS84')).toBeUndefined()
  })
})
