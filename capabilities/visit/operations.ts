import { z } from 'zod'
import { command, query, wire } from '../../kernel/core/operation.ts'
import * as v from './visit.ts'

export const operations = {
  list: query('GET /visits', { summary: '检查任务列表', input: v.ListFilter, output: v.Page, verb: 'visit.read' }),
  export: query('GET /visits/export', { summary: '导出检查任务', input: v.ExportFilter, output: z.object({}), verb: 'visit.export', answer: 'file', perMinute: 20 }),
  team: query('GET /visits/team', { summary: '可安排的人员及其执法证', input: v.TeamQuery, output: v.Team, verb: 'visit.read' }),
  capUsage: query('GET /visits/cap-usage', { summary: '企业年度检查次数与频次上限', input: v.CapQuery, output: v.Cap, verb: 'visit.read' }),
  burden: query('GET /visits/burden', { summary: '涉企检查负担', input: z.strictObject({ year: wire.int().min(2000).max(2100) }), output: v.Burden, verb: 'statistics.read' }),
  caps: query('GET /visits/caps', { summary: '频次上限表', input: z.strictObject({ year: wire.int().min(2000).max(2100) }), output: z.object({ rows: z.array(v.CapRow) }), verb: 'visit.read' }),
  get: query('GET /visits/:id', { summary: '检查任务详情', input: v.ById, output: v.Detail, verb: 'visit.read' }),
  setCap: command('PUT /visits/caps/:id', { summary: '设定频次上限', input: v.SetCap, output: v.CapRow, verb: 'visit.cap', problems: ['common.stale'] }),
  plan: command('POST /visits', { summary: '安排检查任务', input: v.Plan, output: v.MovedAll, verb: 'visit.plan', problems: ['visit.officers_two', 'visit.certificate_missing', 'visit.recusal_needed', 'visit.clue_missing'] }),
  edit: command('PUT /visits/:id', { summary: '修改检查任务', input: v.Edit, output: v.Moved, verb: 'visit.plan', problems: ['visit.wrong_state', 'common.stale'] }),
  submit: command('POST /visits/submit', { summary: '检查任务报批', input: v.Submit, output: v.MovedAll, verb: 'visit.plan', problems: ['visit.wrong_state', 'visit.approval_not_needed'] }),
  approve: command('POST /visits/approve', { summary: '批准检查任务', input: v.Decide, output: v.MovedAll, verb: 'visit.approve', problems: ['visit.wrong_state', 'visit.approver_takes_part'] }),
  refuse: command('POST /visits/refuse', { summary: '不批准检查任务', input: v.Decide, output: v.MovedAll, verb: 'visit.approve', problems: ['visit.wrong_state', 'visit.approver_takes_part'] }),
  start: command('POST /visits/:id/start', { summary: '到场开始检查', input: v.Start, output: v.Moved, verb: 'visit.record', offline: true, problems: ['visit.not_approved', 'visit.cap_reached', 'visit.certificate_missing', 'visit.id_not_shown'] }),
  saveAnswers: command('PUT /visits/:id/draft', { summary: '暂存作答', input: v.SaveAnswers, output: v.Saved, verb: 'visit.record', offline: true, problems: ['visit.wrong_state'] }),
  record: command('POST /visits/:id/record', { summary: '办结走访（含作答与隐患）', input: v.RecordVisit, output: v.Recorded, verb: 'visit.record', offline: true, maxBytes: 2 * 1024 * 1024, problems: ['visit.not_approved', 'visit.cap_reached', 'visit.officers_two', 'visit.certificate_missing', 'checklist.unanswered', 'visit.outcome_photo', 'visit.sign_missing'] }),
  leave: command('POST /visits/:id/leave', { summary: '离场', input: v.Leave, output: v.Moved, verb: 'visit.record', offline: true, problems: ['visit.wrong_state'] }),
  addScan: command('POST /visits/:id/scans', { summary: '登记或补录扫码入企', input: v.AddScan, output: v.Moved, verb: 'visit.record', offline: true, problems: ['visit.scan_too_late', 'visit.scan_reason'] }),
  acknowledge: command('POST /visits/:id/acknowledge', { summary: '阅处拒签、拒绝入内等报告', input: v.Acknowledge, output: v.Moved, verb: 'visit.approve', problems: ['visit.nothing_to_read', 'common.stale'] }),
  handBack: command('POST /visits/:id/hand-back', { summary: '退还安排给自己的任务并说明理由', input: v.HandBack, output: v.Moved, verb: 'visit.record', offline: true, problems: ['visit.wrong_state', 'visit.not_approved', 'visit.not_going', 'common.stale'] }),
  cancel: command('POST /visits/:id/cancel', { summary: '取消未开始的任务', input: v.Void, output: v.Moved, verb: 'visit.plan', problems: ['visit.wrong_state'] }),
  void: command('POST /visits/:id/void', { summary: '作废检查记录', input: v.Void, output: v.Moved, verb: 'visit.void', problems: ['visit.wrong_state'] }),
}
