import { describe, expect, it } from 'vitest'
import { shippedChecklist } from '../../../capabilities/checklist/library.ts'
import type { ChecklistRow } from '../../../capabilities/sync/rows.ts'
import { dictionaryOf, guessesOf } from './guess.ts'

const lists = (['FG', 'YC', 'GL', 'JX', 'YQ'] as const).map((code): ChecklistRow => {
  const { version, ...list } = shippedChecklist(code)
  return { ...list, state: 'PUBLISHED', number: version, version: 1, legalBasis: [...list.legalBasis] }
})
const shop = { kind: 'SMALL_SHOP', tags: [], sector: null }
const dictionary = dictionaryOf(lists, shop)
const found = (words: string) => guessesOf(dictionary, words, {}).map(({ item }) => item.content).join('|')

describe('what might it be', () => {
  it('begins with the list of the place and names every item once', () => {
    expect(dictionary[0]?.list).toBe(shippedChecklist('JX').name)
    expect(new Set(dictionary.map(({ item }) => item.code)).size).toBe(dictionary.length)
  })
  it.each([['煤气罐放在店里', /瓶|燃气/], ['电瓶车在楼道充电', /电动|充电/], ['灭火器过期', /灭火/], ['阁楼住人', /住人|住宿|人员居住/], ['通道堵了', /通道|畅通|疏散/]])('%s', (words, wanted) => {
    expect(found(words)).toMatch(wanted)
  })
  it('without a word: three that need a photo, those found here before first', () => {
    const usual = dictionary.filter(({ item }) => item.evidence === 'PHOTO')[9]!
    const guesses = guessesOf(dictionary, '', { [usual.item.code]: 3 })
    expect(guesses).toHaveLength(3)
    expect(guesses[0]?.item.code).toBe(usual.item.code)
    expect(guesses.every(({ item }) => item.evidence === 'PHOTO')).toBe(true)
  })
  it('retired lists are offered no more', () => {
    expect(dictionaryOf(lists.map((list) => ({ ...list, state: 'RETIRED' as const })), shop)).toEqual([])
  })
})
