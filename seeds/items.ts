import type { ChecklistItem } from '../capabilities/checklist/checklist.ts'
import { itemsToAsk } from '../capabilities/checklist/checklist.ts'
import { shippedChecklist } from '../capabilities/checklist/library.ts'
import { parkSpots, phrases, plantAreas, plantSpots } from './phrases.data.ts'
import type { Random } from './random.ts'
import { weightedPicker } from './random.ts'
import type { RiskTag, SiteClass } from './site-index.ts'
import { bitOf } from './site-index.ts'

/** Items that can only be met where the tag is; elsewhere the answer is 不适用. */
const needs: Readonly<Record<string, RiskTag>> = {
  'YC-24': 'DUST_EXPLOSION', 'YC-25': 'DUST_EXPLOSION', 'YC-26': 'DUST_EXPLOSION', 'YC-27': 'DUST_EXPLOSION', 'YC-28': 'DUST_EXPLOSION', 'YC-29': 'DUST_EXPLOSION',
  'YC-18': 'DUST_EXPLOSION', 'YC-30': 'HAZCHEM_USE', 'YC-32': 'COATING_SOLVENT', 'YC-33': 'COATING_SOLVENT', 'YC-34': 'LITHIUM_BATTERY', 'YC-36': 'CONFINED_SPACE', 'YC-17': 'SPECIAL_EQUIP',
  'FG-17': 'DUST_EXPLOSION', 'FG-18': 'SPECIAL_EQUIP', 'FG-19': 'COATING_SOLVENT', 'FG-22': 'COATING_SOLVENT', 'FG-23': 'CONFINED_SPACE', 'FG-24': 'CONFINED_SPACE', 'FG-27': 'DUST_EXPLOSION',
  'FG-28': 'AMMONIA_REFRIG', 'FG-29': 'MOLTEN_METAL', 'FG-30': 'HAZCHEM_USE', 'FG-31': 'LITHIUM_BATTERY', 'FG-32': 'COATING_SOLVENT', 'FG-39': 'HAZCHEM_USE',
  'JX-15': 'CITY_GAS', 'JX-17': 'CITY_GAS', 'JX-18': 'CITY_GAS', 'JX-19': 'CITY_GAS', 'JX-20': 'CITY_GAS', 'JX-21': 'CITY_GAS', 'JX-22': 'CITY_GAS', 'JX-23': 'CITY_GAS', 'JX-24': 'CITY_GAS',
}

/** Commonest first sight: what is found more often than the rest. */
const frequent: Readonly<Record<string, number>> = {
  'YC-08': 5, 'YC-09': 5, 'YC-10': 4, 'YC-19': 5, 'YC-20': 4, 'YC-21': 6, 'YC-14': 3, 'YC-26': 3, 'YC-30': 3,
  'JX-08': 4, 'JX-09': 5, 'JX-11': 5, 'JX-14': 6, 'JX-25': 6, 'JX-29': 4, 'JX-04': 2, 'JX-12': 3, 'JX-28': 3,
  'FG-16': 3, 'FG-34': 4, 'FG-08': 3, 'FG-21': 3, 'P10': 3, 'P11': 3, 'P09': 3, 'P30': 2, 'P37': 2,
  'YC-07': 0.5, 'YC-39': 0.6, 'YC-12': 0.8, 'YC-29': 0.2, 'YC-36': 0.2, 'YC-35': 0.8, 'FG-24': 0.1, 'JX-03': 0.3, 'JX-05': 0.3,
}

interface Sheet {
  readonly code: string
  readonly items: readonly ChecklistItem[]
  readonly pick: (random: Random) => number
  /** Ready answer strings by tag mask. */
  readonly blank: Map<number, string>
}

function sheetOf(code: string): Sheet {
  const items = itemsToAsk(shippedChecklist(code), [])
  return { code, items, pick: weightedPicker(items.map((i) => frequent[i.code] ?? 1)), blank: new Map() }
}

const sheets: Readonly<Record<string, Sheet>> = { YC: sheetOf('YC'), JX: sheetOf('JX'), FG: sheetOf('FG'), YQ: sheetOf('YQ') }

const sheet = (code: string): Sheet => {
  const found = sheets[code]
  if (!found) throw new RangeError(`no sheet ${code}`)
  return found
}

const fits = (item: ChecklistItem, mask: number): boolean => {
  const tag = needs[item.code]
  return tag === undefined || (mask & bitOf(tag)) !== 0
}

/** Different items of a list that could be found wrong at a site, none of them major by nature. */
export function pickItems(random: Random, code: string, mask: number, count: number): ChecklistItem[] {
  const { items, pick } = sheet(code)
  const chosen: ChecklistItem[] = []
  for (let attempt = 0; chosen.length < count && attempt < 60; attempt++) {
    const item = items[pick(random)] as ChecklistItem
    if (item.severity !== 'MAJOR' && !item.bonus && fits(item, mask) && !chosen.includes(item)) chosen.push(item)
  }
  return chosen
}

/** An item of 夜查 that makes a major hazard at a site with these tags, or null. */
export function majorItem(random: Random, mask: number): ChecklistItem | null {
  const possible = sheet('YC').items.filter((i) => i.majorClauseIds.length > 0 && needs[i.code] !== undefined && fits(i, mask))
  return possible.length > 0 ? random.pick(possible) : null
}

/** The item with a code, whichever list it stands in. */
export function itemOf(code: string, itemCode: string): ChecklistItem {
  const found = sheet(code).items.find((i) => i.code === itemCode)
  if (!found) throw new RangeError(`no item ${itemCode}`)
  return found
}

/** Letters for every item asked (see VisitScript.answers) with the findings written in. */
export function answersFor(code: string, mask: number, found: ReadonlyMap<string, 'N' | 'F'>): string {
  const { items, blank } = sheet(code)
  let ready = blank.get(mask)
  if (ready === undefined) {
    ready = items.map((item) => (fits(item, mask) ? 'Y' : 'X')).join('')
    blank.set(mask, ready)
  }
  if (found.size === 0) return ready
  const letters = [...ready]
  items.forEach((item, i) => {
    const letter = found.get(item.code)
    if (letter) letters[i] = letter
  })
  return letters.join('')
}

/** Where in the place it was. */
export function locationOf(random: Random, site: SiteClass): string {
  if (site === 'SHOP') return random.pick(['店面', '厨房', '后仓', '阁楼', '门口', '收银台旁', '楼梯间'])
  if (site === 'PARK') return random.pick(parkSpots)
  return `${random.int(1, 6)}楼${random.pick(plantAreas)}${random.pick(plantSpots)}`
}

/** What was written about it. */
export function describe(item: ChecklistItem, location: string): string {
  const phrase = phrases[item.code]
  return phrase ? phrase.replace('#', location) : `${location}：${item.content}，未落实`
}
