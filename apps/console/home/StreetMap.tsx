import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { operations } from '../../../capabilities/district/operations.ts'
import type { StreetFigures } from '../../../capabilities/statistics/statistics.ts'
import type { Area, FeatureCollection } from '../../../kernel/core/geometry.ts'
import { fetchFile, useRead } from '../../../kernel/web/client.ts'
import { AreaMap, type MapArea } from '../../../kernel/web/map.tsx'
import { useMe } from '../../../kernel/web/me.ts'

type Shapes = FeatureCollection<Area | null, { code: string; name: string; kind: string }>

/** Streets of the district shaded by what is late in them; a press opens the list. */
export function StreetMap({ streets }: { streets: readonly StreetFigures[] }) {
  const navigate = useNavigate()
  const shapes = useShapes()
  const areas = useMemo(() => (shapes ? areasOf(shapes, streets) : []), [shapes, streets])
  if (areas.length === 0) return null
  return <AreaMap areas={areas} height={320} onArea={(code) => void navigate(`/hazards?overdue=true&areaCode=${code}`)} />
}

/** The boundaries below the district of one's post; kept by the browser until one of them changes. */
function useShapes(): Shapes | undefined {
  const { posts, can } = useMe()
  const post = posts.find((p) => p.areaCode)?.areaCode ?? ''
  const district = post.slice(0, 6).padEnd(12, '0')
  const { data: tree } = useRead(operations.areas, {}, { enabled: can('district.read') })
  const stamp = tree?.stamp
  const { data } = useQuery({
    queryKey: ['boundaries', district, stamp],
    enabled: post !== '' && stamp !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await (await fetchFile(operations.boundaries, { areaCode: district, stamp }, signal)).json()) as Shapes,
  })
  return data
}

/** Darker for more, in one quiet hue: the risk colours mean risk and nothing else. */
function areasOf(shapes: Shapes, streets: readonly StreetFigures[]): MapArea[] {
  const overdue = new Map(streets.map((s) => [s.street, s.overdue]))
  const most = Math.max(1, ...overdue.values())
  return shapes.features.flatMap(({ geometry, properties: { code, name, kind } }): MapArea[] => {
    if (!geometry) return []
    if (kind === 'DISTRICT') return [{ id: code, name: '', level: 'district', geometry, fill: 'rgba(255,255,255,0.01)' }]
    const late = overdue.get(code)
    if (late === undefined) return []
    return [{ id: code, name: late > 0 ? `${name} ${late}` : name, level: 'street', geometry, fill: `rgba(93,112,134,${0.06 + (0.44 * late) / most})` }]
  })
}
