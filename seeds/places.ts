import { knownPlaces, neighbourStreetName, placeFirst, placeSecond, roadSuffixes, streetNames } from './names.data.ts'
import type { Random } from './random.ts'

/** Codes of the fictional region; real administrative codes never begin with 99 (GB/T 2260). */
export const province = { code: '990000000000', name: '澜省' } as const
export const city = { code: '990100000000', name: '安川市' } as const
export const district = { code: '990101000000', name: '安澜区' } as const
export const neighbour = { code: '990102000000', name: '宁川区' } as const

/** 功能区 are not in GB/T 2260; they take street segments from 400 upwards. */
export const functionalAreaPlace = { code: '990101400000', name: '安澜湾示范区', kind: 'DEV_ZONE' } as const

/** Place words and roads, each given out once. Words and roads are counted apart: 汀浦社区 and 汀浦路 may both exist. */
export class PlaceNames {
  readonly #random: Random
  readonly #words = new Set<string>([...streetNames, ...knownPlaces, neighbourStreetName])
  readonly #roads = new Set<string>()

  constructor(random: Random) {
    this.#random = random
  }

  /** The next unused word; there are some 580, so ask for a few hundred at most. */
  word(): string {
    for (;;) {
      const word = this.#draw()
      if (this.#words.has(word)) continue
      this.#words.add(word)
      return word
    }
  }

  /** The next unused name of a road. */
  road(): string {
    for (;;) {
      const road = this.#draw() + this.#random.pick(roadSuffixes)
      if (this.#roads.has(road)) continue
      this.#roads.add(road)
      return road
    }
  }

  #draw(): string {
    for (;;) {
      const first = this.#random.pick(placeFirst)
      const second = this.#random.pick(placeSecond)
      if (first !== second) return first + second
    }
  }
}

/** 12-digit code of a street: its number in the six-digit district. */
export const streetCode = (districtCode: string, ordinal: number): string =>
  `${districtCode.slice(0, 6)}${String(ordinal).padStart(3, '0')}000`

/** 12-digit code of a community inside a street. */
export const communityCode = (street: string, ordinal: number): string => `${street.slice(0, 9)}${String(ordinal).padStart(3, '0')}`
