import type { FeatureLike } from 'ol/Feature.js'
import Fill from 'ol/style/Fill.js'
import Stroke from 'ol/style/Stroke.js'
import Style from 'ol/style/Style.js'
import Text from 'ol/style/Text.js'
import { fontFamily } from './tokens.ts'

const lines = {
  district: { width: 2, colour: '#5d7086', font: 14, from: Infinity },
  street: { width: 1.4, colour: '#8193a6', font: 13, from: 80 },
  grid: { width: 0.8, colour: '#a9b6c3', font: 11, from: 12 },
} as const

/** Boundary and name; names come only when there is room for them (metres a pixel). */
export function areaStyle(feature: FeatureLike, resolution: number): Style {
  const level = lines[(feature.get('level') as keyof typeof lines | undefined) ?? 'street']
  const fill = (feature.get('fill') as string | undefined) ?? 'rgba(255,255,255,0.55)'
  const named = resolution < level.from || level === lines.district
  return new Style({
    stroke: new Stroke({ color: level.colour, width: level.width }),
    fill: new Fill({ color: level === lines.grid ? 'rgba(255,255,255,0.01)' : fill }),
    ...(named ? { text: new Text({ text: String(feature.get('name') ?? ''), font: `${level.font}px ${fontFamily}`, overflow: false, fill: new Fill({ color: '#465361' }), stroke: new Stroke({ color: '#fff', width: 3 }) }) } : {}),
  })
}
