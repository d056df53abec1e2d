import { describe, expect, it } from 'vitest'
import { boxOf, project, routeOf } from './route.ts'

const stop = (id: string, lon: number, pressing = false) => ({ id, lon, lat: 22.6, pressing })

describe('the way', () => {
  it('goes to the nearest one left, from where the phone is', () => {
    expect(routeOf([stop('far', 114.4), stop('near', 114.11), stop('mid', 114.2)], { lon: 114.1, lat: 22.6 }).map(({ id }) => id)).toEqual(['near', 'mid', 'far'])
  })
  it('what presses goes first, whatever the way', () => {
    expect(routeOf([stop('near', 114.11), stop('late', 114.4, true)], { lon: 114.1, lat: 22.6 }).map(({ id }) => id)).toEqual(['late', 'near'])
  })
  it('without a position it begins with the first of the list', () => {
    expect(routeOf([stop('a', 114.4), stop('b', 114.1), stop('c', 114.39)], undefined).map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  })
})

describe('the drawing', () => {
  it('holds every point inside the frame, north above south', () => {
    const points = [{ lon: 114.1, lat: 22.6 }, { lon: 114.2, lat: 22.7 }, { lon: 114.15, lat: 22.62 }]
    const at = project(boxOf(points)!, 390, 500)
    for (const point of points) {
      const [x, y] = at(point)
      expect([x > 0 && x < 390, y > 0 && y < 500]).toEqual([true, true])
    }
    expect(at(points[1]!)[1]).toBeLessThan(at(points[0]!)[1])
  })
  it('one point alone has room around it; none has no frame', () => {
    expect(project(boxOf([{ lon: 114, lat: 22 }])!, 100, 100)({ lon: 114, lat: 22 }).map(Math.round)).toEqual([50, 50])
    expect(boxOf([])).toBeUndefined()
  })
})
