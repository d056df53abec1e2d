import { z } from 'zod'
import { command, pageOf, paging, query, wire } from '../../kernel/core/operation.ts'
import { HazardPoints } from '../enterprise/map.ts'
import * as c from './commands.ts'
import { AcceptProposal, DismissProposal } from './proposal.ts'
import { SUPERVISION_STATES } from './supervision.ts'
import { ExportFilter, FigureFilter, Figures, HazardDetail, HazardFilter, HazardPage, HazardState, Officer, SupervisionRow, SupervisionView } from './views.ts'

const one = z.strictObject({ id: z.uuid() })
const at = (what: string) => `POST /hazards/:id/${what}`
const usual = ['hazard.wrong_state', 'hazard.not_entitled', 'common.stale']
const officers = ['hazard.two_officers', 'hazard.officer_without_certificate']
const many = z.object({ done: z.array(HazardState), refused: z.array(z.object({ id: z.uuid(), why: z.string() })) })

/** The contract of 隐患闭环. Papers (T6) come in through `orderHazards` of server/public.ts when enforcement serves one. */
export const operations = {
  list: query('GET /hazards', { summary: '隐患台账', input: HazardFilter, output: HazardPage, verb: 'hazard.read' }),
  figures: query('GET /hazards/figures', { summary: '隐患数字', input: FigureFilter, output: Figures, verb: 'hazard.read' }),
  points: query('GET /hazards/points', { summary: '一张图：隐患位置', input: FigureFilter, output: HazardPoints, verb: 'hazard.read', perMinute: 120 }),
  export: query('GET /hazards/export', { summary: '导出隐患台账（与所见一致）', input: ExportFilter, output: z.object({}), verb: 'hazard.export', answer: 'file', perMinute: 30, problems: ['hazard.export_too_many'] }),
  supervisions: query('GET /hazards/supervisions', { summary: '挂牌督办台账', input: z.strictObject({ ...paging, states: wire.list(z.enum(SUPERVISION_STATES)).optional() }), output: pageOf(SupervisionRow), verb: 'hazard.read' }),
  get: query('GET /hazards/:id', { summary: '隐患详情', input: one, output: HazardDetail, verb: 'hazard.read' }),
  officers: query('GET /hazards/:id/officers', { summary: '可办理该隐患的执法人员', input: one, output: z.object({ rows: z.array(Officer) }), verb: 'hazard.reinspect' }),

  report: command('POST /hazards', { summary: '上报隐患', input: c.Report, output: HazardState.extend({ sighting: z.boolean() }), verb: 'hazard.report', offline: true, problems: ['hazard.photo_needed', 'hazard.item_or_category', 'hazard.dedupe_open'] }),
  confirm: command(at('confirm'), { summary: '核定隐患', input: c.Confirm, output: HazardState, verb: 'hazard.confirm', problems: [...usual, ...officers, 'hazard.major_needs_clause', 'hazard.opinion_needed', 'hazard.finder_confirms_alone'] }),
  confirmMany: command('POST /hazards/confirm', { summary: '批量核定一般隐患', input: c.ConfirmMany, output: many, verb: 'hazard.confirm', problems: usual }),
  giveOpinion: command(at('opinion'), { summary: '对重大隐患出具意见', input: c.GiveOpinion, output: HazardState, verb: 'hazard.opinion', problems: usual }),
  void: command(at('void'), { summary: '作废隐患', input: c.Void, output: HazardState, verb: 'hazard.void', problems: [...usual, 'hazard.major_void_needs_leader'] }),
  voidMajor: command(at('void-major'), { summary: '作废重大隐患', input: c.Void, output: HazardState, verb: 'hazard.void_major', problems: usual }),
  appeal: command(at('appeal'), { summary: '对作废申诉', input: c.Appeal, output: HazardState, verb: 'hazard.report', problems: [...usual, 'hazard.appealed_already'] }),
  fixOnSite: command(at('fix-on-site'), { summary: '记为当场已改', input: c.FixOnSite, output: HazardState, verb: 'hazard.fix_on_site', offline: true, problems: [...usual, 'hazard.after_photo_needed', 'hazard.major_not_fixed_on_site'] }),
  verifyFix: command(at('verify-fix'), { summary: '核实当场整改', input: c.VerifyFix, output: HazardState, verb: 'hazard.verify_fix', offline: true, problems: [...usual, 'hazard.grid_closes_patrol_only', 'hazard.stop_in_force'] }),
  start: command(at('start'), { summary: '开始整改（无文书）', input: c.Start, output: HazardState, verb: 'hazard.start', offline: true, problems: [...usual, 'hazard.needs_order'] }),
  acknowledge: command(at('acknowledge'), { summary: '签收并报五落实方案', input: c.Acknowledge, output: HazardState, verb: 'hazard.acknowledge', problems: [...usual, 'hazard.principal_signs_plan'] }),
  askExtension: command(at('extension'), { summary: '申请延期', input: c.AskExtension, output: HazardState, verb: 'hazard.ask_extension', problems: [...usual, 'hazard.extension_too_late', 'hazard.two_extensions'] }),
  decideExtension: command(at('extension-decision'), { summary: '审批延期', input: c.DecideExtension, output: HazardState, verb: 'hazard.approve_extension', problems: [...usual, 'hazard.major_extension_needs_leader'] }),
  submit: command(at('submit'), { summary: '提交整改', input: c.Submit, output: HazardState, verb: 'hazard.submit', offline: true, problems: [...usual, 'hazard.after_photo_needed', 'hazard.report_needed'] }),
  assignReinspection: command(at('reinspection'), { summary: '安排复查', input: c.AssignReinspection, output: HazardState, verb: 'hazard.assign_reinspection', problems: [...usual, ...officers, 'hazard.one_new_officer'] }),
  reinspect: command(at('reinspect'), { summary: '记录复查结果', input: c.Reinspect, output: HazardState, verb: 'hazard.reinspect', offline: true, problems: [...usual, ...officers, 'hazard.stop_in_force'] }),
  review: command(at('review'), { summary: '审核重大隐患销号', input: c.Review, output: HazardState, verb: 'hazard.review', problems: usual }),
  closeMajor: command(at('close'), { summary: '签批重大隐患销号', input: c.Review, output: HazardState, verb: 'hazard.close_major', problems: [...usual, 'hazard.still_listed'] }),
  askTransfer: command(at('transfer'), { summary: '申请移送', input: c.AskTransfer, output: HazardState, verb: 'hazard.ask_transfer', problems: usual }),
  decideTransfer: command(at('transfer-decision'), { summary: '审批移送', input: c.DecideTransfer, output: HazardState, verb: 'hazard.approve_transfer', problems: [...usual, 'hazard.same_person'] }),
  receipt: command(at('receipt'), { summary: '登记移送回执', input: c.Receipt, output: HazardState, verb: 'hazard.receipt', problems: usual }),
  freeze: command(at('freeze'), { summary: '冻结隐患', input: c.Freeze, output: HazardState, verb: 'hazard.freeze', problems: [...usual, 'hazard.site_not_stopped'] }),
  unfreeze: command(at('unfreeze'), { summary: '解除冻结', input: c.Unfreeze, output: HazardState, verb: 'hazard.freeze', problems: [...usual, 'hazard.site_not_back'] }),
  reopen: command(at('reopen'), { summary: '重新打开已销号隐患', input: c.Reopen, output: HazardState, verb: 'hazard.reopen', problems: [...usual, 'hazard.reopen_too_late'] }),
  raise: command(at('raise'), { summary: '提高为重大隐患', input: c.Raise, output: HazardState, verb: 'hazard.regrade', problems: [...usual, ...officers] }),
  lower: command(at('lower'), { summary: '降为一般隐患', input: c.Lower, output: HazardState, verb: 'hazard.regrade_down', problems: [...usual, 'hazard.paper_served'] }),
  remindMany: command('POST /hazards/remind', { summary: '批量提醒企业', input: c.RemindMany, output: many, verb: 'hazard.remind', problems: usual }),
  // The right that counts is that of the act itself, asked over the hazard; whoever may read it may ask.
  acceptProposal: command(at('proposals/:proposalId/accept'), { summary: '采纳离线办理', input: AcceptProposal, output: HazardState, verb: 'hazard.read', problems: [...usual, 'hazard.proposal_decided'] }),
  dismissProposal: command(at('proposals/:proposalId/dismiss'), { summary: '不采纳离线办理', input: DismissProposal, output: HazardState, verb: 'hazard.read', problems: [...usual, 'hazard.proposal_decided'] }),
  propose: command(at('supervision'), { summary: '提请挂牌督办', input: c.Propose, output: SupervisionView, verb: 'hazard.supervise', problems: ['hazard.not_major', 'hazard.supervision_open'] }),
  supervise: command('POST /hazards/supervisions/:supervisionId', { summary: '办理挂牌督办', input: c.Supervise, output: SupervisionView, verb: 'hazard.supervise', problems: ['hazard.supervision_wrong_state', 'common.stale'] }),
  superviseReport: command('POST /hazards/supervisions/:supervisionId/report', { summary: '报告督办进展', input: c.SuperviseReport, output: SupervisionView, verb: 'hazard.supervise_report', problems: ['hazard.supervision_wrong_state', 'common.stale'] }),
}
