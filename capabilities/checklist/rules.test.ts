import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagramOf, movesOf } from '../../kernel/core/lifecycle.ts'
import type { ChecklistItem, ChecklistState, ChecklistVersion } from './checklist.ts'
import { shippedChecklist } from './library.ts'
import type { ChecklistAction } from './lifecycle.ts'
import { checklistLifecycle } from './lifecycle.ts'
import { diffVersions, refusePublish, refuseRetire, refuseState, refuseUse, revised, supersededBy } from './rules.ts'
import { refusalText, STATE_NAMES } from './zh.ts'

const yc = shippedChecklist('YC')
const ycItem = (n: number): ChecklistItem => {
  const found = yc.items[n]
  if (found === undefined) throw new Error(`no item ${n}`)
  return found
}
const id = (n: number) => `0199a000-0000-7000-8000-00000000000${n}`
const draft = (more: Partial<ChecklistVersion> = {}): ChecklistVersion => ({ ...revised(yc, [yc], id(2)), ...more })
const withItem = (more: Partial<ChecklistItem>) => draft({ items: yc.items.map((i, n) => (n === 0 ? { ...i, ...more } : i)) })
const publish = (version: ChecklistVersion, date = '2026-12-01') => refusePublish(version, [yc], date).map((r) => [r.code, r.field])

describe('发布', () => {
  it.each<[string, ChecklistVersion, [string, string | undefined][]]>([
    ['合格的草稿', draft(), []],
    ['没有检查项', draft({ items: [] }), [['checklist.empty', 'items']]],
    ['没有走访方式', draft({ visitKinds: [] }), [['checklist.no_visit_kind', 'visitKinds']]],
    ['版本号没有变大', draft({ version: 1 }), [['checklist.version_not_newer', 'version']]],
    ['已发布的不能再发布', { ...yc, version: 9 }, [['checklist.not_draft', undefined]]],
    ['编号重复', withItem({ code: 'YC-02' }), [['checklist.item_code_twice', 'items.1.code']]],
    ['立即停用不给宽限', withItem({ severity: 'STOP_USE', defaultDays: 3 }), [['checklist.stop_use_not_at_once', 'items.0.defaultDays']]],
    ['没有依据', withItem({ legalBasis: [] }), [['checklist.basis_missing', 'items.0.legalBasis']]],
    ['§2.1 重大须有判定条款', withItem({ severity: 'MAJOR' }), [['checklist.major_without_clause', 'items.0.majorClauseIds']]],
    ['条款不存在', withItem({ majorClauseIds: ['GM-99-1'] }), [['checklist.clause_unknown', 'items.0.majorClauseIds']]],
    ['GM-14 不能单独引用', withItem({ majorClauseIds: ['GM-14'] }), [['checklist.clause_unknown', 'items.0.majorClauseIds']]],
    ['加分没有分值', withItem({ bonus: true }), [['checklist.bonus_without_points', 'items.0.points']]],
  ])('%s', (_name, version, expected) => expect(publish(version)).toEqual(expected))

  it('一次说出全部拒绝理由', () => {
    expect(publish(draft({ visitKinds: [], items: [], version: 1 })).map(([code]) => code)).toEqual(['checklist.version_not_newer', 'checklist.no_visit_kind', 'checklist.empty'])
  })

  it('条款全部失效的不能发布, 有一条现行即可 (2026-09-30 换标准)', () => {
    const old = withItem({ majorClauseIds: ['HG-20'] })
    expect(publish(old, '2026-09-29')).toEqual([])
    expect(publish(old, '2026-09-30')).toEqual([['checklist.clause_out_of_force', 'items.0.majorClauseIds']])
    expect(publish(withItem({ majorClauseIds: ['HG-20', 'AQ-5.5.8'] }), '2026-09-30')).toEqual([])
  })

  it('新版发布后旧版停用, 别的表不受影响', () => {
    const fg = shippedChecklist('FG')
    expect(supersededBy(draft(), [yc, fg, draft({ id: id(3) })]).map((v) => v.id)).toEqual([yc.id])
  })

  it('版本号只和发布过的比, 旁边的草稿不算', () => {
    expect(refusePublish(draft({ version: 2 }), [yc, draft({ id: id(3), version: 3 })], '2026-12-01')).toEqual([])
  })
})

describe('状态', () => {
  const allowed: Record<ChecklistState, ChecklistAction[]> = { DRAFT: ['edit', 'publish', 'retire'], PUBLISHED: ['revise', 'retire'], RETIRED: ['revise'] }
  const actions: ChecklistAction[] = ['edit', 'publish', 'retire', 'revise']
  const cells = (Object.keys(allowed) as ChecklistState[]).flatMap((state) => actions.map((action) => [state, action, allowed[state].includes(action)] as const))

  it.each(cells)('%s 时 %s: %s', (state, action, ok) => expect(refuseState({ ...yc, state }, action).length === 0).toBe(ok))

  it('已发布的内容不可改, 说明该怎么做', () => {
    expect(refuseState(yc, 'edit').map(refusalText)).toEqual(['《夜查工贸企业检查表》第 1 版已发布，内容不能再改；请修订出新版'])
  })

  it('停用: 还在用的不能停', () => {
    expect(refuseRetire(yc, 0)).toEqual([])
    expect(refuseRetire(yc, 2).map(refusalText)).toEqual(['还有 2 个进行中的专项或计划在用《夜查工贸企业检查表》，不能停用'])
    expect(refuseRetire({ ...yc, state: 'RETIRED' }, 1).map((r) => r.code)).toEqual(['checklist.wrong_state', 'checklist.in_use'])
  })

  it('没有一个动作能回到草稿', () => {
    expect(movesOf(checklistLifecycle).filter((m) => m.move.to === 'DRAFT' || (m.from !== 'DRAFT' && m.action === 'edit'))).toEqual([])
  })

  it('README 里的状态图就是这张表', () => {
    expect(readFileSync(new URL('./README.md', import.meta.url), 'utf8')).toContain(diagramOf(checklistLifecycle, STATE_NAMES))
  })

  it('修订生成的草稿与原版互不牵连', () => {
    const next = revised(yc, [yc, { ...yc, id: id(5), version: 4 }], id(6))
    expect([next.version, next.state, next.id]).toEqual([5, 'DRAFT', id(6)])
    for (const item of next.items) item.content = '改过'
    expect(yc.items[0]?.content).toBe('夜班带班负责人在厂')
  })
})

describe('使用 (domain §3.1)', () => {
  it.each<[string, ChecklistVersion, string, string[]]>([
    ['专项检查可用夜查表', yc, 'ADMIN_SPECIAL', []],
    ['网格巡查不能用行政检查的夜查表', yc, 'PATROL', ['checklist.wrong_visit_kind']],
    ['草稿不能用', draft(), 'ADMIN_SPECIAL', ['checklist.not_published']],
  ])('%s', (_name, version, kind, codes) => expect(refuseUse(version, kind).map((r) => r.code)).toEqual(codes))

  it.each([['停用前开始的走访晚到，仍按当时的版本', '2026-03-05T01:59:59Z', []], ['停用后开始的不行', '2026-03-05T02:00:00Z', ['checklist.not_published']]] as const)('%s', (_name, at, codes) => {
    const retired: ChecklistVersion = { ...yc, state: 'RETIRED', retiredAt: '2026-03-05T02:00:00.000Z' }
    expect(refuseUse(retired, 'ADMIN_SPECIAL', at).map((r) => r.code)).toEqual(codes)
    expect(refuseUse({ ...yc, state: 'RETIRED' }, 'ADMIN_SPECIAL', at).map((r) => r.code)).toEqual(['checklist.not_published'])
    expect('retiredAt' in revised(retired, [retired], id(3))).toBe(false)
  })
})

describe('版本对比', () => {
  it('内容没改的修订稿没有差异', () => expect(diffVersions(yc, draft())).toEqual({ added: [], removed: [], changed: [], moved: [] }))

  it('按编号列出新增、删除、修改的栏目和前后值', () => {
    const rest = yc.items.slice(2)
    const added = { ...ycItem(0), code: 'YC-41', content: '新项' }
    const { added: plus, removed, changed, moved } = diffVersions(yc, { items: [{ ...ycItem(1), defaultDays: 3 }, ...rest, added] })
    expect([plus.map((i) => i.code), removed.map((i) => i.code), moved]).toEqual([['YC-41'], ['YC-01'], []])
    expect(changed).toEqual([{ code: 'YC-02', fields: [{ field: 'defaultDays', before: 0, after: 3 }] }])
  })

  it('去掉的可选栏目也算修改', () => {
    const jx = shippedChecklist('JX')
    const after = { items: jx.items.map((i) => (i.code === 'JX-22' ? { ...i, stopWhen: undefined } : i)) }
    expect(diffVersions(jx, after).changed).toEqual([{ code: 'JX-22', fields: [{ field: 'stopWhen', before: '漏气', after: undefined }] }])
  })

  it('只换次序的单独列出', () => {
    expect(diffVersions(yc, { items: [ycItem(1), ycItem(0), ...yc.items.slice(2)] })).toEqual({ added: [], removed: [], changed: [], moved: ['YC-02', 'YC-01'] })
  })
})
