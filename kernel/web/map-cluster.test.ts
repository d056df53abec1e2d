import { describe, expect, it } from 'vitest'
import { alarmsOf, marksOf, type Placed } from './map-cluster.ts'
import type { RiskColour } from './tokens.ts'

const at = (x: number, y: number, colour: RiskColour | null = null): Placed => ({ point: { id: `${x},${y}`, lon: 0, lat: 0, colour }, x, y })
const world = [-1e9, -1e9, 1e9, 1e9]

describe('map marks', () => {
  it('one mark stands for the places of one cell, in the middle of them, and counts each colour', () => {
    const [mark, ...rest] = marksOf([at(2, 2, 'RED'), at(4, 6, 'BLUE'), at(3, 4)], world, 1, 64)
    expect(rest).toEqual([])
    expect([mark?.x, mark?.y]).toEqual([3, 4])
    expect(mark?.counts).toEqual({ RED: 1, ORANGE: 0, YELLOW: 0, BLUE: 1, none: 1 })
  })
  it('no place of the view is lost or counted twice, at any resolution', () => {
    const places = Array.from({ length: 3000 }, (_, i) => at((i * 7919) % 10007, (i * 104729) % 9973, i % 3 ? 'YELLOW' : null))
    for (const resolution of [0.3, 5, 40, 1000]) {
      const ids = marksOf(places, world, resolution, 64).flatMap((mark) => mark.members.map((m) => m.point.id))
      expect(ids).toHaveLength(3000)
      expect(new Set(ids).size).toBe(new Set(places.map((p) => p.point.id)).size)
    }
  })
  it('open hazards stand together and say how many of them are late', () => {
    const alert = (x: number, late: boolean) => ({ point: { id: `${x}`, lon: 0, lat: 0, late }, x, y: 1 })
    const [near, far, ...rest] = alarmsOf([alert(1, true), alert(3, false), alert(5, true), alert(500, false)], world, 1, 64)
    expect(rest).toEqual([])
    expect([near?.members.length, near?.late, near?.x, far?.members.length, far?.late]).toEqual([3, 2, 3, 1, 0])
    expect(alarmsOf([alert(1, true)], [2, 2, 9, 9], 1, 64)).toEqual([])
  })
  it('places outside the view are not drawn', () => {
    expect(marksOf([at(5, 5), at(50, 5), at(5, -1)], [0, 0, 10, 10], 1, 64)).toHaveLength(1)
  })
  it('cells are fixed to the world: a pan changes neither their members nor their place', () => {
    const places = [at(60, 60), at(70, 60), at(130, 60)]
    const before = marksOf(places, [0, 0, 200, 200], 1, 64)
    const after = marksOf(places, [30, 30, 230, 230], 1, 64)
    expect(after.map((m) => [m.x, m.y])).toEqual(before.map((m) => [m.x, m.y]))
  })
})
