import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CastName } from '../house/cast.ts'
import { go, type Stage, stage } from './stage.ts'

let set: Stage
beforeAll(async () => {
  set = await stage()
}, 120_000)
afterAll(() => set?.close())

/** Inputs of a page that a screen reader could not name; pickers of a table's pages aside. */
const nameless = `[...document.querySelectorAll('main input:not([type=hidden]):not([type=file]), main textarea, main [role=combobox], main [role=switch]')]
  .filter((e) => e.offsetParent !== null && !e.closest('.ant-pagination') && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby') && !(e.labels && [...e.labels].some((l) => l.textContent.trim())))
  .map((e) => e.outerHTML.slice(0, 120))`

/** Pages of a person, and something of each that shows it is there. */
const forms: readonly (readonly [CastName, string, string])[] = [
  ['wang', '/hazards/new', '描述'], ['wang', '/hazards', '查找'], ['wang', '/visits/record?kind=ADMIN_CASE', '线索编号'], ['wang', '/visits', '查找'], ['wang', '/map', '查找'], ['wang', '/criteria', '判定标准'], ['wang', '/papers/new', '起草文书'],
  ['xu', '/enterprises/new', '统一社会信用代码'], ['xu', '/parks/new', '园区'], ['zhao', '/hazards/new', '描述'], ['lin', '/visits/record', '检查表'], ['sun', '/people', '查找'],
]

describe('every input has a name', () => {
  it.each(forms)('%s at %s', { timeout: 60_000 }, async (who, path, there) => {
    const page = await set.enter(who)
    await go(page, path)
    await page.locator('main').getByText(there).first().waitFor()
    await page.waitForLoadState('networkidle')
    // Several inputs name themselves just after they are drawn.
    await expect.poll(() => page.evaluate(nameless)).toEqual([])
    expect(await page.locator('main input, main textarea').count(), 'the page asks for something').toBeGreaterThan(0)
    await page.context().close()
  })
})
