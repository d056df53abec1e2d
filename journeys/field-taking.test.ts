import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { within } from '../capabilities/hazard/server/fixtures.ts'
import { openTodo } from '../capabilities/todo/server/public.ts'
import { areas, ids } from '../house/cast.ts'
import { type Phone, phoneOf } from './phone.ts'
import { type Stage, shot, stage } from './stage.ts'

/** Wang and He could both go there; one says that he does. */
let set: Stage
let wang: Phone
let he: Phone
beforeAll(async () => {
  set = await stage()
  ;[wang, he] = [await phoneOf(set, 'wang'), await phoneOf(set, 'he')]
})
afterAll(async () => {
  for (const one of [wang, he]) await one?.wire.close()
  await set?.close()
})

async function opened(title: string): Promise<void> {
  const id = randomUUID()
  await within(set.world, 'xu', async (ctx) => openTodo(ctx, { kind: 'test.go', dedupeKey: `test:${id}`, subject: { aggregate: 'test', id }, title, why: '热线反映', verb: 'visit.inspect', personId: null, areaCode: areas.community, gridId: ids.grid, enterpriseId: ids.enterprise, dueAt: null, link: `/enterprises/${ids.enterprise}` }))
}
const card = ({ page }: Phone, title: string) => page.locator('.f-card', { hasText: title })

async function today(one: Phone): Promise<void> {
  await one.sync()
  await one.go('/')
}

describe('a task that several could do', () => {
  it('is taken by one, seen as his by the other, given back with a reason, and taken by the other', async () => {
    await opened('现场核实：汀前路积水')
    await today(wang)
    await card(wang, '汀前路积水').getByRole('button', { name: '领取' }).click()
    await card(wang, '汀前路积水').getByText('您已领取').waitFor()
    await today(wang)
    await today(he)
    await card(he, '汀前路积水').getByText('王砚川已领取').waitFor()
    await he.page.getByRole('heading', { name: /同事已领取/ }).waitFor()
    expect(await card(he, '汀前路积水').getByRole('button', { name: '领取' }).count()).toBe(0)
    await shot(he.page, 'field-taken')
    await card(wang, '汀前路积水').getByRole('button', { name: '退还' }).click()
    await wang.page.getByRole('button', { name: '今天到不了现场' }).click()
    await shot(wang.page, 'field-give-back')
    await wang.page.getByRole('button', { name: '退还给有权办理的同事' }).click()
    await today(wang)
    await today(he)
    await card(he, '汀前路积水').getByText('退还：王砚川：今天到不了现场').waitFor()
    await card(he, '汀前路积水').getByRole('button', { name: '领取' }).click()
    await today(he)
    await card(he, '汀前路积水').getByText('您已领取').waitFor()
    // The desk says it too.
    const desk = await set.enter('xu')
    await desk.locator('.ag-todo', { hasText: '汀前路积水' }).getByText('何汀筠已领取').waitFor()
    await desk.context().close()
    expect(set.complaints).toEqual([])
  }, 120_000)

  it('taken by both without a line: who arrives later is told by whom, side by side, and loses nothing', async () => {
    await opened('现场核实：冷库氨味')
    for (const one of [wang, he]) await today(one)
    for (const one of [wang, he]) {
      await card(one, '冷库氨味').waitFor()
      one.wire.cut()
      await card(one, '冷库氨味').getByRole('button', { name: '领取' }).click()
      await card(one, '冷库氨味').getByText('您已领取，待发送').waitFor()
    }
    he.wire.mend()
    await he.sync()
    wang.wire.mend()
    await wang.sync()
    await wang.page.getByText(/何汀筠已在.+领取这件事/).waitFor()
    const sides = wang.page.getByRole('group', { name: '对照' })
    await sides.getByText('领取待办').waitFor()
    await sides.getByText('何汀筠已领取').waitFor()
    await shot(wang.page, 'field-taken-conflict')
    await wang.page.getByRole('button', { name: '以现在的为准' }).click()
    await wang.page.getByText('已搁置').waitFor()
    await wang.go('/')
    await card(wang, '冷库氨味').getByText('何汀筠已领取').waitFor()
  }, 120_000)
})
