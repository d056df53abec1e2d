import Icon from 'ol/style/Icon.js'
import Style from 'ol/style/Style.js'
import type { Counts } from './map-cluster.ts'
import { colour, fontFamily, type RiskColour, risk, riskColours } from './tokens.ts'

const UNASSESSED = '#8d99a6'
const cache = new Map<string, Style>()
const ratio = Math.min(2, globalThis.devicePixelRatio ?? 1)

/** The mark of one place: its colour and its shape. */
export function placeStyle(of: RiskColour | 'none', chosen: boolean): Style {
  return cached(`p${of}${chosen}`, chosen ? 30 : 18, (g, size) => {
    const c = size / 2
    if (chosen) disc(g, c, c - 1, 'rgba(29,91,184,0.18)', colour.act)
    g.lineWidth = 1.5
    g.strokeStyle = '#fff'
    g.fillStyle = of === 'none' ? UNASSESSED : risk[of].fill
    shapePath(g, of === 'none' ? 'ring' : risk[of].shape, c, 7)
    g.fill()
    g.stroke()
  })
}

/** The mark of many places: the count inside a ring whose arcs are the shares of the colours, red first. */
export function clusterStyle(counts: Counts): Style {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const shares = [...riskColours, 'none' as const].map((key) => [key, Math.round((counts[key] / total) * 24)] as const)
  const size = total < 10 ? 30 : total < 100 ? 36 : total < 1000 ? 42 : 50
  return cached(`c${total}|${shares.map(([, n]) => n).join()}`, size, (g) => {
    const c = size / 2
    disc(g, c, c - 1, '#fff', '#c5ced8')
    let from = -Math.PI / 2
    for (const key of [...riskColours, 'none' as const]) {
      const to = from + (counts[key] / total) * Math.PI * 2
      if (counts[key] > 0) {
        g.beginPath()
        g.arc(c, c, c - 4, from, to)
        g.lineWidth = 4
        g.strokeStyle = key === 'none' ? UNASSESSED : risk[key].fill
        g.stroke()
      }
      from = to
    }
    g.fillStyle = colour.text
    g.font = `600 ${total < 1000 ? 12 : 11}px ${fontFamily}`
    g.textAlign = 'center'
    g.textBaseline = 'middle'
    g.fillText(total < 10_000 ? String(total) : `${Math.floor(total / 1000) / 10}万`, c, c + 0.5)
  })
}

/**
 * Open hazards as a flag above the places: a dark pill with their number. Late ones fill it and are named; what is not
 * late is only outlined. The colours are those of states, never of risk.
 */
export function alarmStyle(total: number, late: number): Style {
  const text = late > 0 ? `逾${short(late)}` : short(total)
  const width = 18 + [...text].reduce((sum, c) => sum + (c > '\u2e80' ? 12 : 7), 0)
  return cached(`a${text}|${late > 0}`, width, (g) => {
    const [w, h, c] = [width - 2, 18, width / 2]
    g.beginPath()
    g.moveTo(c - 4, c + h / 2 - 1)
    g.lineTo(c, c + h / 2 + 5)
    g.lineTo(c + 4, c + h / 2 - 1)
    g.closePath()
    g.fillStyle = late > 0 ? colour.overdue : '#fff'
    g.strokeStyle = late > 0 ? '#fff' : '#465361'
    g.lineWidth = 1.4
    g.fill()
    g.stroke()
    g.beginPath()
    pill(g, 1, c - h / 2, w, h)
    g.fill()
    g.stroke()
    g.fillStyle = late > 0 ? '#fff' : '#465361'
    g.font = `600 12px ${fontFamily}`
    g.textAlign = 'center'
    g.textBaseline = 'middle'
    g.fillText(text, c, c + 0.5)
  }, [0, 30])
}

const short = (n: number): string => (n < 10_000 ? String(n) : `${Math.floor(n / 1000) / 10}万`)

function pill(g: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void {
  const r = h / 2
  g.moveTo(x + r, y)
  g.arc(x + w - r, y + r, r, -Math.PI / 2, Math.PI / 2)
  g.arc(x + r, y + r, r, Math.PI / 2, -Math.PI / 2)
  g.closePath()
}

function cached(key: string, size: number, draw: (g: CanvasRenderingContext2D, size: number) => void, displacement: [number, number] = [0, 0]): Style {
  const known = cache.get(key)
  if (known) return known
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.ceil(size * ratio)
  const g = canvas.getContext('2d')
  if (g) {
    g.scale(ratio, ratio)
    draw(g, size)
  }
  const style = new Style({ image: new Icon({ img: canvas, width: size, height: size, displacement }) })
  // Counts are many; the marks of a long session must not fill the memory.
  if (cache.size > 3000) cache.clear()
  cache.set(key, style)
  return style
}

function disc(g: CanvasRenderingContext2D, c: number, r: number, fill: string, line: string): void {
  g.beginPath()
  g.arc(c, c, r, 0, Math.PI * 2)
  g.fillStyle = fill
  g.fill()
  g.lineWidth = 1
  g.strokeStyle = line
  g.stroke()
}

function shapePath(g: CanvasRenderingContext2D, shape: string, c: number, r: number): void {
  g.beginPath()
  if (shape === 'triangle') polygon(g, [[c, c - r], [c + r, c + r * 0.8], [c - r, c + r * 0.8]])
  else if (shape === 'diamond') polygon(g, [[c, c - r], [c + r, c], [c, c + r], [c - r, c]])
  else if (shape === 'square') g.rect(c - r * 0.78, c - r * 0.78, r * 1.56, r * 1.56)
  else g.arc(c, c, shape === 'ring' ? r * 0.6 : r * 0.85, 0, Math.PI * 2)
}

function polygon(g: CanvasRenderingContext2D, corners: readonly (readonly [number, number])[]): void {
  corners.forEach(([x, y], i) => (i === 0 ? g.moveTo(x, y) : g.lineTo(x, y)))
  g.closePath()
}
