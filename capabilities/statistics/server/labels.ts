import { sql } from 'kysely'
import type { Tx } from '../../../kernel/server/db.ts'
import { industryName } from '../../enterprise/industry.ts'
import { sizeGradeZh } from '../../enterprise/size.ts'
import { tagZh } from '../../enterprise/tags.ts'
import { levelZh, sourceZh } from '../../hazard/zh.ts'
import { kinds } from '../../visit/kinds.ts'
import { ALL, type Split } from '../figures.ts'

type Words = Readonly<Record<string, string>>

const named: Partial<Record<Split, 'AREA' | 'GRID' | 'CAMPAIGN'>> = { county: 'AREA', street: 'AREA', community: 'AREA', grid: 'GRID', campaign: 'CAMPAIGN' }

const nothing: Partial<Record<Split, string>> = { campaign: '日常（不属专项行动）', grid: '未划入安格', industry: '未登记行业', section: '未登记行业', size: '未登记规模', aboveScale: '不涉企业', tag: '没有标签' }

/** Chinese words of the keys, a table for each split; names of places, grids and campaigns are read in one statement. */
export async function labelsOf(tx: Tx, by: readonly Split[], keys: readonly (readonly string[])[]): Promise<Record<string, string>[]> {
  const asked = (kind: string) => [...new Set(by.flatMap((split, i) => (named[split] === kind ? keys.map((key) => key[i] ?? '') : [])))].filter((key) => key && key !== ALL)
  const [areas, grids, campaigns] = [asked('AREA'), asked('GRID'), asked('CAMPAIGN')]
  const known = areas.length + grids.length + campaigns.length === 0 ? [] : (await sql<{ id: string; name: string }>`
    select code as id, name from area where code = any(${areas}::text[]) union all select id::text, name from grid where id = any(${grids}::uuid[])
    union all select id::text, name from campaign where id = any(${campaigns}::uuid[])`.execute(tx)).rows
  const names = new Map(known.map((row) => [row.id, row.name]))
  const word = (split: Split, key: string) => (key === ALL ? '合计' : key === '' ? (nothing[split] ?? '未填') : (wordOf(split, key) ?? names.get(key) ?? key))
  return by.map((split, i) => Object.fromEntries([...new Set(keys.map((key) => key[i]!))].map((key) => [key, word(split, key)])))
}

function wordOf(split: Split, key: string): string | undefined {
  const words: Partial<Record<Split, () => string | undefined>> = {
    industry: () => industryName(key) ?? undefined,
    section: () => industryName(key) ?? undefined,
    size: () => (sizeGradeZh as Words)[key],
    aboveScale: () => (key === 'YES' ? '规上' : '规下'),
    kind: () => (kinds as Record<string, { zh: string }>)[key]?.zh,
    level: () => (levelZh as Words)[key],
    source: () => (sourceZh as Words)[key],
    tag: () => (tagZh as Words)[key],
    day: () => key,
    week: () => key,
    month: () => key,
  }
  return words[split]?.()
}
