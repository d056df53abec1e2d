import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import type { StreetFigures } from '../../../capabilities/statistics/statistics.ts'
import { AreaMap, type MapArea } from '../../../kernel/web/map.tsx'
import { type Shapes, useShapes } from '../map/shapes.ts'

/** Streets of the district shaded by what is late in them; a press opens the list. */
export function StreetMap({ streets }: { streets: readonly StreetFigures[] }) {
  const navigate = useNavigate()
  const shapes = useShapes()
  const areas = useMemo(() => (shapes ? areasOf(shapes, streets) : []), [shapes, streets])
  if (areas.length === 0) return null
  return <AreaMap areas={areas} height={320} onArea={(code) => void navigate(`/hazards?overdue=true&areaCode=${code}`)} />
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
