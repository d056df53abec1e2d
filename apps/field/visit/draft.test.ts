import { describe, expect, it } from 'vitest'
import { shippedChecklist } from '../../../capabilities/checklist/library.ts'
import type { ChecklistRow, SiteRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { RecordVisit } from '../../../capabilities/visit/visit.ts'
import { answered, answerItem, answerKey, categoriesOf, draftAt, draftOf, findingOfItem, freeFinding, gapsOfFinding, kindsAt, listsFor, photosOf, restComplies, toRecord, type VisitDraft } from './draft.ts'
import { loadTexts } from '../texts.ts'
import { asksOf } from './asks.ts'

loadTexts()

const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`
const now = '2026-11-20T13:40:00.000Z'
const lists = (['FG', 'YC', 'JX'] as const).map((code): ChecklistRow => {
  const { version, ...list } = shippedChecklist(code)
  return { ...list, state: 'PUBLISHED', number: version, version: 1, legalBasis: [...list.legalBasis] }
})
const site = { id: id(1), enterpriseId: id(2), name: '汀前五金店', siteName: '汀前五金店', address: '汀前路8号', kind: 'SMALL_SHOP', tags: [], sector: null } as unknown as SiteRow
const me = { personId: id(3), name: '林禾安', organisation: '望汀街道应急办' }
const patrolList = lists.find((list) => list.visitKinds.includes('PATROL'))!
const patrol = (): VisitDraft => draftAt(site, 'PATROL', [patrolList.id], { id: id(9), now, me })
const everything = (draft: VisitDraft): VisitDraft => categoriesOf([patrolList]).reduce((now, category) => ({ ...now, ...restComplies(now, category) }), draft)

describe('a visit in work', () => {
  it('a grid officer may patrol at once and is never an officer of an inspection', () => {
    expect(kindsAt(['visit.patrol', 'visit.record'])).toEqual([{ kind: 'PATROL' }])
    expect(patrol().people).toEqual([{ personId: me.personId, name: me.name, part: 'GRID', conflictDeclared: false }])
  })
  it('an inspector may begin only the urgent case at the door; the rest is approved before', () => {
    const open = kindsAt(['visit.inspect'])
    expect(open.filter(({ why }) => !why).map(({ kind }) => kind)).toEqual(['ADMIN_CASE'])
    expect(open.find(({ kind }) => kind === 'ADMIN_DAILY')?.why).toMatch(/事先审批/)
  })
  it('offers the lists meant for the kind and the place', () => {
    expect(listsFor(lists, 'PATROL', site).every((list) => list.visitKinds.includes('PATROL'))).toBe(true)
    expect(listsFor(lists, 'PATROL', site).length).toBeGreaterThan(0)
    expect(listsFor(lists.map((list) => ({ ...list, state: 'RETIRED' as const })), 'PATROL', site)).toEqual([])
  })
  it('the rest of a category complies only by an act that is written down as such', () => {
    const [category] = categoriesOf([patrolList])
    const first = category!.items[0]!
    const one = { ...patrol(), ...answerItem(patrol(), patrolList.id, first, { answer: 'NOT_APPLICABLE', reason: 'NO_SUCH_THING' }) }
    const after = { ...one, ...restComplies(one, category!) }
    expect(after.answers[answerKey(patrolList.id, first.code)]).toEqual({ answer: 'NOT_APPLICABLE', reason: 'NO_SUCH_THING' })
    expect(Object.values(after.answers).filter((a) => a.byRest).length).toBe(category!.items.length - 1)
    expect([answered(one, category!), answered(after, category!)]).toEqual([1, category!.items.length])
  })
  it('what was found with a photo stays when the answer is taken back', () => {
    const item = patrolList.items[0]!
    const found = { ...patrol(), findings: [{ ...findingOfItem(id(20), patrolList.id, item, false), before: [id(30)] }, findingOfItem(id(21), patrolList.id, item, false)] }
    const after = answerItem(found, patrolList.id, item, { answer: 'COMPLIES' })
    expect(after.findings).toMatchObject([{ id: id(20), before: [id(30)] }])
    expect(after.findings?.[0]?.itemCode).toBeUndefined()
  })
  it('says before sending what the server would refuse', () => {
    expect(asksOf(patrol(), [patrolList], now).map(({ text }) => text).join()).toMatch(/未作答|没有作答|作答/)
    expect(asksOf(everything(patrol()), [patrolList], now)).toEqual([])
    expect(asksOf({ ...patrol(), outcome: 'LOCKED' }, [patrolList], now).map(({ field }) => field)).toEqual(['outcomePhotos'])
    expect(asksOf({ ...patrol(), outcome: 'LOCKED', outcomePhotos: [id(30)] }, [patrolList], now)).toEqual([])
  })
  it('a failed item asks for its hazard, and the hazard for a photo', () => {
    const item = patrolList.items.find((one) => one.evidence === 'PHOTO' && one.severity === 'GENERAL')!
    const failed = { ...everything(patrol()), ...answerItem(everything(patrol()), patrolList.id, item, { answer: 'FAILS' }) }
    expect(asksOf(failed, [patrolList], now).map(({ text }) => text).join()).toContain(item.code)
    const finding = { ...findingOfItem(id(20), patrolList.id, item, false), location: '店内' }
    expect(gapsOfFinding(finding, item.evidence)).toEqual(['请拍隐患照片'])
    const whole = { ...failed, findings: [{ ...finding, before: [id(30)] }] }
    expect(asksOf(whole, [patrolList], now)).toEqual([])
    expect(photosOf(whole)).toEqual([id(30)])
  })
  it('what was fixed on the spot needs the picture after it, and a major hazard is never so', () => {
    const free = { ...freeFinding(id(20)), location: '门口', description: '堆物', requirement: '清走', before: [id(30)] }
    expect(gapsOfFinding(free, 'PHOTO')).toEqual([])
    expect(gapsOfFinding({ ...free, fixed: true }, 'PHOTO')).toEqual(['现场已改须拍整改后照片'])
    expect(gapsOfFinding({ ...free, fixed: true, after: [id(31)], level: 'MAJOR' }, 'PHOTO')).toEqual(['重大事故隐患不能按“现场已改”了结'])
  })
  it('the command is one the contract accepts, without answers where nobody looked', () => {
    expect(RecordVisit.safeParse(toRecord(everything(patrol()), now)).success).toBe(true)
    const locked = toRecord({ ...everything(patrol()), outcome: 'LOCKED', outcomePhotos: [id(30)] }, now)
    expect([locked.answers, locked.findings, locked.outcomePhotos]).toEqual([[], [], [id(30)]])
  })
  it('an approved inspection keeps its people and grounds; a refused signature names the witness', () => {
    const visit = {
      id: id(9), kind: 'ADMIN_DAILY', state: 'APPROVED', version: 4, enterpriseName: '北澜造纸', enterpriseId: id(2), siteId: id(1), siteName: '厂区', versionIds: [lists[1]!.id], purpose: '双随机抽查', taskSource: 'RANDOM_DRAW', clueKind: null, clueNo: null, planReference: null, withinVisitId: null,
      scanned: false, arrivedAt: null, idShownAt: null, informedAt: null, draft: [], people: [{ personId: id(3), name: '王砚川', organisation: null, part: 'OFFICER', certificateNo: '1', certificateValidTo: null, conflictDeclared: true, conflict: null }],
    } as unknown as VisitRow
    const draft = draftOf(visit, site, { now, scannedAt: now })
    expect(draft).toMatchObject({ version: 4, grounds: { purpose: '双随机抽查', taskSource: 'RANDOM_DRAW' }, scan: { moment: 'BEFORE' } })
    const sent = toRecord({ ...draft, refused: true, refusalReason: '负责人拒签', witnessName: '周予宁', officerSigns: { [id(3)]: id(40) }, companySign: id(41) }, now)
    expect(sent.signature).toEqual({ state: 'REFUSED', officerAttachmentIds: [id(40)], refusalReason: '负责人拒签', witnessName: '周予宁' })
    expect(sent.baseVersion).toBe(4)
  })
})
