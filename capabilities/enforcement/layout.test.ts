import { describe, expect, it } from 'vitest'
import { textOf } from '../../kernel/core/document.ts'
import { confirmedBasis, fill, governmentOf } from './content.ts'
import { shippedDocTypes } from './doc-types.data.ts'
import type { PaperType } from './doc-type.ts'
import { type Marks, pageOf } from './layout.ts'
import type { PaperContent, Signature } from './paper.ts'

const marks: Marks = { no: null, numbered: true, issuedOn: null, signatures: [], service: null, link: 'http://127.0.0.1/#/papers/1', voided: false }
type Item = PaperContent['items'][number]
const item = (more: Partial<Item> = {}): Item => ({
  hazardId: '0199aaaa-0000-7000-8000-000000000901', no: 'HZ-20260305-990101-000001', location: '2号喷房', problem: '配电箱无漏电保护。', major: false, fixed: false, requirement: '加装漏电保护器', basis: ['《中华人民共和国安全生产法》第三十六条'],
  dueOn: '2026-03-20', passed: null, note: '', newDueOn: null, stopLifted: false, photos: [], ...more,
})
function content(type: PaperType, more: Partial<PaperContent> = {}): PaperContent {
  const { title, copies, copyHolders, rights, sections, effect } = shippedDocTypes.find((d) => d.type === type)!
  return {
    form: { type, title, copies, copyHolders, rights, sections: [...sections], effect }, agency: '安澜区应急管理局', government: '安澜区人民政府',
    party: { name: '安川澜湖精密五金有限公司', creditCode: '91990101MA9A00011A', address: '望汀街道汀前路1号', siteName: '主厂区', principal: '冯立勤', companion: '赵启澄', companionDuty: '' },
    visit: { no: 'INS-1', kind: '行政检查（日常）', startedAt: '2026-03-05T01:00:00.000Z', endedAt: '2026-03-05T03:30:00.000Z' }, checkedOn: '2026-03-05',
    officers: [{ id: '0199aaaa-0000-7000-8000-000000000101', name: '王砚川', certificateNo: '990101001' }, { id: '0199aaaa-0000-7000-8000-000000000102', name: '何汀筠', certificateNo: '990101002' }],
    answers: { asked: 40, complies: 36, notApplicable: 1, found: 3, fixed: 1 }, items: [item()], refers: null, measures: [], checked: '', handling: '', scope: '', until: '', opinion: '', ...more,
  }
}
const page = (c: PaperContent, more: Partial<Marks> = {}) => pageOf(c, { ...marks, ...more })
const text = (c: PaperContent, more: Partial<Marks> = {}) => textOf(page(c, more))

describe('版面与记录一致', () => {
  it('现场检查记录：times, counts in Chinese numerals, certificates, empty places struck as ／', () => {
    const words = text(content('D04'), { numbered: false })
    expect(words).toContain('检查时间：2026年3月5日 09:00至2026年3月5日 11:30。')
    expect(words).toContain('共检查40项，符合36项，不适用1项；发现问题三项，其中当场改正一项。')
    expect(words).toContain('现场负责人：赵启澄，职务：／。')
    expect(words).toContain('王砚川（证号990101001）、何汀筠（证号990101002）')
    expect(words).not.toContain('文号')
    expect(words).toContain('（以下空白）')
    expect(words).toContain('本文书一式两份：一份由本机关存档，一份交')
  })
  it('a record without findings says so', () => expect(text(content('D04', { items: [] }))).toContain('未发现问题。'))
  it('责令：items that share a date share a sentence, earlier dates first', () => {
    const items = [item(), item({ dueOn: '2026-03-08', requirement: '清理通道' }), item({ requirement: '更换电线' })]
    const words = text(content('D06', { items }))
    expect(words).toMatch(/第二项：于2026年3月8日前整改完毕，整改要求：清理通道。\n第一、三项：于2026年3月20日前整改完毕，整改要求：第一项，加装漏电保护器；第三项，更换电线。/)
    expect(words).toContain('下列问题三项')
    expect(words).toContain('向安澜区人民政府申请行政复议')
  })
  it('a basis stands on the page only when it was confirmed', () => {
    expect(text(content('D06'))).toContain('依据《中华人民共和国安全生产法》第三十六条。')
    expect(text(content('D06', { items: [item({ basis: [] })] }))).not.toContain('第三十六条')
  })
  it('no full stop twice', () => expect(text(content('D06'))).not.toContain('。。'))
  it('现场处理措施：what was not chosen is struck out, not left out', () => {
    const blocks = page(content('D05', { measures: ['STOP_USE'], scope: '2号喷房', until: '至复查同意之日' }))
    const struck = blocks.flatMap((b) => (b.kind === 'para' ? b.runs.filter((r) => r.strike).map((r) => r.text) : []))
    expect(struck.join()).toMatch(/撤出作业人员.*暂时停产停业/)
    expect(textOf(blocks)).toContain('☑ 3．停止使用相关设施、设备')
  })
  it('复查：合格与不合格各计其数, the other verdict struck', () => {
    const items = [item({ passed: true }), item({ passed: false, note: '仍未加装', newDueOn: '2026-04-01' })]
    const words = text(content('D07', { items, refers: { no: '（澜安澜）应急责改〔2026〕12号', title: '责令限期整改指令书', servedOn: '2026-03-06' } }))
    expect(words).toContain('本机关于2026年3月6日向你单位送达《责令限期整改指令书》（澜安澜）应急责改〔2026〕12号。')
    expect(words).toContain('复查二项，')
    expect(words).toContain('合格一项，不合格一项')
    expect(words).toContain('继续整改至2026年4月1日前')
    expect(words).not.toContain('同意销号')
  })
  it('建议书 carries no word of an order', () => expect(text(content('D30'))).not.toMatch(/责令|依据|整改期限|限期/))
})

describe('签名、拒签、送达', () => {
  const mark = (more: Partial<Signature>): Signature => ({ part: 'RECIPIENT', personId: null, name: '', duty: '', attachmentId: null, refused: null, reason: '', at: '2026-03-05T04:00:00.000Z', ...more })
  it('a refusal prints its reason and the witness', () => {
    const signatures = [mark({ refused: 'REFUSED', reason: '对期限有异议' }), mark({ part: 'WITNESS', name: '李四平', duty: '汀前社区' })]
    expect(text(content('D06'), { signatures })).toMatch(/拒绝签名：对期限有异议2026年3月5日\n见证人（签名）：李四平　汀前社区/)
  })
  it('number and date stand only after issue', () => {
    expect(text(content('D06'))).toContain('（文号在签发时编定）')
    const issued = text(content('D06'), { no: '（澜安澜）应急责改〔2026〕12号', issuedOn: '2026-03-05' })
    expect(issued).toContain('（澜安澜）应急责改〔2026〕12号')
    expect(issued).toContain('安澜区应急管理局\n2026年3月5日')
  })
  it('a draft says that it is one', () => {
    expect(text(content('D06'))).toContain('草稿，尚未签发')
    expect(text(content('D06'), { issuedOn: '2026-03-05' })).not.toContain('草稿')
  })
  it('service is noted below', () => {
    expect(text(content('D06'), { service: { method: 'MAIL', servedOn: '2026-03-06', reference: 'EMS1' } })).toContain('送达情况：2026年3月6日邮寄送达，凭证EMS1。')
  })
  it('a voided paper says so on its face', () => expect(text(content('D06'), { voided: true })).toContain('本文书已作废'))
})

describe('依据与填空', () => {
  const record = [{ law: '安法', article: '36', text: '安法§36' }, { law: '地方条例', article: null, text: '地方条例' }]
  it('cites what is confirmed, in full', () => expect(confirmedBasis(record, ['安法§36'])).toEqual({ cited: ['《中华人民共和国安全生产法》第三十六条'], unknown: [], unnamed: [] }))
  it('tells what the record does not hold and what names no rule', () => {
    expect(confirmedBasis(record, ['安法§99', '地方条例'])).toMatchObject({ unknown: ['安法§99'], unnamed: ['地方条例'] })
  })
  it('a form with a place that nothing fills is a wrong form', () => expect(() => fill('{nobody}', {})).toThrow(RangeError))
  it.each([['安澜区应急管理局', '安澜区人民政府'], ['安川市安澜区应急管理局', '安川市安澜区人民政府'], ['执法大队', '本级人民政府']])('%s → %s', (agency, government) => expect(governmentOf(agency)).toBe(government))
  it('every place in the shipped forms is filled from a record', () => {
    for (const { type } of shippedDocTypes) expect(() => page(content(type)), type).not.toThrow()
  })
})
