import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import * as x from './exchange.ts'

const stale = 'common.stale'
const step = 'exchange.step'
const verb = 'exchange.import'

export const operations = {
  kinds: query('GET /imports/kinds', { summary: '可以导入什么', input: z.strictObject({}), output: z.object({ rows: z.array(x.KindView) }), verb }),
  template: query('GET /imports/kinds/:kind/template', { summary: '下载导入模板', input: z.strictObject({ kind: z.string().max(40) }), output: z.object({}), verb, answer: 'file' }),
  list: query('GET /imports', { summary: '导入批次', input: x.RunFilter, output: x.RunPage, verb }),
  upload: command('POST /imports', { summary: '上传导入文件', input: x.Upload, output: x.RunView, verb, body: 'raw', maxBytes: 60 * 1024 * 1024, perMinute: 120, problems: ['exchange.kind_unknown'] }),
  get: query('GET /imports/:id', { summary: '导入批次详情', input: x.ById, output: x.RunView, verb }),
  map: command('POST /imports/:id/columns', { summary: '确认表头对应的栏目', input: x.MapColumns, output: x.RunView, verb, problems: [stale, step, 'exchange.field_missing', 'exchange.field_twice', 'exchange.field_unknown', 'exchange.option_missing'] }),
  check: command('POST /imports/:id/check', { summary: '核对（不写入）', input: x.Step, output: x.RunView, verb, problems: [stale, step] }),
  rows: query('GET /imports/:id/rows', { summary: '核对结果', input: x.RowFilter, output: x.RowPage, verb }),
  decide: command('POST /imports/:id/decisions', { summary: '处理存疑行', input: x.Decide, output: x.RunView, verb, problems: [stale, step] }),
  apply: command('POST /imports/:id/apply', { summary: '写入', input: x.Apply, output: x.RunView, verb, problems: [stale, step, 'exchange.reason_required', 'exchange.nothing'] }),
  cancel: command('POST /imports/:id/cancel', { summary: '取消导入', input: x.Step, output: x.RunView, verb, problems: [stale, step] }),
  badRows: query('GET /imports/:id/bad-rows', { summary: '下载未写入的行', input: x.ById, output: z.object({}), verb, answer: 'file', problems: ['exchange.no_bad_rows'] }),
  undoView: query('GET /imports/:id/undo', { summary: '撤销导入的后果', input: x.ById, output: x.UndoView, verb: 'exchange.undo' }),
  undo: command('POST /imports/:id/undo', { summary: '撤销导入', input: x.Undo, output: x.RunView, verb: 'exchange.undo', problems: [stale, step, 'exchange.built_on'] }),
}
