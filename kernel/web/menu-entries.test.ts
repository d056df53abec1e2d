import { describe, expect, it } from 'vitest'
import { entriesOf, entryOf } from './menu-entries.ts'
import type { Screen } from './screen.ts'

const nothing = () => null
const screens: Screen[] = [
  { path: '/papers', element: nothing, menu: { group: '执法文书', label: '文书', order: 1, verb: 'enforcement.read' } },
  { path: '/hazards/supervisions', element: nothing, menu: { group: '隐患闭环', label: '挂牌督办', order: 2, verb: ['hazard.supervise', 'hazard.close_major'] } },
  { path: '/hazards', element: nothing, menu: { group: '隐患闭环', label: '隐患台账', order: 1, verb: 'hazard.read' } },
  { path: '/', element: nothing, menu: { group: '工作台', label: '工作台', order: 0, verb: 'signed_in' } },
  { path: '/hazards/:id', element: nothing },
]
const labels = (verbs: string[]) => entriesOf(screens, { verbs }).map(({ group, entries }) => [group, ...entries.map((e) => e.label)])

describe('菜单', () => {
  it('只列出有权的项；没有一项的组不出现；登录即有工作台', () => {
    expect(labels([])).toEqual([['工作台', '工作台']])
    expect(labels(['enforcement.read'])).toEqual([['工作台', '工作台'], ['执法文书', '文书']])
  })
  it('按一天工作的次序排组，组内按次序排项；几种权限有其一即可', () => {
    expect(labels(['enforcement.read', 'hazard.read', 'hazard.close_major'])).toEqual([['工作台', '工作台'], ['隐患闭环', '隐患台账', '挂牌督办'], ['执法文书', '文书']])
  })
  it.each([
    ['/', '/'],
    ['/hazards', '/hazards'],
    ['/hazards/0199', '/hazards'],
    ['/hazards/supervisions', '/hazards/supervisions'],
    ['/hazardsx', undefined],
    ['/me/password', undefined],
  ])('地址 %s 对应菜单 %s', (pathname, wanted) => {
    expect(entryOf(pathname, ['/', '/hazards', '/hazards/supervisions'])).toBe(wanted)
  })
})
