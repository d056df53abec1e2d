import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import * as r from './records.ts'

const file = z.object({})
const none = z.strictObject({})

/** Lists are read by everybody who checks; drafts only by those who may edit or publish where they were made. */
export const operations = {
  list: query('GET /checklists', { summary: '检查表库', input: r.ListInput, output: r.ListAnswer, verb: 'checklist.read' }),
  get: query('GET /checklists/:id', { summary: '检查表及其版本、能做的事', input: r.OneInput, output: r.ChecklistDetail, verb: 'checklist.read' }),
  diff: query('GET /checklists/:id/diff', { summary: '两个版本的差别', input: r.DiffInput, output: r.DiffAnswer, verb: 'checklist.read' }),
  file: query('GET /checklists/:id/file', { summary: '导出检查表', input: r.OneInput, output: file, verb: 'checklist.read', answer: 'file' }),
  template: query('GET /checklist-template', { summary: '检查表导入模板', input: none, output: file, verb: 'checklist.edit', answer: 'file' }),
  readSheet: command('POST /checklist-sheets', { summary: '读取检查表表格（不保存）', input: none, output: r.SheetAnswer, verb: 'checklist.edit', body: 'raw', keyless: true, maxBytes: 10 * 1024 * 1024, perMinute: 30, problems: ['checklist.sheet_refused'] }),
  draft: command('POST /checklists', { summary: '新建检查表草稿', input: r.DraftInput, output: r.ChecklistDetail, verb: 'checklist.edit', problems: ['checklist.code_taken'] }),
  revise: command('POST /checklists/:id/revise', { summary: '修订：以某版为底生成新草稿', input: r.ReviseInput, output: r.ChecklistDetail, verb: 'checklist.edit', problems: ['checklist.wrong_state', 'checklist.draft_open'] }),
  edit: command('POST /checklists/:id/edit', { summary: '修改草稿', input: r.EditInput, output: r.ChecklistDetail, verb: 'checklist.edit', problems: ['checklist.immutable'] }),
  publish: command('POST /checklists/:id/publish', { summary: '发布，同代号旧版随即停用', input: r.PublishInput, output: r.ChecklistDetail, verb: 'checklist.publish', problems: ['checklist.publish_by_other', 'checklist.not_draft', 'checklist.empty', 'checklist.version_not_newer'] }),
  retire: command('POST /checklists/:id/retire', { summary: '停用检查表或作废草稿', input: r.RetireInput, output: r.ChecklistDetail, verb: 'checklist.publish', problems: ['checklist.wrong_state', 'checklist.in_use'] }),
  suggest: query('GET /checklist-items', { summary: '按文字找检查项', input: r.SuggestInput, output: r.SuggestAnswer, verb: 'checklist.read' }),
  clauses: query('GET /criteria', { summary: '判定条款', input: r.ClausesInput, output: r.ClausesAnswer, verb: 'checklist.read' }),
  candidates: query('GET /criteria/candidates', { summary: '某对象可能适用的判定条款', input: r.CandidatesInput, output: r.ClausesAnswer, verb: 'checklist.read' }),
  grade: query('GET /criteria/grade', { summary: '判定助手：按事实判定等级', input: r.GradeQuery, output: r.GradeAnswer, verb: 'checklist.read' }),
}
