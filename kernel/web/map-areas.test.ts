import Feature from 'ol/Feature.js'
import { describe, expect, it } from 'vitest'
import { areaStyle, nameStyle } from './map-areas.ts'

/** How light a colour is, 0 to 1. */
const light = (colour: unknown): number => {
  const text = String(colour)
  const [r = 0, g = 0, b = 0] = text.startsWith('#') ? (text.match(/[0-9a-f]{2}/gi) ?? []).map((hex) => Number.parseInt(hex, 16)) : (text.match(/[\d.]+/g) ?? []).map(Number)
  return (r * 0.3 + g * 0.6 + b * 0.1) / 255
}

describe('the map on a light and on a dark page', () => {
  const street = new Feature({ name: '澜心街道', level: 'street' })
  it.each([['light', false], ['dark', true]] as const)('%s: the names stand out from their ground', (_, night) => {
    const ground = areaStyle(night)(street).getFill()?.getColor()
    const text = nameStyle(night)(street, 50)?.getText()
    expect([light(ground) < 0.5, light(text?.getFill()?.getColor()) > 0.5, light(text?.getStroke()?.getColor()) < 0.5]).toEqual([night, night, night])
  })
})
