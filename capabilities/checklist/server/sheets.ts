import { collect, writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { readSheet } from '../../../kernel/server/sheet/read.ts'
import { SheetRefusal } from '../../../kernel/server/sheet/refusal.ts'
import { Problem } from '../../../kernel/core/problem.ts'
import type { FileAnswer, RawBody } from '../../../kernel/server/context.ts'
import type { ChecklistVersion } from '../checklist.ts'
import { criteria } from '../criteria.ts'
import { COLUMNS, exportItems, importItems, rowsToCorrect } from '../sheet.ts'
import { refusalText, SEVERITY_NAMES, STATE_NAMES } from '../zh.ts'

const MAX_ROWS = 2000
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export type ReadItems = { items: ChecklistVersion['items']; errors: { row: number; heading: string; text: string }[]; correction: string[][] }

/** Reads an uploaded .xlsx or .csv into items; runs before the transaction opens. @throws Problem `checklist.sheet_refused` */
export async function readItems(body: RawBody): Promise<ReadItems> {
  const rows = await rowsOf(body.path)
  const { items, errors } = importItems(rows, criteria.clauses.map((clause) => clause.id))
  return { items, errors: errors.map((e) => ({ row: e.row, heading: e.heading, text: refusalText(e) })), correction: errors.length > 0 ? rowsToCorrect(rows, errors) : [] }
}

/** Rows at their own numbers: blank rows inside the file keep the counting of errors true. */
async function rowsOf(path: string): Promise<string[][]> {
  try {
    const sheet = await readSheet(path, { limits: { rows: MAX_ROWS } })
    const rows: string[][] = []
    for await (const batch of sheet.rows()) {
      batch.rows.forEach((cells, i) => {
        rows[(batch.numbers[i] ?? 1) - 1] = cells
      })
    }
    return Array.from(rows, (row) => row ?? [])
  } catch (error) {
    if (!(error instanceof SheetRefusal)) throw error
    throw new Problem('refused', 'checklist.sheet_refused', { params: { why: error.message } })
  }
}

const columns = COLUMNS.map((column) => ({ heading: column.heading, required: column.required, width: ['content', 'method', 'defaultRequirement'].includes(column.key) ? 40 : 14 }))

/** The list as a workbook that can be corrected and read back unchanged. */
export async function listFile(list: ChecklistVersion): Promise<FileAnswer> {
  const body = await collect(writeXlsx({ sheets: [{ name: list.name, columns, rows: exportItems(list.items).slice(1), spareRows: 200 }] }))
  return { file: { name: `${list.name}（第${list.version}版${list.state === 'PUBLISHED' ? '' : `，${STATE_NAMES[list.state]}`}）.xlsx`, type: XLSX, body } }
}

/** An empty template with one page of explanation. */
export async function templateFile(): Promise<FileAnswer> {
  const lines = [
    '检查表填写说明', '红色表头为必填。一行一项，编号在表内不得重复，已用过的编号不要改作他用。',
    `严重度：${Object.values(SEVERITY_NAMES).join('、')}；“重大”须在括号内写判定条款，例：重大(GM-13-2)。`,
    '默认整改天数：0 至 30 的整数，0 为立即整改；“立即停用”项须为 0。', '依据：简称加条号，多个用分号隔开，例：安法§36;GB 50054。',
  ]
  const body = await collect(writeXlsx({ sheets: [{ name: '检查表', columns, rows: [], spareRows: 400 }], notes: { lines } }))
  return { file: { name: '检查表导入模板.xlsx', type: XLSX, body } }
}
