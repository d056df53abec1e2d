import { Button } from 'antd'
import { defaults as defaultControls, ScaleLine } from 'ol/control.js'
import { boundingExtent, containsXY, createEmpty, isEmpty } from 'ol/extent.js'
import Feature from 'ol/Feature.js'
import GeoJSON from 'ol/format/GeoJSON.js'
import Draw from 'ol/interaction/Draw.js'
import TileLayer from 'ol/layer/Tile.js'
import VectorLayer from 'ol/layer/Vector.js'
import OlMap from 'ol/Map.js'
import { fromLonLat, toLonLat } from 'ol/proj.js'
import VectorSource from 'ol/source/Vector.js'
import XYZ from 'ol/source/XYZ.js'
import View from 'ol/View.js'
import { useEffect, useMemo, useRef, useState } from 'react'
import 'ol/ol.css'
import { areaStyle, nameStyle } from './map-areas.ts'
import type { Alarm, Mark, Placed, PlacedAlert } from './map-cluster.ts'
import { CLOSEST, drawMarks, type Made, openAlarm, openMark, type Shown } from './map-draw.ts'
import type { AreaMapProps } from './map.tsx'

/** The map itself; screens take `AreaMap` of map.tsx. It needs no tiles, no worker and no GPU. */
export default function MapCanvas(props: AreaMapProps) {
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [made, setMade] = useState<Made>()
  const [lasso, setLasso] = useState(false)
  const placed = useMemo(() => (props.points ?? []).map((point): Placed => ({ point, ...inPlane(point) })), [props.points])
  const alerts = useMemo(() => (props.alerts ?? []).map((point): PlacedAlert => ({ point, ...inPlane(point) })), [props.alerts])
  const shown: Shown = { placed, alerts }
  const places = useRef(shown)
  places.current = shown
  useEffect(() => {
    if (!box.current) return undefined
    const next = makeMap(box.current, latest.current.tiles, latest.current.night ?? false)
    next.map.on('moveend', () => drawMarks(next, places.current, latest.current))
    next.map.on('click', (event) => pressed(next, event.pixel, event.coordinate, latest.current))
    setMade(next)
    return () => next.map.setTarget(undefined)
  }, [])
  useEffect(() => {
    if (made) drawAreas(made, props.areas ?? [])
  }, [made, props.areas])
  useEffect(() => {
    if (made && (props.follow || made.areas.isEmpty())) fitPlaces(made, placed)
  }, [made, placed, props.follow])
  useEffect(() => {
    if (made) drawMarks(made, { placed, alerts }, latest.current)
  }, [made, placed, alerts])
  useEffect(() => {
    const at = made && placed.find((p) => p.point.id === props.chosen)
    if (!made || !at) return
    const view = made.map.getView()
    if (!containsXY(view.calculateExtent(made.map.getSize() ?? [1, 1]), at.x, at.y)) view.animate({ center: [at.x, at.y], duration: 200 })
    drawMarks(made, places.current, latest.current)
  }, [made, placed, props.chosen])
  useEffect(() => (made && lasso ? startLasso(made, places.current.placed, latest.current, () => setLasso(false)) : undefined), [made, lasso])
  return (
    <div className={props.night ? 'ag-map ag-map-night' : 'ag-map'} style={{ height: props.height ?? 480 }}>
      <div ref={box} className="ag-map-canvas" role="application" aria-label="地图：可拖动、缩放，点选标记查看" />
      {props.onLasso ? <Button className="ag-map-lasso" type={lasso ? 'primary' : 'default'} onClick={() => setLasso(!lasso)}>{lasso ? '取消圈选' : '圈选'}</Button> : null}
    </div>
  )
}

function inPlane({ lon, lat }: { readonly lon: number; readonly lat: number }): { x: number; y: number } {
  const [x = 0, y = 0] = fromLonLat([lon, lat])
  return { x, y }
}

function makeMap(target: HTMLElement, tiles: string | undefined, night: boolean): Made {
  const areas = new VectorSource()
  const marks = new VectorSource()
  const flags = new VectorSource()
  const map = new OlMap({
    target,
    controls: defaultControls({ attribution: false, rotate: false, zoomOptions: { zoomInTipLabel: '放大', zoomOutTipLabel: '缩小' } }).extend([new ScaleLine({ bar: false })]),
    layers: [
      ...(tiles ? [new TileLayer({ source: new XYZ({ url: tiles, maxZoom: CLOSEST }) })] : []),
      new VectorLayer({ source: areas, style: areaStyle(night) }),
      new VectorLayer({ source: marks, updateWhileAnimating: false, updateWhileInteracting: false, renderBuffer: 80 }),
      // Names lie above the marks and give way to each other.
      new VectorLayer({ source: areas, style: nameStyle(night), declutter: true }),
      new VectorLayer({ source: flags, updateWhileAnimating: false, updateWhileInteracting: false, renderBuffer: 80 }),
    ],
    view: new View({ center: fromLonLat([114, 22.7]), zoom: 11, maxZoom: CLOSEST, minZoom: 7, enableRotation: false, smoothResolutionConstraint: false }),
  })
  return { map, areas, marks, flags }
}

function drawAreas({ map, areas }: Made, given: NonNullable<AreaMapProps['areas']>): void {
  const format = new GeoJSON({ featureProjection: 'EPSG:3857' })
  areas.clear(true)
  areas.addFeatures(given.map(({ id, name, level, geometry, fill }) => {
    const feature = new Feature({ geometry: format.readGeometry(geometry) ?? undefined, name, level, fill })
    feature.setId(id)
    return feature
  }))
  fit(map, areas.getExtent() ?? createEmpty())
}

/** Without boundaries, or where they are asked to, the places themselves say where to look. */
function fitPlaces({ map }: Made, placed: readonly Placed[]): void {
  if (placed.length > 0) fit(map, boundingExtent(placed.map((p) => [p.x, p.y])))
}

function fit(map: OlMap, extent: number[]): void {
  if (!isEmpty(extent)) map.getView().fit(extent, { padding: [24, 24, 24, 24], maxZoom: 16 })
}

function pressed({ map }: Made, pixel: number[], coordinate: number[], props: AreaMapProps): void {
  if (props.onPlace) {
    const [lon = 0, lat = 0] = toLonLat(coordinate)
    props.onPlace({ lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 })
    return
  }
  const hits = map.getFeaturesAtPixel(pixel, { hitTolerance: 6 })
  const alarm = hits.map((f) => f.get('alarm') as Alarm | undefined).find((a) => a !== undefined)
  if (alarm) return openAlarm(map, alarm, props)
  const mark = hits.map((f) => f.get('mark') as Mark | undefined).find((m) => m !== undefined)
  if (mark) return openMark(map, mark, props)
  // A name belongs to its area; the smallest level under the finger is meant.
  const areas = hits.filter((f) => f.getId() !== undefined)
  const area = ['grid', 'street', 'district'].flatMap((level) => areas.find((f) => f.get('level') === level) ?? [])[0]
  if (area) props.onArea?.(String(area.getId()))
}

function startLasso({ map }: Made, placed: readonly Placed[], props: AreaMapProps, done: () => void): () => void {
  const draw = new Draw({ type: 'Polygon', freehand: true })
  draw.on('drawend', ({ feature }) => {
    const shape = feature.getGeometry()
    if (shape) props.onLasso?.(placed.filter((p) => shape.intersectsCoordinate([p.x, p.y])).map((p) => p.point.id))
    done()
  })
  map.addInteraction(draw)
  return () => void map.removeInteraction(draw)
}
