import { describe, expect, it } from 'vitest'
import { shippedRoles } from '../staff/roles.ts'
import { PAPER_STATES, type PaperType } from './doc-type.ts'
import { paperLifecycle } from './lifecycle.ts'
import type { PaperContent, Service } from './paper.ts'
import { askRefusals, decideRefusals, serveRecallRefusals } from './recall.ts'

const codes = (refusals: readonly { code: string }[]) => refusals.map((r) => r.code.replace('enforcement.', ''))
const content = { items: [{ no: 'HZ-1', dueOn: '2026-03-20', newDueOn: null, requirement: '加装漏电保护器' }], scope: '2号喷房', until: '' } as unknown as PaperContent
const paper = { type: 'D06' as PaperType, content, page: '安川澜湖精密五金有限公司 地址：望汀街道汀前路l号 于2026年3月20日前整改完毕，加装漏电保护器', open: false, above: [] as string[] }
const slip = { wrong: '汀前路l号', right: '汀前路1号' }

describe('提请撤销、更正', () => {
  it.each<[string, Parameters<typeof askRefusals>[0], Partial<typeof paper>, string[]]>([
    ['an order is revoked', { kind: 'REVOKE', corrections: [] }, {}, []],
    ['an order on which a re-inspection stands', { kind: 'REVOKE', corrections: [] }, { above: ['整改复查意见书'] }, ['recall_depended']],
    ['a re-inspection is reopened, not revoked', { kind: 'REVOKE', corrections: [] }, { type: 'D07' }, ['revoke_reinspection']],
    ['while another is under way', { kind: 'REVOKE', corrections: [] }, { open: true }, ['recall_open']],
    ['a slip of the pen', { kind: 'CORRECT', corrections: [slip] }, {}, []],
    ['a slip in a paper on which others stand', { kind: 'CORRECT', corrections: [slip] }, { above: ['整改复查意见书'] }, []],
    ['nothing to correct', { kind: 'CORRECT', corrections: [] }, {}, ['correction_needed']],
    ['words that are not there', { kind: 'CORRECT', corrections: [{ wrong: '城西', right: '城东' }] }, {}, ['correction_not_there']],
    ['the same words', { kind: 'CORRECT', corrections: [{ wrong: '汀前路l号', right: '汀前路l号' }] }, {}, ['correction_same']],
    ['the term', { kind: 'CORRECT', corrections: [{ wrong: '2026年3月20日', right: '2026年3月30日' }] }, {}, ['correction_of_substance']],
    ['a part of the term', { kind: 'CORRECT', corrections: [{ wrong: '3月20日', right: '3月30日' }] }, {}, ['correction_of_substance']],
    ['what is demanded', { kind: 'CORRECT', corrections: [{ wrong: '加装漏电保护器', right: '加装防护罩' }] }, {}, ['correction_of_substance']],
  ])('%s', (_, given, more, expected) => expect(codes(askRefusals(given, { ...paper, ...more }))).toEqual(expected))
})

describe('决定与送达', () => {
  it.each([['the leader', 'chen', []], ['the one who asked', 'wang', ['own_recall']], ['an officer of the paper', 'he', ['own_recall']]])('%s', (_, deciderId, expected) => {
    expect(codes(decideRefusals({ deciderId, askedBy: 'wang', officers: ['wang', 'he'] }))).toEqual(expected)
  })
  it.each<[string, Partial<Service>, string[]]>([
    ['直接', { receiver: '冯立勤' }, []], ['直接 without a receiver', {}, ['receiver_needed']], ['留置 without a witness', { method: 'LEFT' }, ['left_needs_witness']],
    ['before it was decided', { receiver: '冯', servedOn: '2026-03-04' }, ['recall_served_early']], ['tomorrow', { receiver: '冯', servedOn: '2026-03-07' }, ['served_in_future']],
    ['邮寄 without a number', { method: 'MAIL' }, ['mail_needs_number']], ['电子 without the confirmation', { method: 'ELECTRONIC' }, ['electronic_needs_confirmation']], ['公告 without reason', { method: 'NOTICE', reference: '网站' }, ['notice_needs_reason']],
  ])('%s', (_, more, expected) => expect(codes(serveRecallRefusals({ method: 'DIRECT', servedOn: '2026-03-06', ...more }, { decidedOn: '2026-03-05', today: '2026-03-06' }))).toEqual(expected))
})

/** Written down a second time, by hand: from where, and who by his role. */
const law = [
  ['P13', 'askRecall', ['INSPECTOR', 'TEAM_LEAD']],
  ['P14', 'decideRecall', ['BUREAU_LEADER', 'DIRECTOR']],
  ['P15', 'withdrawRecall', ['INSPECTOR', 'TEAM_LEAD']],
  ['P16', 'serveRecall', ['INSPECTOR', 'TEAM_LEAD']],
] as const

describe('谁能办、从哪个状态', () => {
  it.each(law)('%s %s', (id, action, roles) => {
    for (const state of PAPER_STATES) expect(paperLifecycle[state][action]?.id, state).toBe(state === 'SERVED' ? id : undefined)
    const verb = paperLifecycle.SERVED[action]!.verb
    expect(shippedRoles.filter((r) => r.verbs.includes(verb)).map((r) => r.code)).toEqual(roles)
  })
})
