import { type EnterprisePoints, type HazardPoints, pointsOf } from '../../../capabilities/enterprise/map.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import type { MapAlert, MapArea, MapPoint } from '../../../kernel/web/map.tsx'
import type { RiskColour } from '../../../kernel/web/tokens.ts'
import type { Shapes } from './shapes.ts'

const colours: Readonly<Record<string, RiskColour>> = { R: 'RED', O: 'ORANGE', Y: 'YELLOW', B: 'BLUE' }

/** Places of the answer; with a colour, those of it alone. */
export function mapPointsOf(data: EnterprisePoints, only: string | undefined): MapPoint[] {
  const all = pointsOf(data).map(({ id, lon, lat, mark }): MapPoint => ({ id, lon, lat, colour: colours[mark] ?? null }))
  return only ? all.filter((point) => point.colour === only) : all
}

export function alertsOf(data: HazardPoints, onlyLate: boolean): MapAlert[] {
  const all = pointsOf(data).map(({ id, lon, lat, mark }): MapAlert => ({ id, lon, lat, late: mark === 'L' }))
  return onlyLate ? all.filter((alert) => alert.late) : all
}

/** Streets and grids; below one area when that is chosen. The district is only an outline. */
export function areasOf(shapes: Shapes, area: string | undefined): MapArea[] {
  const [from, to] = area ? rangeOf(area) : ['', '~']
  return shapes.features.flatMap(({ geometry, properties: { code, name, kind, areaCode } }): MapArea[] => {
    const lies = areaCode ?? code
    if (!geometry || kind === 'COMMUNITY' || lies < from || lies >= to) return []
    if (kind === 'DISTRICT') return [{ id: code, name: '', level: 'district', geometry, fill: 'rgba(255,255,255,0.01)' }]
    return [{ id: code, name, level: kind === 'GRID' ? 'grid' : 'street', geometry }]
  })
}
