/**
 * 工贸八大行业: which trade of 10号令 an enterprise falls under by its industry (应急厅〔2019〕17号). The borders inside a division are
 * not settled everywhere, so the table is data that a bureau may replace; the longest prefix wins (domain.md §1.2).
 */
import { normaliseIndustry } from './industry.ts'

export type GongmaoSector = 'METALLURGY' | 'NONFERROUS' | 'BUILDING_MATERIALS' | 'MACHINERY' | 'LIGHT' | 'TEXTILE' | 'TOBACCO' | 'COMMERCE'

export const gongmaoSectorZh: Readonly<Record<GongmaoSector, string>> = {
  METALLURGY: '冶金', NONFERROUS: '有色', BUILDING_MATERIALS: '建材', MACHINERY: '机械', LIGHT: '轻工', TEXTILE: '纺织', TOBACCO: '烟草', COMMERCE: '商贸',
}

/** Prefix of an industry code to trade; null takes a part out again (591 装卸搬运 is transport, the rest of 59 is storage). */
export type GongmaoTable = Readonly<Record<string, GongmaoSector | null>>

export const gongmaoTable: GongmaoTable = {
  31: 'METALLURGY',
  32: 'NONFERROUS',
  30: 'BUILDING_MATERIALS',
  33: 'MACHINERY', 34: 'MACHINERY', 35: 'MACHINERY', 36: 'MACHINERY', 37: 'MACHINERY', 38: 'MACHINERY', 39: 'MACHINERY', 40: 'MACHINERY', 43: 'MACHINERY',
  13: 'LIGHT', 14: 'LIGHT', 15: 'LIGHT', 19: 'LIGHT', 20: 'LIGHT', 21: 'LIGHT', 22: 'LIGHT', 23: 'LIGHT', 24: 'LIGHT', 29: 'LIGHT', 41: 'LIGHT',
  17: 'TEXTILE', 18: 'TEXTILE', 28: 'TEXTILE',
  16: 'TOBACCO',
  51: 'COMMERCE', 52: 'COMMERCE', 59: 'COMMERCE', 591: null, 61: 'COMMERCE', 62: 'COMMERCE',
}

/** The trade of a code, or null: not 工贸 (25–27 化工/医药, 06–12 矿山, 44–46 能源, construction, services), or an unknown code. */
export function gongmaoSector(code: string, table: GongmaoTable = gongmaoTable): GongmaoSector | null {
  const own = normaliseIndustry(code) ?? ''
  for (let length = own.length; length >= 2; length -= 1) {
    const sector = table[own.slice(0, length)]
    if (sector !== undefined) return sector
  }
  return null
}
