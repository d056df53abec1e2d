import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import { Block, CloseBlock, Closed, NumberFilter, NumberPage, OwnNumber, Reserve } from './block.ts'
import { EndTesting, MakeUp, MeasureDetail, MeasureFilter, MeasurePage, StartTesting } from './measure.ts'
import { Kit } from './kit.ts'
import { OnSpot } from './on-spot.ts'
import { AskRecall, DecideRecall } from './recall.ts'
import { DocType, PaperType } from './doc-type.ts'
import { Based, EditPaper, ExportFilter, ListFilter, NewPaper, Page, PaperDetail, PaperPage, Service } from './paper.ts'

const one = z.strictObject({ id: z.uuid() })
const note = z.string().trim().max(300)

/** What can be drafted from a visit, and from what: the screen fills its form with it. */
export const Prepared = z.object({
  party: z.object({ enterpriseId: z.uuid(), enterpriseName: z.string(), siteName: z.string(), principalName: z.string().nullable() }),
  visit: z.object({ id: z.uuid(), no: z.string(), kind: z.string(), businessDate: z.string(), enterpriseId: z.uuid(), enterpriseName: z.string(), siteName: z.string() }).nullable(),
  officers: z.array(z.object({ id: z.uuid(), name: z.string(), certificateNo: z.string().nullable() })),
  types: z.array(z.object({ type: PaperType, title: z.string(), allowed: z.boolean(), why: z.array(z.string()) })),
  hazards: z.array(z.object({
    id: z.uuid(), no: z.string(), location: z.string(), description: z.string(), requirement: z.string(), level: z.string(), immediateStop: z.boolean(), stopInForce: z.boolean(), state: z.string(),
    defaultDays: z.int(), dueOn: z.string().nullable(), basis: z.array(z.object({ text: z.string(), cited: z.string(), unnamed: z.boolean() })),
  })),
  papers: z.array(z.object({ id: z.uuid(), type: PaperType, title: z.string(), no: z.string().nullable(), state: z.string() })),
})

const rules = ['enforcement.wrong_state', 'enforcement.officers_few', 'enforcement.certificate_not_valid', 'enforcement.no_papers_from_visit', 'enforcement.item_not_confirmed'] as const

export const operations = {
  list: query('GET /papers', { summary: '执法文书列表', input: ListFilter, output: PaperPage, verb: 'enforcement.read' }),
  export: query('GET /papers/export', { summary: '导出文书清单，附数据截至时间', input: ExportFilter, output: z.object({}), verb: 'enforcement.read', answer: 'file', perMinute: 20, problems: ['enforcement.export_too_many'] }),
  prepare: query('GET /papers/prepare', { summary: '可以起草哪些文书', input: z.strictObject({ visitId: z.uuid().optional(), referId: z.uuid().optional(), siteId: z.uuid().optional() }), output: Prepared, verb: 'enforcement.draft' }),
  kit: query('GET /enforcement/kit', { summary: '没有网络时写文书用的样式、机关和留号数', input: z.strictObject({}), output: Kit, verb: 'enforcement.draft', perMinute: 60 }),
  get: query('GET /papers/:id', { summary: '一份文书', input: one, output: PaperDetail, verb: 'enforcement.read' }),
  draft: command('POST /papers', { summary: '起草文书', input: NewPaper, output: PaperDetail, verb: 'enforcement.draft', offline: true, problems: rules }),
  edit: command('PUT /papers/:id', { summary: '修改文书', input: EditPaper, output: PaperDetail, verb: 'enforcement.draft', problems: rules }),
  submit: command('POST /papers/:id/submit', { summary: '报审批', input: Based, output: PaperDetail, verb: 'enforcement.draft', offline: true, problems: [...rules, 'enforcement.record_first', 'enforcement.referred_not_served'] }),
  approve: command('POST /papers/:id/approve', { summary: '批准文书', input: Based.extend({ note: note.default('') }), output: PaperDetail, verb: 'enforcement.approve', problems: ['enforcement.own_paper', 'enforcement.leader_needed'] }),
  return: command('POST /papers/:id/return', { summary: '退回文书', input: Based.extend({ note: note.min(2) }), output: PaperDetail, verb: 'enforcement.approve', problems: ['enforcement.own_paper'] }),
  withdraw: command('POST /papers/:id/withdraw', { summary: '撤回重拟', input: Based, output: PaperDetail, verb: 'enforcement.draft' }),
  issue: command('POST /papers/:id/issue', { summary: '签发并编定文号', input: Based.extend({ number: OwnNumber.optional() }), output: PaperDetail, verb: 'enforcement.issue', offline: true, problems: [...rules, 'enforcement.record_changed', 'enforcement.no_prefix', 'enforcement.number_gone', 'enforcement.block_not_then'] }),
  onSpot: command('POST /papers/:id/on-spot', { summary: '现场出具：签发、双方签名并当场送达', input: OnSpot, output: PaperDetail, verb: 'enforcement.issue', offline: true, problems: [...rules, 'enforcement.approval_needed', 'enforcement.words_differ', 'enforcement.number_needed', 'enforcement.number_gone', 'enforcement.marks_incomplete'] }),
  sign: command('POST /papers/:id/sign', { summary: '执法人员签名', input: Based.extend({ attachmentId: z.uuid() }), output: PaperDetail, verb: 'enforcement.sign', problems: ['enforcement.not_officer', 'enforcement.signed_already'] }),
  receive: command('POST /papers/:id/receive', { summary: '当事人签名', input: Based.extend({ signer: z.string().trim().min(1).max(40), duty: z.string().trim().max(40).default(''), attachmentId: z.uuid() }), output: PaperDetail, verb: 'enforcement.serve', problems: ['enforcement.not_officer', 'enforcement.received_already'] }),
  refuseToSign: command('POST /papers/:id/refuse-to-sign', {
    summary: '记录当事人拒签或不在场', verb: 'enforcement.serve', output: PaperDetail, problems: ['enforcement.not_officer', 'enforcement.received_already'],
    input: Based.extend({ why: z.enum(['REFUSED', 'ABSENT']), reason: note.min(2), witness: z.string().trim().min(1).max(40), witnessDuty: z.string().trim().max(60).default(''), witnessSignatureId: z.uuid().optional() }),
  }),
  serve: command('POST /papers/:id/serve', { summary: '登记送达', input: Based.extend(Service.shape), output: PaperDetail, verb: 'enforcement.serve', problems: ['enforcement.left_needs_refusal', 'enforcement.electronic_needs_confirmation'] }),
  cancel: command('POST /papers/:id/cancel', { summary: '撤销草稿', input: Based.extend({ reason: note.min(2) }), output: PaperDetail, verb: 'enforcement.draft' }),
  void: command('POST /papers/:id/void', { summary: '作废文书，文号保留', input: Based.extend({ reason: note.min(2) }), output: PaperDetail, verb: 'enforcement.void', problems: ['enforcement.depended_on'] }),
  askRecall: command('POST /papers/:id/recall', { summary: '提请撤销或更正已送达的文书', input: AskRecall, output: PaperDetail, verb: 'enforcement.draft', problems: ['enforcement.recall_open', 'enforcement.recall_depended', 'enforcement.correction_of_substance', 'enforcement.revoke_reinspection'] }),
  decideRecall: command('POST /papers/:id/recall/decide', { summary: '负责人决定撤销或更正', input: DecideRecall, output: PaperDetail, verb: 'enforcement.revoke', problems: ['enforcement.own_recall', 'enforcement.recall_not_asked'] }),
  withdrawRecall: command('POST /papers/:id/recall/withdraw', { summary: '撤回撤销或更正的提请', input: Based, output: PaperDetail, verb: 'enforcement.draft', problems: ['enforcement.recall_not_yours'] }),
  serveRecall: command('POST /papers/:id/recall/serve', { summary: '登记撤销或更正的送达', input: Based.extend(Service.shape), output: PaperDetail, verb: 'enforcement.serve', problems: ['enforcement.recall_not_approved', 'enforcement.recall_served_early'] }),
  measures: query('GET /measures', { summary: '查封扣押列表', input: MeasureFilter, output: MeasurePage, verb: 'enforcement.read' }),
  measure: query('GET /measures/:id', { summary: '一件查封扣押', input: one, output: MeasureDetail, verb: 'enforcement.read' }),
  makeUp: command('POST /measures/:id/approval', { summary: '补办查封扣押的批准', input: MakeUp, output: MeasureDetail, verb: 'enforcement.seal', problems: ['enforcement.make_up_not_needed', 'enforcement.own_paper'] }),
  startTesting: command('POST /measures/:id/testing', { summary: '登记送检，期间不计入期限', input: StartTesting, output: MeasureDetail, verb: 'enforcement.serve', problems: ['enforcement.measure_state', 'enforcement.testing_from'] }),
  endTesting: command('POST /measures/:id/testing/end', { summary: '登记检验结束', input: EndTesting, output: MeasureDetail, verb: 'enforcement.serve', problems: ['enforcement.measure_state', 'enforcement.testing_to'] }),
  blocks: query('GET /enforcement/number-blocks', { summary: '我领用的文号段', input: z.strictObject({}), output: z.object({ rows: z.array(Block) }), verb: 'enforcement.issue' }),
  reserve: command('POST /enforcement/number-blocks', { summary: '为离线签发预留文号', input: Reserve, output: z.object({ rows: z.array(Block) }), verb: 'enforcement.issue', perMinute: 60, problems: ['enforcement.no_certificate', 'enforcement.block_enough', 'enforcement.type_without_number'] }),
  giveBack: command('POST /enforcement/number-blocks/:id/return', { summary: '交回未用的文号', input: CloseBlock, output: Closed, verb: 'enforcement.issue', problems: ['enforcement.block_closed'] }),
  voidBlock: command('POST /enforcement/number-blocks/:id/void', { summary: '作废未用的文号（设备遗失等）', input: CloseBlock, output: Closed, verb: 'enforcement.void', problems: ['enforcement.block_closed'] }),
  numbers: query('GET /enforcement/numbers', { summary: '文号登记簿', input: NumberFilter, output: NumberPage, verb: 'enforcement.read' }),
  download: query('GET /papers/:id/word', { summary: '下载 Word 文书', input: one, output: z.object({}), verb: 'enforcement.read', answer: 'file', perMinute: 60 }),
  print: query('GET /papers/:id/print', { summary: '打印文书', input: one, output: z.object({ title: z.string(), no: z.string().nullable(), sha256: z.string().nullable(), page: Page }), verb: 'enforcement.read', perMinute: 120 }),
  forms: query('GET /paper-forms', { summary: '文书样式', input: z.strictObject({ areaCode: z.string().regex(/^\d{12}$/).optional() }), output: z.object({ rows: z.array(DocType.extend({ areaCode: z.string(), version: z.int() })) }), verb: 'enforcement.read' }),
  setForm: command('PUT /paper-forms/:type', {
    summary: '修改本地文书的字号、份数和告知', verb: 'enforcement.form', output: z.object({ rows: z.array(DocType.extend({ areaCode: z.string(), version: z.int() })) }),
    input: z.strictObject({ type: PaperType, areaCode: z.string().regex(/^\d{12}$/), wordCode: DocType.shape.wordCode, copies: DocType.shape.copies, copyHolders: DocType.shape.copyHolders, rights: DocType.shape.rights }),
  }),
}
