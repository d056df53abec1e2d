import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type World, world } from '../../../house/world.ts'
import { readSheet } from '../../../kernel/server/sheet/read.ts'
import { withChecklists } from '../../visit/server/fixtures.ts'
import { operations } from '../operations.ts'
import { draftOf, itemsOf, recorded, servedPaper, visited } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
  const found = await visited(w)
  await recorded(w, found)
  await servedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) }))
})
afterAll(() => w.close())

describe('文书清单导出', () => {
  it('与所见一致：选定的列、份数、数据截至时间；企业只导出送达给自己的；外人一份也没有', async () => {
    const { total } = await w.as('wang').do(operations.list, { type: 'D04' })
    const { rows, head } = await sheetOf('wang', { type: 'D04', columns: 'no,title,officers' })
    expect(head).toContain(`执法文书　${total}份　截至2026年3月`)
    expect(rows[0]).toEqual(['文号', '文书', '执法人员'])
    expect(rows.length - 1).toBe(total)
    expect(rows.slice(1).every((row) => row[1] === '现场检查记录' && row[2] === '王砚川、何汀筠')).toBe(true)
    const served = await w.as('feng').do(operations.list, {})
    expect((await sheetOf('feng', {})).rows.length - 1).toBe(served.total)
    expect((await sheetOf('qian', {})).rows.length).toBe(1)
    expect((await w.as('lin').call(operations.export, {})).status).toBe(403)
    expect((await w.as('wang').call(operations.export, { columns: 'content' } as never)).problem.code).toBe('common.invalid')
  })
})

async function sheetOf(who: 'wang' | 'feng' | 'qian', filter: object): Promise<{ head: string; rows: string[][] }> {
  const book = await readSheet((await w.as(who).call(operations.export, filter)).bytes)
  const lines: string[][] = []
  for await (const batch of book.rows()) lines.push(...batch.rows)
  const from = lines.findIndex((line) => line.includes('文书'))
  return { head: lines.slice(0, from).flat().join(''), rows: lines.slice(from) }
}
