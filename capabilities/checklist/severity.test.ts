import { describe, expect, it } from 'vitest'
import { criteria } from './criteria.ts'
import { expandClauses, readSeverity, severityText } from './severity.ts'

const ids = criteria.clauses.map((c) => c.id)

describe('严重度栏', () => {
  it.each<[string, Record<string, unknown>]>([
    ['一般', { severity: 'GENERAL', majorClauseIds: [] }],
    ['立即停用', { severity: 'STOP_USE', majorClauseIds: [] }],
    ['重大(GM-13-2)', { severity: 'MAJOR', majorClauseIds: ['GM-13-2'] }],
    ['一般 → 重大（GM-12-1/2）', { severity: 'GENERAL', majorClauseIds: ['GM-12-1', 'GM-12-2'] }],
    ['立即停用→重大(GM-7-6, 机械)', { severity: 'STOP_USE', majorClauseIds: ['GM-7-6'] }],
    ['一般→重大(HG-20或AQ3067 5.5.8, 化工)', { severity: 'GENERAL', majorClauseIds: ['HG-20', 'AQ-5.5.8'] }],
    ['一般(阻断复工)', { severity: 'GENERAL', blocksResumption: true }],
    ['立即停用(漏气)/一般', { severity: 'GENERAL', stopWhen: '漏气' }],
    ['立即停用(移送)', { severity: 'STOP_USE' }],
  ])('%s', (cell, expected) => {
    const read = readSeverity(cell, ids)
    expect(read).toMatchObject({ ...expected, unknown: [] })
    expect(read && readSeverity(severityText(read), ids)).toEqual(read)
  })

  it.each(['', '严重', '一般(看情况)', '重大→一般', '一般(漏气)/一般', '一般→重大'])('看不懂“%s”', (cell) => expect(readSeverity(cell, ids)).toBeNull())

  it.each<[string, string[], string[]]>([
    ['GM-7-1~4', ['GM-7-1', 'GM-7-2', 'GM-7-3', 'GM-7-4'], []],
    ['GM-10-*', ['GM-10-1', 'GM-10-2'], []],
    ['GM-1-*', [], ['GM-1-*']],
    ['GM-12-1~3', ['GM-12-1', 'GM-12-2'], ['GM-12-1~3']],
    ['GM-11-3/3', ['GM-11-3'], []],
    ['GM-14、XF-D', ['GM-14', 'XF-D'], []],
    ['第七条第一项', [], []],
    ['GM 7', [], ['GM 7']],
  ])('条款写法 %s', (text, found, unknown) => expect(expandClauses(text, ids)).toEqual({ found, unknown }))
})
