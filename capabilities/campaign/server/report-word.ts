import { sql } from 'kysely'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import { reportBlocks } from '../report-page.ts'
import { report } from './read.ts'
import { seen } from './steps.ts'

/** The closing report as an official Word file; before the closing it says that it is a draft. */
export async function reportWord(ctx: Ctx, id: string): Promise<FileAnswer> {
  const row = await seen(ctx, id)
  const facts = await report(ctx, id)
  const { rows } = await sql<{ name: string }>`select name from organisation where kind = 'BUREAU' and area_code = ${row.area_code} order by id limit 1`.execute(ctx.tx)
  const agency = rows[0]?.name ?? ''
  ctx.audit({ kind: 'EXPORT', subject: 'campaign.report', subjectId: id, result: 'ok', data: { no: row.no, name: row.name } })
  const { wordOf } = await import('../../../kernel/server/word.ts')
  const title = `${row.name}总结${row.closing ? '' : '（草稿）'}`
  return { file: { name: `${title}.docx`, type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', body: await wordOf(reportBlocks(facts, { agency, no: row.no, closing: row.closing }), { title, author: agency, pictures: new Map() }) } }
}
