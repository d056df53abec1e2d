import { sql } from 'kysely'
import { inReach } from '../../../kernel/core/access.ts'
import { normaliseText } from '../../../kernel/core/search-text.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { Fault } from '../register-row.ts'

interface Named {
  id: string
  name: string
  code: string
  areaCode: string
}

/** Areas, grids and parks by the names that people write. */
export interface Places {
  /** 望汀街道汀前社区, 汀前01安格: what stands behind an area code or the id of a grid or park. */
  nameOf(value: string): string
  resolve(cells: Readonly<Partial<Record<string, string>>>): { areaCode: string | null; gridId: string | null; parkId: string | null; faults: Fault[] }
}

const plain = (text: string): string => normaliseText(text).replace(/(社区|居委会|村委会|村)$/, '')

export async function openPlaces(tx: Tx, actor: Actor): Promise<Places> {
  const { rows: areas } = await sql<{ code: string; name: string }>`select code, name from area where valid_to is null and code not like '%000000'`.execute(tx)
  const { rows: grids } = await sql<Named>`select id, name, code, area_code as "areaCode" from grid where valid_to is null`.execute(tx)
  const { rows: parks } = await sql<Named>`select id, name, code, area_code as "areaCode" from park where voided_at is null`.execute(tx)
  const names = new Map(areas.map((area) => [area.code, area.name]))
  const streets = new Map(areas.filter((area) => area.code.endsWith('000')).map((area) => [normaliseText(area.name), area.code]))
  const communities = groupBy(areas.filter((area) => !area.code.endsWith('000')), (area) => plain(area.name))
  const byName = (list: readonly Named[]) => new Map(list.flatMap((each) => [[normaliseText(each.name), each] as const, [normaliseText(each.code), each] as const]))
  const [gridOf, parkOf] = [byName(grids), byName(parks)]
  const memory = new Map<string, ReturnType<Places['resolve']>>()

  const areaOf = (cells: Readonly<Partial<Record<string, string>>>, grid: Named | undefined, faults: Fault[]): string | null => {
    if (cells.areaCode) {
      if (names.has(cells.areaCode)) return cells.areaCode
      faults.push({ field: 'areaCode', message: `区划代码：没有代码为 ${cells.areaCode} 的街道或社区` })
      return null
    }
    const street = cells.street ? streets.get(normaliseText(cells.street)) : undefined
    if (cells.street && !street) faults.push({ field: 'street', message: `街道：没有“${cells.street}”` })
    if (cells.area) {
      const found = (communities.get(plain(cells.area)) ?? []).filter((area) => !street || area.code.startsWith(street.slice(0, 9)))
      if (found.length === 1) return found[0]!.code
      faults.push({ field: 'area', message: found.length ? `社区：有 ${found.length} 个“${cells.area}”，请填写街道` : `社区：${cells.street ?? ''}没有“${cells.area}”` })
      return null
    }
    return grid?.areaCode ?? street ?? null
  }
  const resolve: Places['resolve'] = (cells) => {
    const faults: Fault[] = []
    const grid = cells.grid ? gridOf.get(normaliseText(cells.grid)) : undefined
    if (cells.grid && !grid) faults.push({ field: 'grid', message: `安格：没有“${cells.grid}”` })
    const park = cells.park ? parkOf.get(normaliseText(cells.park)) : undefined
    if (cells.park && !park) faults.push({ field: 'park', message: `园区：没有“${cells.park}”，请先登记园区` })
    const areaCode = areaOf(cells, grid, faults)
    if (areaCode && !inReach(actor.reach, { areaCode, gridId: grid?.id ?? null })) faults.push({ field: 'street', message: `${names.get(`${areaCode.slice(0, 9)}000`) ?? areaCode}不在您的管辖范围内` })
    return { areaCode, gridId: grid?.id ?? null, parkId: park?.id ?? null, faults }
  }
  const labels = new Map([...grids, ...parks].map((each) => [each.id, each.name]))
  const areaLabel = (code: string): string => [code.endsWith('000') ? '' : (names.get(`${code.slice(0, 9)}000`) ?? ''), names.get(code) ?? code].join('')
  return {
    nameOf: (value) => labels.get(value) ?? areaLabel(value),
    resolve: (cells) => {
      const key = `${cells.areaCode ?? ''}|${cells.street ?? ''}|${cells.area ?? ''}|${cells.grid ?? ''}|${cells.park ?? ''}`
      const known = memory.get(key) ?? resolve(cells)
      if (memory.size < 20_000) memory.set(key, known)
      return known
    },
  }
}

function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}
