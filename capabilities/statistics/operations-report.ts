import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import * as b from './briefing.ts'
import * as s from './snapshot.ts'

const file = z.object({})
const claims = ['claim.not_all_closed', 'claim.unbound', 'briefing.unknown_figure', 'briefing.not_frozen'] as const

/** Frozen numbers and the reports that print them. */
export const reportOperations = {
  snapshots: query('GET /snapshots', { summary: '统计快照', input: s.SnapshotListInput, output: s.SnapshotPage, verb: 'statistics.read' }),
  snapshot: query('GET /snapshots/:id', { summary: '快照的数、口径、应报单位和各版本', input: s.OneInput, output: s.SnapshotDetail, verb: 'statistics.read' }),
  members: query('GET /snapshots/:id/members', { summary: '冻结的数后面的名单', input: s.MembersInput, output: s.MembersPage, verb: 'statistics.read' }),
  compare: query('GET /snapshots/:id/compare', { summary: '两版快照的差别', input: s.CompareInput, output: s.Comparison, verb: 'statistics.read' }),
  freeze: command('POST /snapshots', { summary: '冻结一组数', input: s.FreezeInput, output: s.SnapshotDetail, verb: 'statistics.freeze', snapshot: true, problems: ['snapshot.span', 'snapshot.future', 'snapshot.no_campaign', 'snapshot.entered_unasked'] }),
  correctSnapshot: command('POST /snapshots/:id/correct', { summary: '更正快照：旧版旁立新版', input: s.CorrectInput, output: s.SnapshotDetail, verb: 'statistics.freeze', snapshot: true, problems: ['snapshot.not_latest'] }),
  briefings: query('GET /briefings', { summary: '简报', input: b.ListInput, output: b.BriefingPage, verb: 'statistics.read' }),
  briefing: query('GET /briefings/:id', { summary: '一份简报及逐句核对', input: b.OneInput, output: b.BriefingDetail, verb: 'statistics.read' }),
  speakers: query('GET /briefing-speakers', { summary: '可引用其讲话的人', input: z.strictObject({}), output: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), office: z.string() })) }), verb: 'statistics.write' }),
  word: query('GET /briefings/:id/word', { summary: '下载简报 Word', input: b.OneInput, output: file, verb: 'statistics.read', answer: 'file', perMinute: 60 }),
  draftBriefing: command('POST /briefings', { summary: '按模板起草简报', input: b.DraftInput, output: b.BriefingDetail, verb: 'statistics.write', problems: ['briefing.no_snapshot'] }),
  editBriefing: command('POST /briefings/:id/edit', { summary: '修改简报并逐句核对', input: b.EditInput, output: b.BriefingDetail, verb: 'statistics.write', problems: ['briefing.wrong_state', 'briefing.no_speaker', 'briefing.no_snapshot'] }),
  submitBriefing: command('POST /briefings/:id/submit', { summary: '简报送审', input: b.StepInput, output: b.BriefingDetail, verb: 'statistics.write', problems: ['briefing.wrong_state', 'briefing.issue_taken', ...claims] }),
  returnBriefing: command('POST /briefings/:id/return', { summary: '退回简报', input: b.ReasonInput, output: b.BriefingDetail, verb: 'statistics.approve', problems: ['briefing.wrong_state'] }),
  approveBriefing: command('POST /briefings/:id/approve', { summary: '核准简报', input: b.StepInput, output: b.BriefingDetail, verb: 'statistics.approve', problems: ['briefing.wrong_state', 'briefing.writer_approves', ...claims] }),
  publishBriefing: command('POST /briefings/:id/publish', { summary: '发布简报', input: b.StepInput, output: b.BriefingDetail, verb: 'statistics.publish', problems: ['briefing.wrong_state', ...claims] }),
  correctBriefing: command('POST /briefings/:id/correct', { summary: '更正已发布的简报', input: b.ReasonInput, output: b.BriefingDetail, verb: 'statistics.write', problems: ['briefing.wrong_state'] }),
  withdrawBriefing: command('POST /briefings/:id/withdraw', { summary: '撤回已发布的简报', input: b.ReasonInput, output: b.BriefingDetail, verb: 'statistics.approve', problems: ['briefing.wrong_state'] }),
  approveQuote: command('POST /briefings/:id/approve-quote', { summary: '讲话人核可引语', input: b.QuoteStepInput, output: b.BriefingDetail, verb: 'statistics.read', problems: ['briefing.no_quote', 'briefing.quote_by_speaker'] }),
}
