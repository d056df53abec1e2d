import { knownBrands, knownPersons } from './blocklist.data.ts'
import { brandFirst, brandSecond, familyNames, givenFirst, givenSecond, parkSuffixes } from './names.data.ts'
import type { PlaceNames } from './places.ts'
import { city } from './places.ts'
import type { Random } from './random.ts'
import { weightedPicker } from './random.ts'

const family = weightedPicker(familyNames.map(([, share]) => share))
const parkSuffix = weightedPicker(parkSuffixes.map(([, share]) => share))

/** A plausible full name; names of known persons are drawn again. */
export function personName(random: Random): string {
  for (;;) {
    const surname = (familyNames[family(random)] as readonly [string, number])[0]
    const first = random.pick(givenFirst)
    const second = random.pick(givenSecond)
    const name = surname + first + second
    if (first !== second && !knownPersons.has(name)) return name
  }
}

/** Does a name carry the word of a firm that everybody knows? The city's own name does not count. */
export function hasKnownBrand(name: string): boolean {
  const own = name.replaceAll(city.name, '')
  return knownBrands.some((brand) => own.includes(brand))
}

/** A brand of two or three characters without a known firm in it. */
export function brandName(random: Random): string {
  for (;;) {
    const first = random.pick(brandFirst)
    const second = random.pick(brandSecond)
    const brand = random.chance(0.55) ? first + second : first + random.pick(brandSecond) + second
    if (!hasKnownBrand(brand) && brand[1] !== brand[2]) return brand
  }
}

/** Keeps names apart within one kind of thing. */
export class NameBook {
  readonly #used: Set<string>

  constructor(taken: readonly string[] = []) {
    this.#used = new Set(taken)
  }

  /** Asks `make` until a name is new and free of known brands. */
  unique(make: () => string): string {
    for (;;) {
      const name = make()
      if (this.#used.has(name) || hasKnownBrand(name)) continue
      this.#used.add(name)
      return name
    }
  }
}

/** Form of an industrial unit; it decides the first two digits of its code and the end of its name. */
export type LegalForm = 'LIMITED' | 'JOINT_STOCK' | 'FACTORY' | 'SOLE_TRADER'

const endings: Readonly<Record<LegalForm, string>> = { LIMITED: '有限公司', JOINT_STOCK: '股份有限公司', FACTORY: '厂', SOLE_TRADER: '经营部' }

/** "安川市澜达成精密五金有限公司"; factories and traders carry the street's word as their owners do. */
export function companyName(random: Random, form: LegalForm, streetWord: string, trade: string): string {
  const small = form === 'FACTORY' || form === 'SOLE_TRADER'
  const place = small ? `${city.name}${streetWord}` : city.name
  const word = form === 'FACTORY' ? trade.replace(/(科技|实业)$/, '制品') : trade
  return `${place}${brandName(random)}${word}${endings[form]}`
}

/** "汀禾小炒店" or "老陈牛肉粉店", under the community's word so that two shops of the district never share a sign. */
export function shopName(random: Random, communityWord: string, word: string): string {
  const surname = (familyNames[family(random)] as readonly [string, number])[0]
  const sign = random.chance(0.25) ? `老${surname}` : random.chance(0.15) ? `${surname}记` : brandName(random)
  return `${communityWord}${sign}${word}`
}

/** "鹭湖智造园". */
export const parkName = (random: Random, places: PlaceNames): string =>
  places.word() + (parkSuffixes[parkSuffix(random)] as readonly [string, number])[0]

/**
 * A mobile number that nobody has. China reserves no range for fiction; of the network numbers 160 to 169 the public
 * table of the industry ministry (end of March 2023) gives out 1619, 162, 165, 166 and 167 only, so 160 leads nowhere.
 */
export const mobileNumber = (random: Random): string => `16000${String(random.int(0, 989_999)).padStart(6, '0')}`

/** A landline under 0980: the long-distance codes of the 098 group are not in use. */
export const landline = (random: Random): string => `0980-${random.int(2, 8)}${String(random.int(0, 999_999)).padStart(6, '0')}`

/** A masked identity number of the fictional region: "990101********1234". */
export const maskedIdentity = (random: Random): string => `990101********${String(random.int(0, 9999)).padStart(4, '0')}`
