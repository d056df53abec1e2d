import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'
import { after, alone, answer, answered, approved, dailyPlan, finding, inspection, officers, photos, withChecklists, yc } from './fixtures.ts'

let w: World
let signs: string[]
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
  signs = await photos(w, 'wang', 3)
})
afterAll(() => w.close())

describe('走访：办得成', () => {
  it('计划、报批、批准、到场、办结，四项隐患（一项现场已改，一项重大）登记成功', async () => {
    const { id, version } = await approved(w)
    const started = await w.as('wang').do(operations.start, { id, baseVersion: version, arrivedAt: after(w, -60), scan: { moment: 'BEFORE', scannedAt: after(w, -60) }, idShownAt: after(w, -59), informedAt: after(w, -58) })
    expect(started).toMatchObject({ state: 'IN_PROGRESS', warnings: [] })
    const [b1, b2, b3, b4] = await photos(w, 'wang', 4)
    const recorded = await w.as('wang').do(operations.record, inspection(w, id, {
      baseVersion: started.version, signs,
      answers: answered(answer('YC-08', 'FAILS'), answer('YC-09', 'FIXED'), answer('YC-29', 'FAILS'), answer('YC-03', 'FAILS')),
      findings: [
        finding('YC-08', { photosBefore: [b1!] }),
        finding('YC-09', { photosBefore: [b2!], photosAfter: [b3!], fixed: true }),
        finding('YC-29', { photosBefore: [b4!], level: 'MAJOR', clauseId: 'GM-11-1', immediateStop: true, opinion: { kind: 'TEAM_REVIEW', text: '符合判定条款', by: '许听澜' } }),
        finding('YC-03'),
      ],
    }))
    expect(recorded).toMatchObject({ state: 'DONE' })
    expect(recorded.hazards).toHaveLength(4)
    const detail = await w.as('wang').do(operations.get, { id })
    expect(detail).toMatchObject({ outcome: 'CHECKED', findingCount: 4, fixedCount: 1, majorCount: 1, answerCount: 40, compliedCount: 36, papersAllowed: true, scanned: true, businessDate: '2026-03-05' })
    expect(detail.findings.map((f) => [f.itemCode, f.level]).sort()).toEqual([['YC-03', 'GENERAL'], ['YC-08', 'GENERAL'], ['YC-09', 'GENERAL'], ['YC-29', 'MAJOR']])
    expect(detail.answers.find((a) => a.itemCode === 'YC-08')).toMatchObject({ answer: 'FAILS', hazardId: recorded.hazards[0]!.id, byRest: false })
    expect(detail.people.filter((p) => p.part === 'OFFICER').map((p) => p.certificateNo)).toEqual(['990101001', '990101002'])
    expect(detail.timeline.map((e) => e.label)).toEqual(['安排任务', '报批', '批准', '到场开始', '办结'])
  })
})
