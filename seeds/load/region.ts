import type { Region } from '../region.ts'
import type { Ring } from '../outline.ts'
import { polygonOf } from '../outline.ts'
import { type Bulk, idOf } from './bulk.ts'

const FROM = '2020-01-01'

const centre = (ring: Ring): { center_lon: number; center_lat: number } => ({
  center_lon: ring.reduce((n, [lon]) => n + lon, 0) / ring.length,
  center_lat: ring.reduce((n, [, lat]) => n + lat, 0) / ring.length,
})

interface AreaGiven {
  code: string
  parent: string | null
  name: string
  kind: string
  sort: number
  ring?: Ring
  hosts?: readonly string[]
}

const areaRow = ({ code, parent, name, kind, sort, ring, hosts = [] }: AreaGiven) => ({
  code, parent_code: parent, name, kind, sort_no: sort, boundary: ring ? polygonOf(ring) : null,
  ...(ring ? centre(ring) : { center_lon: null, center_lat: null }), host_counties: hosts, valid_from: FROM, version: 1,
})

/** Areas from the province down, the functional area, and the grids of both districts. */
export async function loadRegion(bulk: Bulk, region: Region): Promise<void> {
  const { province, city, district, neighbour, functionalArea } = region
  const rows: AreaGiven[] = [
    { code: province.code, parent: null, name: province.name, kind: 'PROVINCE', sort: 0 },
    { code: city.code, parent: province.code, name: city.name, kind: 'CITY', sort: 0 },
    { code: district.code, parent: city.code, name: district.name, kind: 'DISTRICT', sort: 1, ring: district.ring },
    { code: neighbour.district.code, parent: city.code, name: neighbour.district.name, kind: 'DISTRICT', sort: 2 },
    ...region.streets.map((s) => ({ code: s.code, parent: district.code, name: s.name, kind: 'STREET', sort: s.listOrder, ring: s.ring })),
    { code: functionalArea.code, parent: district.code, name: functionalArea.name, kind: functionalArea.kind, sort: 90, ring: functionalArea.ring, hosts: functionalArea.hostCounties },
    { code: neighbour.street.code, parent: neighbour.district.code, name: neighbour.street.name, kind: 'STREET', sort: 1, ring: neighbour.street.ring },
    ...[...region.communities, ...neighbour.communities].map((c, i) => ({ code: c.code, parent: c.streetCode, name: c.name, kind: 'COMMUNITY', sort: i, ring: c.ring })),
  ]
  await bulk.addAll('area', rows.map(areaRow))
  await bulk.addAll(
    'grid',
    [...region.grids, ...neighbour.grids].map((g) => ({
      id: idOf('grid', g.code), code: g.code, name: g.name, area_code: g.communityCode, boundary: polygonOf(g.ring), ...centre(g.ring), valid_from: FROM, version: 1,
    })),
  )
  await bulk.flush()
}
