import type { Picture } from '../../../capabilities/statistics/screen.ts'
import { type Area, boxOf, centroid, type Position } from '../../../kernel/core/geometry.ts'
import type { MapArea } from '../../../kernel/web/map.tsx'
import { fontFamily } from '../../../kernel/web/tokens.ts'

/** The district on a canvas: no tiles, no library, the same few hundred strokes each time something has changed. */

export interface Palette {
  readonly steps: readonly string[]
  readonly line: string
  readonly district: string
  readonly text: string
  readonly soft: string
  readonly halo: string
  readonly open: string
  readonly late: string
  readonly major: string
  readonly team: string
}

export const palettes: { readonly day: Palette; readonly night: Palette } = {
  day: { steps: ['#14202e', '#1d3b56', '#275879', '#34789f'], line: '#4a6580', district: '#8fa5ba', text: '#f2f6fa', soft: '#b8c7d6', halo: 'rgba(10,18,28,0.85)', open: '#d9d2b8', late: '#ffab9b', major: '#ffffff', team: '#7fb2f0' },
  night: { steps: ['#0a1017', '#10202f', '#163144', '#1d4359'], line: '#2c3d4e', district: '#4b5c6d', text: '#98a6b4', soft: '#6b7a89', halo: 'rgba(4,7,11,0.9)', open: '#84806f', late: '#a8695e', major: '#b9c0c7', team: '#476c97' },
}

export interface Scene {
  readonly areas: readonly MapArea[]
  readonly streets: Picture['streets']
  readonly places: Picture['map']['rows']
  readonly teams: Picture['teams']['rows']
}

/** Where something that can be pressed stands, in the units of the drawing. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly kind: 'place' | 'team'
  readonly id: string
}

export type Projection = (at: Position) => readonly [number, number]

/** Degrees to the drawing: the box of the boundaries (or of the points, where there are none) fits with a margin; one degree of longitude shrinks with the latitude. */
export function projectionOf({ areas, places, teams }: Scene, width: number, height: number): Projection {
  const boxes = areas.filter((area) => area.level !== 'grid').map((area) => boxOf(area.geometry))
  const points = [...places, ...teams.flatMap((team) => (team.lon !== null && team.lat !== null ? [{ lon: team.lon, lat: team.lat }] : []))]
  const all = boxes.length ? boxes : points.map((p) => [p.lon, p.lat, p.lon, p.lat] as const)
  if (!all.length) return () => [width / 2, height / 2]
  const [west, south, east, north] = all.reduce(([w, s, e, n], b) => [Math.min(w, b[0]), Math.min(s, b[1]), Math.max(e, b[2]), Math.max(n, b[3])] as const, [Infinity, Infinity, -Infinity, -Infinity] as const)
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min((width - 48) / Math.max((east - west) * narrow, 1e-6), (height - 64) / Math.max(north - south, 1e-6))
  const [cx, cy] = [(west + east) / 2, (south + north) / 2]
  return ([lon, lat]) => [width / 2 + (lon - cx) * narrow * scale, height / 2 - (lat - cy) * scale - 8]
}

const ringsOf = (area: Area) => (area.type === 'Polygon' ? area.coordinates : area.coordinates.flat())

export function pathOf(area: Area, project: Projection): Path2D {
  const path = new Path2D()
  for (const ring of ringsOf(area)) {
    ring.forEach((at, i) => {
      const [x, y] = project(at)
      if (i === 0) path.moveTo(x, y)
      else path.lineTo(x, y)
    })
    path.closePath()
  }
  return path
}

/** Upper ends of the first two thirds; a street without open hazards has the first step for itself. */
export const stepsOf = (streets: Picture['streets']): readonly [number, number] => {
  const most = Math.max(0, ...streets.map((s) => s.open))
  return [Math.ceil(most / 3), Math.ceil((2 * most) / 3)]
}
export const stepOf = (open: number, [low, middle]: readonly [number, number]): 0 | 1 | 2 | 3 => (open === 0 ? 0 : open <= low ? 1 : open <= middle ? 2 : 3)

export function drawMap(ctx: CanvasRenderingContext2D, scene: Scene, size: { width: number; height: number }, colours: Palette): Spot[] {
  const { width, height } = size
  const project = projectionOf(scene, width, height)
  ctx.clearRect(0, 0, width, height)
  drawStreets(ctx, scene, project, colours)
  const taken: Box[] = []
  const spots = [...drawPlaces(ctx, scene.places, project, colours), ...drawTeams(ctx, scene.teams, project, colours, taken)]
  drawNames(ctx, scene, project, colours, taken)
  return spots
}

function drawStreets(ctx: CanvasRenderingContext2D, { areas, streets }: Scene, project: Projection, colours: Palette): void {
  const ends = stepsOf(streets)
  const open = new Map(streets.map((s) => [s.street, s.open]))
  ctx.lineJoin = 'round'
  for (const area of areas) {
    if (area.level !== 'street') continue
    const path = pathOf(area.geometry, project)
    ctx.fillStyle = colours.steps[stepOf(open.get(area.id) ?? 0, ends)]!
    ctx.fill(path, 'evenodd')
    ctx.strokeStyle = colours.line
    ctx.lineWidth = 1.2
    ctx.stroke(path)
  }
  for (const area of areas) {
    if (area.level !== 'district') continue
    ctx.strokeStyle = colours.district
    ctx.lineWidth = 2.4
    ctx.stroke(pathOf(area.geometry, project))
  }
}

/** A small ring for open, a filled triangle for late, a diamond with 重 for 重大: a shape each, so that nothing hangs on colour. */
function drawPlaces(ctx: CanvasRenderingContext2D, places: Scene['places'], project: Projection, colours: Palette): Spot[] {
  // The heaviest last, so that they lie on top.
  return [...places].reverse().map((place) => {
    const [x, y] = project([place.lon, place.lat])
    const r = Math.min(9, 3.5 + Math.sqrt(place.open))
    ctx.beginPath()
    if (place.major) drawMajor(ctx, x, y, colours)
    else if (place.late) {
      ctx.moveTo(x, y - r - 1)
      ctx.lineTo(x + r + 1, y + r)
      ctx.lineTo(x - r - 1, y + r)
      ctx.closePath()
      ctx.fillStyle = colours.late
      ctx.fill()
    } else {
      ctx.arc(x, y, r, 0, 2 * Math.PI)
      ctx.strokeStyle = colours.open
      ctx.lineWidth = 1.8
      ctx.stroke()
    }
    return { x, y, kind: 'place', id: place.id }
  })
}

function drawMajor(ctx: CanvasRenderingContext2D, x: number, y: number, colours: Palette): void {
  ctx.moveTo(x, y - 12)
  ctx.lineTo(x + 12, y)
  ctx.lineTo(x, y + 12)
  ctx.lineTo(x - 12, y)
  ctx.closePath()
  ctx.fillStyle = colours.major
  ctx.fill()
  ctx.fillStyle = '#10202f'
  text(ctx, '重', x, y, 12, 'center')
}

type Box = readonly [number, number, number, number]
const meets = (a: Box, b: Box) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]

function drawTeams(ctx: CanvasRenderingContext2D, teams: Scene['teams'], project: Projection, colours: Palette, taken: Box[]): Spot[] {
  const spots: Spot[] = []
  for (const team of teams) {
    if (team.lon === null || team.lat === null) continue
    const [x, y] = project([team.lon, team.lat])
    ctx.fillStyle = colours.team
    ctx.fillRect(x - 6, y - 6, 12, 12)
    ctx.strokeStyle = colours.halo
    ctx.lineWidth = 1.5
    ctx.strokeRect(x - 6, y - 6, 12, 12)
    spots.push({ x, y, kind: 'team', id: team.id })
    label(ctx, team.name, x + 10, y, 14, 'left', colours.team, colours.halo, taken)
  }
  return spots
}

function drawNames(ctx: CanvasRenderingContext2D, { areas, streets }: Scene, project: Projection, colours: Palette, taken: Box[]): void {
  const open = new Map(streets.map((s) => [s.street, s.open]))
  for (const area of areas) {
    if (area.level !== 'street') continue
    const [x, y] = project(centroid(area.geometry))
    const n = open.get(area.id) ?? 0
    label(ctx, `${area.name} ${n.toLocaleString('zh-CN')}`, x, y, 17, 'center', n ? colours.text : colours.soft, colours.halo, taken)
  }
}

function label(ctx: CanvasRenderingContext2D, words: string, x: number, y: number, px: number, align: CanvasTextAlign, ink: string, halo: string, taken: Box[]): void {
  ctx.font = `600 ${px}px ${fontFamily}`
  const wide = ctx.measureText(words).width
  const left = align === 'center' ? x - wide / 2 : x
  const box: Box = [left - 2, y - px / 2 - 2, left + wide + 2, y + px / 2 + 2]
  if (taken.some((other) => meets(box, other))) return
  taken.push(box)
  ctx.lineWidth = 4
  ctx.strokeStyle = halo
  ctx.lineJoin = 'round'
  ctx.textAlign = align
  ctx.textBaseline = 'middle'
  ctx.strokeText(words, x, y)
  ctx.fillStyle = ink
  ctx.fillText(words, x, y)
}

function text(ctx: CanvasRenderingContext2D, words: string, x: number, y: number, px: number, align: CanvasTextAlign): void {
  ctx.font = `600 ${px}px ${fontFamily}`
  ctx.textAlign = align
  ctx.textBaseline = 'middle'
  ctx.fillText(words, x, y)
}
