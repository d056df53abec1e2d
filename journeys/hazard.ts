import type { Locator, Page } from 'playwright-core'
import { act, attach, field, item, photo } from './acts.ts'
import { go } from './stage.ts'
import type { Story } from './story.ts'

/** The five points of a plan. */
export const plan = (measures: string) => async (dialog: Locator) => {
  for (const [label, text] of [['措施', measures], ['责任人', '赵启澄'], ['应急预案', '断电时停机疏散'], ['资金', '3000']] as const) await field(dialog, label).fill(text)
}

/** Opens the hazard at this place from one's own list. */
export async function hazardAt(page: Page, place: string, filter = ''): Promise<void> {
  await go(page, `/hazards${filter}`)
  await page.getByRole('link', { name: place }).or(page.getByText(place)).first().click()
  await page.getByRole('heading', { name: '经过' }).waitFor()
}

/** Assigns this round of re-inspection to wang and the new inspector. */
export async function assign(s: Story, place: string): Promise<void> {
  const page = await s.at('xu')
  await hazardAt(page, place, '?states=SUBMITTED')
  await act(page, '安排复查', undefined, async (dialog) => {
    for (const name of ['王砚川', '苏见微']) await dialog.getByRole('checkbox', { name: new RegExp(name) }).check()
  })
  await page.getByText('复查中').first().waitFor()
}

/** The enterprise hands in with a photo of after; a major hazard with its report too. */
export async function handIn(page: Page, place: string, note: string, major = false): Promise<void> {
  await hazardAt(page, place)
  await act(page, '提交整改', undefined, async (dialog) => {
    await attach(item(dialog, '整改后照片'))
    if (major) await item(dialog, '验收或评估报告').locator('input[type=file]').setInputFiles(await photo('验收报告.jpg'))
    if (major) await item(dialog, '验收或评估报告').locator('img').first().waitFor()
    await field(dialog, '整改情况').fill(note)
  })
  await page.getByText('待复查').first().waitFor()
}
