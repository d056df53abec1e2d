import { describe, expect, it } from 'vitest'
import { alertsOf, areasOf, mapPointsOf } from './layers.ts'
import type { Shapes } from './shapes.ts'

const columns = { ids: '018f0000000070008000000000000001018f0000000070008000000000000002', lon: [11400000, 11410000], lat: [2270000, 2271000] }
const risks = { RED: 1, ORANGE: 0, YELLOW: 0, BLUE: 0, none: 1 }

describe('一张图的图层', () => {
  it('a colour leaves its own places alone; a place that was not assessed has none', () => {
    const data = { ...columns, mark: 'R-', total: 2, located: 2, risks }
    expect(mapPointsOf(data, undefined).map((point) => point.colour)).toEqual(['RED', null])
    expect(mapPointsOf(data, 'RED').map((point) => point.id)).toEqual(['018f0000-0000-7000-8000-000000000001'])
    expect(mapPointsOf(data, 'BLUE')).toEqual([])
  })
  it('the late ones can be seen alone', () => {
    const data = { ...columns, mark: 'SL', total: 2, located: 2, overdue: 1 }
    expect(alertsOf(data, false).map((alert) => alert.late)).toEqual([false, true])
    expect(alertsOf(data, true).map((alert) => alert.lon)).toEqual([114.1])
  })
  it('a chosen street brings its own boundary and grids, no neighbour and no community', () => {
    const geometry = { type: 'Polygon' as const, coordinates: [[[114, 22], [115, 22], [115, 23], [114, 22]]] } as never
    const feature = (code: string, kind: string, areaCode?: string) => ({ type: 'Feature' as const, geometry, properties: { code, name: code, kind, ...(areaCode ? { areaCode } : {}) } })
    const shapes = { type: 'FeatureCollection', features: [feature('990101000000', 'DISTRICT'), feature('990101001000', 'STREET'), feature('990101001001', 'COMMUNITY'), feature('G1', 'GRID', '990101001001'), feature('990101002000', 'STREET'), feature('G2', 'GRID', '990101002001')] } as unknown as Shapes
    expect(areasOf(shapes, '990101001000').map((area) => [area.id, area.level])).toEqual([['990101001000', 'street'], ['G1', 'grid']])
    expect(areasOf(shapes, undefined).map((area) => area.id)).toEqual(['990101000000', '990101001000', 'G1', '990101002000', 'G2'])
  })
})
