import { bigrams, normaliseText } from '../../kernel/core/search-text.ts'
import type { ChecklistItem } from './checklist.ts'
import type { CriteriaClause } from './criteria.ts'

export type Hit<T> = { found: T; score: number }

/** Words of the street and the words of the lists: what is typed on the left also looks for the right. */
export const SYNONYMS: readonly (readonly [string, string])[] = [
  ['煤气罐', '气瓶'], ['液化气罐', '气瓶'], ['煤气瓶', '气瓶'], ['钢瓶', '气瓶'], ['液化气', '燃气'], ['煤气', '燃气'],
  ['电瓶车', '电动车'], ['电单车', '电动车'], ['插线板', '插排'], ['拖线板', '插排'], ['冲床', '啤机'], ['压力机', '啤机'],
  ['锁门', '上锁'], ['门锁着', '上锁'], ['三合一', '住人'], ['睡觉', '住人'], ['过夜', '住人'], ['床铺', '住人'],
  ['灭火瓶', '灭火器'], ['地下室作业', '有限空间'], ['下井', '有限空间'], ['受限空间', '有限空间'], ['污水池', '有限空间'],
  ['电焊', '动火'], ['气割', '动火'], ['铝粉', '粉尘'], ['木粉', '粉尘'], ['堵住', '畅通'], ['堵塞', '畅通'], ['杂物', '堵塞'],
  ['没证', '持证'], ['无证', '持证'], ['油漆', '喷漆'], ['天那水', '溶剂'], ['香蕉水', '溶剂'], ['冷库', '涉氨'],
]

type Text = { words: string; weight: number }

function expand(words: string): string {
  const plain = normaliseText(words)
  return [words, ...SYNONYMS.filter(([typed]) => plain.includes(typed)).map(([, listed]) => listed)].join('，')
}

/** Bigrams never straddle the pieces of a query; a single character counts as itself. */
function gramsOf(words: string): string[] {
  const pieces = words.split(/[\s,，、;；。]+/).map(normaliseText).filter((p) => p !== '')
  return [...new Set(pieces.flatMap((p) => ([...p].length === 1 ? [p] : bigrams(p))))]
}

/**
 * Best texts for words. Each pair of characters that occurs counts by the field it is in and by how rare it is among all
 * texts, so that 检查 or 安全, which are everywhere, decide nothing. Equal scores keep the order of the list.
 */
function rank<T>(words: string, things: readonly T[], textsOf: (thing: T) => Text[], limit: number): Hit<T>[] {
  const grams = gramsOf(expand(words))
  const prepared = things.map((found) => ({ found, texts: textsOf(found).map((t) => ({ plain: normaliseText(t.words), weight: t.weight })) }))
  const rarity = new Map(
    grams.map((g) => {
      const holding = prepared.filter((p) => p.texts.some((t) => t.plain.includes(g))).length
      return [g, holding === 0 ? 0 : Math.log(1 + things.length / holding)]
    }),
  )
  const scoreOf = (texts: { plain: string; weight: number }[]) =>
    grams.reduce((sum, g) => sum + (rarity.get(g) ?? 0) * Math.max(0, ...texts.filter((t) => t.plain.includes(g)).map((t) => t.weight)), 0)
  return prepared
    .map(({ found, texts }) => ({ found, score: scoreOf(texts) }))
    .filter((h) => h.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
}

const itemTexts = (i: ChecklistItem): Text[] => [
  { words: i.content, weight: 4 }, { words: i.method, weight: 2 }, { words: i.defaultRequirement, weight: 2 }, { words: i.category, weight: 1 }, { words: i.code, weight: 1 },
]

const clauseTexts = (c: CriteriaClause): Text[] => [{ words: c.summaryZh, weight: 4 }, { words: c.industry, weight: 2 }, { words: c.id, weight: 1 }]

/** The best three items for what an officer typed or said; empty when nothing fits. */
export function suggestItems(words: string, items: readonly ChecklistItem[], limit = 3): Hit<ChecklistItem>[] {
  return rank(words, items, itemTexts, limit)
}

/** The best clauses for the words; pass `candidates(...)` so that only what may apply is offered. */
export function suggestClauses(words: string, clauses: readonly CriteriaClause[], limit = 3): Hit<CriteriaClause>[] {
  return rank(words, clauses, clauseTexts, limit)
}
