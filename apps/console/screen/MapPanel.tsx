import { memo, useEffect, useRef } from 'react'
import type { Picture } from '../../../capabilities/statistics/screen.ts'
import type { MapArea } from '../../../kernel/web/map.tsx'
import { clockOf } from './words.ts'
import { drawMap, palettes, type Spot, stepsOf } from './map-draw.ts'

interface Props {
  readonly areas: readonly MapArea[]
  readonly streets: Picture['streets']
  readonly map: Picture['map']
  readonly teams: Picture['teams']
  readonly night: boolean
  /** How much larger than its 1920×1080 the wall is: the canvas has as many dots. */
  readonly scale: number
  readonly at: string
  openPlace(id: string): void
  openTeam(id: string): void
  openAll(): void
}

export const SIZE = { width: 936, height: 704 } as const
const NEAR = 16

/** 态势: streets by open hazards, places that have them, where the teams were last. */
export const MapPanel = memo(function MapPanel(props: Props) {
  const { areas, streets, map, teams, night, scale } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const spots = useRef<Spot[]>([])
  const dots = Math.min(3, Math.max(0.5, scale * window.devicePixelRatio))
  useEffect(() => {
    const ctx = canvas.current?.getContext('2d')
    if (!ctx) return
    ctx.setTransform(dots, 0, 0, dots, 0, 0)
    spots.current = drawMap(ctx, { areas, streets, places: map.rows, teams: teams.rows }, SIZE, night ? palettes.night : palettes.day)
  }, [areas, streets, map, teams, night, dots])
  const press = (event: React.MouseEvent<HTMLCanvasElement>) => {
    const { offsetX: x, offsetY: y } = event.nativeEvent
    const near = spots.current.map((spot) => ({ spot, far: Math.hypot(spot.x - x, spot.y - y) - (spot.kind === 'team' ? 4 : 0) })).filter(({ far }) => far < NEAR).sort((a, b) => a.far - b.far)[0]?.spot
    if (near?.kind === 'team') props.openTeam(near.id)
    else if (near) props.openPlace(near.id)
  }
  return (
    <section className="bs-panel bs-map" aria-label="态势">
      <h2><span>态势 <button type="button" onClick={props.openAll}><b>{map.hazards.toLocaleString('zh-CN')}</b></button> 宗未整改，在 {map.places.toLocaleString('zh-CN')} 处{map.rows.length < map.places ? `，图上 ${map.rows.length} 处` : ''}</span><small>截至 {clockOf(props.at)}</small></h2>
      <canvas ref={canvas} width={Math.round(SIZE.width * dots)} height={Math.round(SIZE.height * dots)} style={{ width: SIZE.width, height: SIZE.height }} onClick={press} role="img" aria-label={`${streets.map((s) => `${s.name}未整改 ${s.open} 宗`).join('，') || '没有未整改隐患'}；小组 ${teams.rows.filter((t) => t.lon !== null).length} 个在图上`} />
      {areas.length === 0 ? <p className="bs-bare">没有可显示的区划边界，场所按位置画出</p> : null}
      <Legend streets={streets} night={night} unplaced={map.unplaced} teams={teams.total > 0} />
    </section>
  )
})

function Legend({ streets, night, unplaced, teams }: { streets: Picture['streets']; night: boolean; unplaced: number; teams: boolean }) {
  const colours = night ? palettes.night : palettes.day
  const [low, middle] = stepsOf(streets)
  const most = Math.max(0, ...streets.map((s) => s.open))
  const range = (from: number, to: number) => (from >= to ? String(to) : `${from}–${to}`)
  const steps: readonly [number, string][] = [[0, '无未整改'], ...(most > 0 ? [[1, `较少 ${range(1, low)}`] as const] : []), ...(middle > low ? [[2, `中等 ${range(low + 1, middle)}`] as const] : []), ...(most > middle ? [[3, `较多 ${range(middle + 1, most)}`] as const] : [])].map(([i, word]) => [i as number, word as string])
  return (
    <p className="bs-legend">
      {steps.map(([i, word]) => <span key={i}><i style={{ background: colours.steps[i] }} />{word}</span>)}
      <span><svg width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="5" fill="none" stroke={colours.open} strokeWidth="1.8" /></svg>未整改</span>
      <span><svg width="14" height="14" aria-hidden="true"><path d="M7 1 13 13H1Z" fill={colours.late} /></svg>逾期</span>
      <span><svg width="16" height="16" aria-hidden="true"><path d="M8 0 16 8 8 16 0 8Z" fill={colours.major} /></svg>重大隐患</span>
      {teams ? <span><i style={{ background: colours.team }} />小组最近到场处</span> : null}
      {unplaced ? <span>另有 {unplaced.toLocaleString('zh-CN')} 宗所在场所未定位</span> : null}
    </p>
  )
}
