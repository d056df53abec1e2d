import type { FeatureLike } from 'ol/Feature.js'
import Fill from 'ol/style/Fill.js'
import Stroke from 'ol/style/Stroke.js'
import Style from 'ol/style/Style.js'
import Text from 'ol/style/Text.js'
import { fontFamily } from './tokens.ts'

/** `from`: metres a pixel below which there is room for the names of this level. */
const lines = {
  district: { width: 2, colour: '#5d7086', font: 14, from: Infinity },
  street: { width: 1.4, colour: '#8193a6', font: 13, from: 120 },
  grid: { width: 0.8, colour: '#a9b6c3', font: 11, from: 12 },
} as const

/** On a dark page: the ground stays dark, boundaries and names are light. */
const nightLines = { district: '#8fa5ba', street: '#6f8aa5', grid: '#34495e' } as const
const inks = {
  day: { fill: 'rgba(255,255,255,0.55)', name: '#33424f', halo: 'rgba(255,255,255,0.9)' },
  night: { fill: 'rgba(33,52,74,0.55)', name: '#dbe4ee', halo: 'rgba(13,22,34,0.9)' },
} as const

const keyOf = (feature: FeatureLike) => (feature.get('level') as keyof typeof lines | undefined) ?? 'street'
const levelOf = (feature: FeatureLike) => lines[keyOf(feature)]

/** The boundary; a grid has next to no fill of its own, so that its street's measure shows through. */
export const areaStyle = (night: boolean) => (feature: FeatureLike): Style => {
  const level = levelOf(feature)
  const fill = (feature.get('fill') as string | undefined) ?? inks[night ? 'night' : 'day'].fill
  return new Style({
    stroke: new Stroke({ color: night ? nightLines[keyOf(feature)] : level.colour, width: level.width }),
    fill: new Fill({ color: level === lines.grid && feature.get('fill') === undefined ? 'rgba(255,255,255,0.01)' : fill }),
  })
}

/** The name in the middle of the area. */
export const nameStyle = (night: boolean) => (feature: FeatureLike, resolution: number): Style | undefined => {
  const level = levelOf(feature)
  if (resolution >= level.from) return undefined
  const ink = inks[night ? 'night' : 'day']
  return new Style({
    text: new Text({
      text: String(feature.get('name') ?? ''),
      overflow: true,
      font: `600 ${level.font}px ${fontFamily}`,
      fill: new Fill({ color: ink.name }),
      stroke: new Stroke({ color: ink.halo, width: 4 }),
    }),
  })
}
