import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagramOf, moveOf, movesOf } from '../../kernel/core/lifecycle.ts'
import { kinds, VISIT_KINDS } from '../visit/kinds.ts'
import { DocType, PAPER_STATES, type PaperType } from './doc-type.ts'
import { shippedDocTypes } from './doc-types.data.ts'
import { paperLifecycle, STATE_ZH } from './lifecycle.ts'
import type { Service, Signature } from './paper.ts'
import { approveRefusals, assignedRefusals, completeRefusals, formRefusals, isSignedBy, type ItemFacts, itemRefusals, needRefusals, officerRefusals, serveRefusals, type Standing, visitRefusals } from './rules.ts'

const typeOf = (type: PaperType): DocType => shippedDocTypes.find((d) => d.type === type)!
const codes = (refusals: readonly { code: string }[]) => refusals.map((r) => r.code.replace('enforcement.', ''))
const item = (more: Partial<ItemFacts> = {}): ItemFacts => ({
  no: 'HZ-20260305-990101-000001', level: 'GENERAL', immediateStop: false, state: 'CONFIRMED', sameEnterprise: true, basis: { known: 1, unknown: [], unnamed: [] }, dueOn: '2026-03-20', passed: null, newDueOn: null,
  note: '', inReferred: true, stopInForce: false, stopLifted: false, reinspectors: [], lastReinspectors: [], orderedTo: null, ...more,
})
const on = '2026-03-05'

describe('出厂文书样式', () => {
  it.each(shippedDocTypes.map((d) => [d.type, d] as const))('%s is a valid form', (_, d) => expect(DocType.parse(d)).toEqual(d))
  it('a paper without legal effect orders nothing, sets no date and names no remedy', () => {
    for (const d of shippedDocTypes.filter((x) => x.effect === 'ADVICE')) {
      const text = JSON.stringify(d.sections)
      expect(text).not.toMatch(/责令|处罚法|限期|行政复议|诉讼/)
      expect(d.rights).toBeNull()
      expect(d.sections.some((s) => s.kind === 'items' && s.as === 'ORDERS')).toBe(false)
    }
  })
  it.each([['D05'], ['D06']] as const)('%s names 复议六十日 and 诉讼六个月', (type) => {
    expect(typeOf(type).rights).toMatch(/六十日.*行政复议.*六个月.*行政诉讼/)
  })
})

describe('哪种走访能出文书（§3.1）', () => {
  const facts = (kind: (typeof VISIT_KINDS)[number], done = true) => ({ kind, kindZh: kinds[kind].zh, done, refused: kinds[kind].papers === 'NO' ? ['visit.no_papers_in_kind'] : [] })
  it.each(VISIT_KINDS.map((kind) => [kind] as const))('%s', (kind) => {
    const legal = kinds[kind].papers !== 'NO'
    for (const type of ['D04', 'D05', 'D06'] as const) expect(visitRefusals(typeOf(type), facts(kind)).length === 0, type).toBe(legal)
    const service = kind === 'PATROL' || kind === 'GUIDANCE'
    expect(visitRefusals(typeOf('D30'), facts(kind)).length === 0).toBe(service)
  })
  it('a visit that is not finished makes no paper', () => expect(codes(visitRefusals(typeOf('D06'), facts('ADMIN_DAILY', false)))).toEqual(['visit_open']))
  it('only a re-inspection stands without a visit of its own', () => {
    expect(codes(visitRefusals(typeOf('D06'), null))).toEqual(['visit_needed'])
    expect(visitRefusals(typeOf('D07'), null)).toEqual([])
  })
})

describe('两名执法人员，文书当日持证（罚法§42；安法§67）', () => {
  const wang = { id: 'w', name: '王', inVisit: true, certificateNo: '1' }
  const he = { id: 'h', name: '何', inVisit: true, certificateNo: '2' }
  it.each([
    ['two with certificates', [wang, he], []],
    ['one alone', [wang], ['officers_few']],
    ['the same person twice', [wang, wang], ['officers_few']],
    ['one whose certificate ended', [wang, { ...he, certificateNo: null }], ['certificate_not_valid']],
    ['one who was not there', [wang, { ...he, inVisit: false }], ['officer_not_in_visit']],
  ])('%s', (_, officers, expected) => expect(codes(officerRefusals(typeOf('D06'), officers, on))).toEqual(expected))
  it('the refusal names the person and the paper’s date', () => {
    expect(officerRefusals(typeOf('D06'), [wang, { ...he, certificateNo: null }], on)[0]).toMatchObject({ field: 'officers.1', params: { name: '何', on } })
  })
})

describe('复查由安排的人员出具（T10）', () => {
  const [w, h, l] = [{ id: 'w', name: '王' }, { id: 'h', name: '何' }, { id: 'l', name: '陆' }]
  const assigned = item({ state: 'REINSPECTING', reinspectors: ['w', 'h'] })
  const again = item({ state: 'SUBMITTED', level: 'MAJOR', lastReinspectors: ['w', 'h'] })
  it.each([
    ['those assigned', 'D07', [w, h], [assigned], []],
    ['one of them and another', 'D07', [w, l], [assigned], ['officer_not_assigned']],
    ['nobody assigned yet', 'D07', [w, l], [item({ state: 'SUBMITTED' })], []],
    ['a major hazard by the same two again', 'D07', [w, h], [again], ['one_new_officer']],
    ['a major hazard with one new officer', 'D07', [w, l], [again], []],
    ['an order asks for none of this', 'D06', [l], [assigned], []],
  ] as const)('%s', (_, type, officers, items, expected) => expect(codes(assignedRefusals(typeOf(type), officers, items))).toEqual(expected))
})

describe('哪些隐患能列入', () => {
  it.each<[string, PaperType, Partial<ItemFacts>, string[]]>([
    ['D06 confirmed', 'D06', {}, []],
    ['D06 not yet confirmed', 'D06', { state: 'REPORTED' }, ['item_not_confirmed']],
    ['D06 already put right', 'D06', { state: 'CLOSED' }, ['item_not_orderable']],
    ['D06 of another firm', 'D06', { sameEnterprise: false }, ['item_of_other_enterprise']],
    ['D06 with a basis that the record does not hold', 'D06', { basis: { known: 0, unknown: ['安法§1'], unnamed: [] } }, ['basis_unknown']],
    ['D05 general and not to be stopped (安法§65)', 'D05', {}, ['item_not_stoppable']],
    ['D05 major', 'D05', { level: 'MAJOR' }, []],
    ['D05 to be stopped at once', 'D05', { immediateStop: true }, []],
    ['D07 not in the paper referred to', 'D07', { state: 'REINSPECTING', inReferred: false }, ['item_not_in_referred']],
    ['D07 still being put right', 'D07', { state: 'RECTIFYING' }, ['item_not_submitted']],
    ['D07 under re-inspection', 'D07', { state: 'REINSPECTING' }, []],
    ['D30 whatever was seen', 'D30', { state: 'REPORTED' }, []],
  ])('%s', (_, type, more, expected) => expect(codes(itemRefusals(typeOf(type), [item(more)]))).toEqual(expected))
  it('a record may say that nothing was found; an order may not', () => {
    expect(itemRefusals(typeOf('D04'), [])).toEqual([])
    expect(codes(itemRefusals(typeOf('D06'), []))).toEqual(['items_needed'])
  })
})

describe('报批前须填齐', () => {
  const empty = { measures: [], scope: '', until: '' }
  it.each<[string, PaperType, Partial<ItemFacts>, string[]]>([
    ['complete', 'D06', {}, []],
    ['no confirmed basis', 'D06', { basis: { known: 0, unknown: [], unnamed: [] } }, ['basis_needed']],
    ['a local rule nobody named', 'D06', { basis: { known: 1, unknown: [], unnamed: ['地方条例'] } }, ['basis_local_unnamed']],
    ['no date', 'D06', { dueOn: null }, ['due_needed']],
    ['a date before the paper', 'D06', { dueOn: '2026-03-04' }, ['due_past']],
    ['today is a date', 'D06', { dueOn: on }, []],
    ['30 days (R1)', 'D06', { dueOn: '2026-04-04' }, []],
    ['31 days (R1)', 'D06', { dueOn: '2026-04-05' }, ['due_too_long']],
    ['major: 180 days', 'D06', { level: 'MAJOR', dueOn: '2026-09-01' }, []],
    ['major: 181 days', 'D06', { level: 'MAJOR', dueOn: '2026-09-02' }, ['due_too_long']],
    ['another day than the sister paper ordered', 'D06', { state: 'ORDERED', orderedTo: '2026-03-10' }, ['due_differs']],
    ['no result', 'D07', {}, ['result_needed']],
    ['passed', 'D07', { passed: true }, []],
    ['passed while the stop stands (安法§65)', 'D07', { passed: true, stopInForce: true }, ['stop_not_lifted']],
    ['passed and the stop lifted', 'D07', { passed: true, stopInForce: true, stopLifted: true }, []],
    ['failed without a word or a day', 'D07', { passed: false }, ['result_note_needed', 'new_due_needed']],
    ['failed with both', 'D07', { passed: false, note: '仍未加装', newDueOn: '2026-03-12' }, []],
  ])('%s %s', (_, type, more, expected) => expect(codes(completeRefusals(typeOf(type), [item(more)], empty, on))).toEqual(expected))
  it('D05 says which measure, for what, until when', () => {
    expect(codes(completeRefusals(typeOf('D05'), [item({ level: 'MAJOR' })], empty, on))).toEqual(['measure_needed', 'scope_needed', 'until_needed'])
    expect(completeRefusals(typeOf('D05'), [item({ level: 'MAJOR' })], { measures: ['STOP_USE'], scope: '2号喷房', until: '至复查同意' }, on)).toEqual([])
  })
})

describe('文书的先后（§3.3）', () => {
  const stand = (type: PaperType, state: Standing['state']): Standing => ({ type, state, title: type })
  const titles = (types: readonly PaperType[]) => types.join('')
  it.each<[string, PaperType, Standing[], Standing | null, string[]]>([
    ['an order with a signed record of the same visit', 'D06', [stand('D04', 'SIGNED')], null, []],
    ['an order whose record is only issued', 'D06', [stand('D04', 'ISSUED')], null, ['record_first']],
    ['an order without a record', 'D05', [], null, ['record_first']],
    ['a re-inspection of a served order', 'D07', [], stand('D06', 'SERVED'), []],
    ['a re-inspection of a served decision', 'D07', [], stand('D05', 'SERVED'), []],
    ['a re-inspection of an order that was never served', 'D07', [], stand('D06', 'SIGNED'), ['referred_not_served']],
    ['a re-inspection of a mere record', 'D07', [], stand('D04', 'SERVED'), ['referred_not_served']],
    ['a re-inspection that refers to nothing', 'D07', [], null, ['refer_needed']],
    ['advice', 'D30', [], null, []],
  ])('%s', (_, type, sisters, refer, expected) => expect(codes(needRefusals(typeOf(type), sisters, refer, titles))).toEqual(expected))
})

describe('审批（§0.6 职责分离）', () => {
  const base = { approverId: 'x', draftedBy: 'w', officers: ['w', 'h'], leader: false, items: [item()], on }
  it.each<[string, Partial<typeof base>, string[]]>([
    ['another person', {}, []],
    ['the drafter', { approverId: 'w' }, ['own_paper']],
    ['an officer of it', { approverId: 'h' }, ['own_paper']],
    ['major 90 days by the team lead', { items: [item({ level: 'MAJOR', dueOn: '2026-06-03' })] }, []],
    ['major 91 days by the team lead', { items: [item({ level: 'MAJOR', dueOn: '2026-06-04' })] }, ['leader_needed']],
    ['major 91 days by a leader', { leader: true, items: [item({ level: 'MAJOR', dueOn: '2026-06-04' })] }, []],
  ])('%s', (_, more, expected) => expect(codes(approveRefusals({ ...base, ...more }))).toEqual(expected))
})

const mark = (more: Partial<Signature>): Signature => ({ part: 'OFFICER', personId: null, name: '', duty: '', attachmentId: 'a', refused: null, reason: '', at: '', ...more })

describe('签名与送达', () => {
  const w = mark({ personId: 'w' })
  const h = mark({ personId: 'h' })
  const party = mark({ part: 'RECIPIENT', name: '冯' })
  it.each([['all', [w, h, party], true], ['one officer missing', [w, party], false], ['the party missing', [w, h], false], ['the party refused', [w, h, mark({ part: 'RECIPIENT', refused: 'REFUSED', reason: '不认可' })], true]])('%s', (_, signatures, done) => {
    expect(isSignedBy(['w', 'h'], signatures)).toBe(done)
  })
  const base: Service = { method: 'DIRECT', servedOn: on }
  const refused = mark({ part: 'RECIPIENT', refused: 'REFUSED', reason: '不认可' })
  it.each<[string, Partial<Service>, Signature | undefined, string[]]>([
    ['直接, signed', {}, party, []],
    ['直接, although refused', {}, refused, ['direct_needs_signature']],
    ['留置 with witness', { method: 'LEFT', witness: '社区 李' }, refused, []],
    ['留置 without witness', { method: 'LEFT' }, refused, ['left_needs_witness']],
    ['留置 although signed', { method: 'LEFT', witness: '李' }, party, ['left_needs_refusal']],
    ['邮寄 without number', { method: 'MAIL' }, refused, ['mail_needs_number']],
    ['电子 without the confirmation (罚法§61)', { method: 'ELECTRONIC' }, party, ['electronic_needs_confirmation']],
    ['公告 without reason', { method: 'NOTICE', reference: '区政府网站' }, refused, ['notice_needs_reason']],
    ['before the issue', { servedOn: '2026-03-04' }, party, ['served_before_issue']],
    ['tomorrow', { servedOn: '2026-03-06' }, party, ['served_in_future']],
  ])('%s', (_, more, recipient, expected) => expect(codes(serveRefusals({ ...base, ...more }, { issuedOn: on, today: on, recipient }))).toEqual(expected))
})

describe('状态表', () => {
  it('every state but the last two has a way on, and every way asks for a right', () => {
    for (const state of PAPER_STATES) expect(Object.keys(paperLifecycle[state]).length > 0).toBe(state !== 'REVOKED' && state !== 'VOIDED')
    for (const { move } of movesOf(paperLifecycle)) expect(move.verb).toMatch(/^enforcement\./)
  })
  it('what was served is never voided', () => expect(moveOf(paperLifecycle, 'SERVED', 'void', 'x')).toHaveProperty('refusal'))
})

describe('本地样式', () => {
  const d06 = typeOf('D06')
  const same = { wordCode: '责改', copyHolders: d06.copyHolders, rights: d06.rights }
  it.each([
    ['another word', { ...same, wordCode: '改' }, []],
    ['no number for a numbered paper', { ...same, wordCode: null }, ['form_numbering']],
    ['an order without remedies', { ...same, rights: null }, ['form_rights']],
    ['a place nothing fills', { ...same, copyHolders: '一份交{party}' }, ['form_place']],
    ['empty braces', { ...same, rights: '向{}申请' }, ['form_place']],
  ])('%s', (_, given, expected) => expect(codes(formRefusals(d06, given))).toEqual(expected))
})

describe('README', () => {
  it('carries the diagram of the table', () => {
    expect(readFileSync(new URL('./README.md', import.meta.url), 'utf8')).toContain(diagramOf(paperLifecycle, STATE_ZH))
  })
})
