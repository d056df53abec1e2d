import { describe, expect, it } from 'vitest'
import { closingDraft } from './report-page.ts'

const totals = (found: number) => ({ found }) as Parameters<typeof closingDraft>[0]['totals']

describe('办结时总结的开头', () => {
  it.each([
    ['有未销号、有未查', { openHazards: 3, unvisited: 2, totals: totals(5) }, '夜查结束。未销号隐患3处按期限跟踪整改；名单中未查的2家另行安排检查。'],
    ['全部销号、全部查完', { openHazards: 0, unvisited: 0, totals: totals(5) }, '夜查结束。上报的隐患5处均已销号；名单已全部查完。'],
    ['一处也没有发现', { openHazards: 0, unvisited: 0, totals: totals(0) }, '夜查结束。没有发现隐患；名单已全部查完。'],
  ])('%s', (_, facts, text) => expect(closingDraft({ name: '夜查', ...facts })).toBe(text))
})
