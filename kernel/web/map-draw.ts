import { boundingExtent, buffer } from 'ol/extent.js'
import Feature from 'ol/Feature.js'
import Point from 'ol/geom/Point.js'
import type OlMap from 'ol/Map.js'
import { transformExtent } from 'ol/proj.js'
import type VectorSource from 'ol/source/Vector.js'
import { type Alarm, alarmsOf, type Mark, marksOf, type Placed, type PlacedAlert } from './map-cluster.ts'
import { alarmStyle, clusterStyle, placeStyle } from './map-marks.ts'
import type { AreaMapProps, MapBox } from './map.tsx'

export const CLOSEST = 18
const VIEW_LIMIT = 200

export interface Made {
  readonly map: OlMap
  readonly areas: VectorSource
  readonly marks: VectorSource
  readonly flags: VectorSource
}

export interface Shown {
  readonly placed: readonly Placed[]
  readonly alerts: readonly PlacedAlert[]
}

/** Marks of the view, made anew after each move: nothing outside of it is drawn, however many places there are. */
export function drawMarks({ map, marks, flags }: Made, { placed, alerts }: Shown, props: AreaMapProps): void {
  const view = map.getView()
  const resolution = view.getResolution() ?? 1
  const extent = view.calculateExtent(map.getSize() ?? [1, 1])
  const cell = (view.getZoom() ?? 0) >= CLOSEST - 2 ? 14 : 64
  // Half a screen more on each side, so that a pan finds its marks already drawn.
  const around = buffer(extent, (resolution * (map.getSize()?.[0] ?? 800)) / 2)
  marks.clear(true)
  marks.addFeatures(marksOf(placed, around, resolution, cell).map((mark) => markFeature(mark, props.chosen)))
  flags.clear(true)
  flags.addFeatures(alarmsOf(alerts, around, resolution, cell).map(alarmFeature))
  if (!props.onView) return
  const inView = marksOf(placed, extent, resolution, 1e9).flatMap((mark) => mark.members)
  props.onView({ ids: inView.slice(0, VIEW_LIMIT).map((p) => p.point.id), count: inView.length, box: inDegrees(extent) })
}

const inDegrees = (extent: number[]): MapBox => transformExtent(extent, 'EPSG:3857', 'EPSG:4326') as [number, number, number, number]

function markFeature(mark: Mark, chosen: string | undefined): Feature {
  const only = mark.members.length === 1 ? mark.members[0] : undefined
  const feature = new Feature({ geometry: new Point([mark.x, mark.y]), mark })
  feature.setStyle(only ? placeStyle(only.point.colour ?? 'none', only.point.id === chosen) : clusterStyle(mark.counts))
  return feature
}

function alarmFeature(alarm: Alarm): Feature {
  const feature = new Feature({ geometry: new Point([alarm.x, alarm.y]), alarm })
  feature.setStyle(alarmStyle(alarm.members.length, alarm.late))
  return feature
}

/** One place is picked; many are brought closer, until they lie on top of each other. */
export function openMark(map: OlMap, mark: Mark, props: AreaMapProps): void {
  open(map, mark.members, (box) => props.onPick?.(mark.members.map((m) => m.point.id), box))
}

export function openAlarm(map: OlMap, alarm: Alarm, props: AreaMapProps): void {
  open(map, alarm.members, (box) => props.onAlert?.(alarm.members.map((m) => m.point.id), box))
}

const METRES_TOGETHER = 12

function open(map: OlMap, members: readonly { readonly x: number; readonly y: number }[], pick: (box: MapBox) => void): void {
  const view = map.getView()
  const extent = boundingExtent(members.map((m) => [m.x, m.y]))
  const [west = 0, south = 0, east = 0, north = 0] = extent
  const together = Math.max(east - west, north - south) < METRES_TOGETHER
  if (members.length === 1 || together || (view.getZoom() ?? 0) >= CLOSEST - 0.5) return pick(inDegrees(buffer(extent, 1)))
  view.fit(extent, { padding: [80, 80, 80, 80], maxZoom: CLOSEST, duration: 250 })
}
