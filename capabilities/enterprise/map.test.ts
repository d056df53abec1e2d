import { describe, expect, it } from 'vitest'
import { Box, pointsOf } from './map.ts'

describe('一张图：places in columns', () => {
  it('the n-th place is made of the n-th part of each column', () => {
    const ids = '018f0000000070008000000000000001018f0000000070008000000000000002'
    expect(pointsOf({ ids, lon: [11402345, 11400001], lat: [2265432, 2270000], mark: 'R-' })).toEqual([
      { id: '018f0000-0000-7000-8000-000000000001', lon: 114.02345, lat: 22.65432, mark: 'R' },
      { id: '018f0000-0000-7000-8000-000000000002', lon: 114.00001, lat: 22.7, mark: '-' },
    ])
    expect(pointsOf({ ids: '', lon: [], lat: [], mark: '' })).toEqual([])
  })
  it('a view is four numbers; anything else is refused', () => {
    expect(Box.parse('113.9,22.6,114.1,22.75')).toEqual({ west: 113.9, south: 22.6, east: 114.1, north: 22.75 })
    for (const wrong of ['', '1,2,3', '1,2,3,x', '1,2,3,4,5', "1,2,3,4'--"]) expect(Box.safeParse(wrong).success, wrong).toBe(false)
  })
})
