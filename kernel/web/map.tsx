import { Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import type { Area } from '../core/geometry.ts'
import type { RiskColour } from './tokens.ts'

/** A boundary; `level` decides line and label. */
export interface MapArea {
  readonly id: string
  readonly name: string
  readonly level: 'district' | 'street' | 'grid'
  readonly geometry: Area
  /** A fill for one measure, quiet; none by default. */
  readonly fill?: string
}

/** A place, WGS-84 degrees. No colour: not assessed. */
export interface MapPoint {
  readonly id: string
  readonly lon: number
  readonly lat: number
  readonly colour?: RiskColour | null
  readonly name?: string
}

/** An open hazard, at its place; it stands over the places as a small flag. */
export interface MapAlert {
  readonly id: string
  readonly lon: number
  readonly lat: number
  readonly late: boolean
}

/** West, south, east, north in degrees. */
export type MapBox = readonly [number, number, number, number]

export interface AreaMapProps {
  readonly areas?: readonly MapArea[]
  readonly points?: readonly MapPoint[]
  readonly alerts?: readonly MapAlert[]
  /** Bring the places into view whenever they change; without it the boundaries decide. */
  readonly follow?: boolean
  readonly height?: number | string
  /** Marked and brought into view. */
  readonly chosen?: string | undefined
  /** A pressed place; several when they lie on top of each other at the closest zoom. */
  readonly onPick?: (ids: readonly string[], box: MapBox) => void
  readonly onAlert?: (ids: readonly string[], box: MapBox) => void
  readonly onArea?: (id: string) => void
  /** The places in view, after every move: a side list follows it. At most `viewLimit` (200) ids and the full count. */
  readonly onView?: (view: { ids: readonly string[]; count: number; box: MapBox }) => void
  /** Offers the lasso; gets every place inside it. */
  readonly onLasso?: (ids: readonly string[]) => void
  /** Pick one place on the map, when location is not available. */
  readonly onPlace?: (place: { lon: number; lat: number }) => void
  /** On a dark page. */
  readonly night?: boolean
  /** Address of base tiles with {x} {y} {z}; without it boundaries and points stand alone. */
  readonly tiles?: string
}

const Canvas = lazy(() => import('./map-canvas.tsx'))

/** 一张图: boundaries and clustered places in four colours and shapes, with or without tiles. Fetched when first wanted. */
export function AreaMap(props: AreaMapProps) {
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: props.height ?? 480 }} />}>
      <Canvas {...props} />
    </Suspense>
  )
}
