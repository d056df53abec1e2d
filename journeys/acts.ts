import { randomBytes } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { credentials } from './chromium.ts'

/** Things people do with a mouse or a finger, in the words of the screens. */

/** Types login and password into the form and waits for the frame. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await credentials(page, login, password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
}

/** The part of a form under this label. */
export const item = (place: Page | Locator, label: string): Locator => place.locator(`.ant-form-item:has(label:has-text("${label}"))`).first()

/** The input under a label of a form, whether or not the label points at it. */
export const field = (place: Page | Locator, label: string): Locator => item(place, label).locator('input:not([type=file]), textarea').first()

/** Opens a select, types if asked, and takes the first option that holds the text; areas are a tree. */
export async function choose(page: Page, box: Locator, text: string, typed?: string): Promise<void> {
  if (((await box.textContent()) ?? '').includes(text)) return
  await box.click()
  if (typed) await page.keyboard.type(typed)
  const list = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
  await list.locator('.ant-select-item-option, .ant-select-tree-node-content-wrapper', { hasText: text }).first().click()
  // A list that is still closing swallows the next choice.
  await list.first().waitFor({ state: 'hidden' })
}

export const select = (place: Locator, label: string): Locator => item(place, label).locator('.ant-select').first()

/** Types a day into a date input, 2026-03-18, and takes it in the calendar that opens. */
export async function pickDay(page: Page, input: Locator, day: string): Promise<void> {
  await input.click()
  await input.fill(day)
  const calendar = page.locator('.ant-picker-dropdown:not(.ant-picker-dropdown-hidden)')
  await calendar.locator(`td[title="${day}"]`).click()
  await calendar.waitFor({ state: 'hidden' })
}

/** Types a moment, 2026-03-16 08:30, and takes it with 确定. */
export async function pickMoment(page: Page, input: Locator, moment: string): Promise<void> {
  await input.click()
  await input.fill(moment)
  const calendar = page.locator('.ant-picker-dropdown:not(.ant-picker-dropdown-hidden)')
  await calendar.locator('.ant-picker-ok button').click()
  await calendar.waitFor({ state: 'hidden' })
}

/** A photo of its own: bars of noise that no other picture has. */
export async function photo(name = 'photo.jpg'): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const cells = randomBytes(12 * 9)
  const raw = Buffer.alloc(480 * 360 * 3)
  for (let y = 0; y < 360; y++) for (let x = 0; x < 480; x++) raw.fill(cells[Math.floor(y / 40) * 12 + Math.floor(x / 40)]!, (y * 480 + x) * 3, (y * 480 + x) * 3 + 3)
  return { name, mimeType: 'image/jpeg', buffer: await sharp(raw, { raw: { width: 480, height: 360, channels: 3 } }).jpeg().toBuffer() }
}

/** Puts a photo into the file input inside `place` and waits until it stands there. */
export async function attach(place: Locator, count = 1): Promise<void> {
  for (let i = 0; i < count; i++) {
    const before = await place.locator('img').count()
    await place.locator('input[type=file]').setInputFiles(await photo())
    await place.locator('img').nth(before).waitFor()
  }
}

/** Draws a stroke on the canvas. */
export async function draw(page: Page, canvas: Locator): Promise<void> {
  await canvas.scrollIntoViewIfNeeded()
  const box = (await canvas.boundingBox())!
  await page.mouse.move(box.x + 20, box.y + box.height / 2)
  await page.mouse.down()
  for (let i = 1; i <= 8; i++) await page.mouse.move(box.x + 20 + i * 18, box.y + box.height / 2 + (i % 2 ? -18 : 18))
  await page.mouse.up()
}

/** Signs every open pad of the page with the name of its button. */
export async function signAll(page: Page): Promise<void> {
  const pads = page.locator('canvas.ag-pad')
  for (const canvas of await pads.all()) await draw(page, canvas)
  for (let left = await pads.count(); left > 0; left--) {
    await page.getByRole('button', { name: '确认签字' }).first().click()
    await expect.poll(() => pads.count(), { timeout: 20_000 }).toBe(left - 1)
  }
}

/** The dialog on top. */
export const dialogOf = (page: Page): Locator => page.getByRole('dialog').last()

/** The dialog on top once it has come to rest: what is pressed while it still grows may land beside it. */
export async function restingDialog(page: Page): Promise<Locator> {
  const dialog = dialogOf(page)
  await dialog.waitFor()
  await page.locator('.ant-zoom-appear, .ant-zoom-enter').first().waitFor({ state: 'detached' })
  return dialog
}

/** Presses a step of the record, whether it stands or is folded under 更多; steps change places while a page is renewed. */
export async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).first()
  const more = page.locator('.ag-actions').getByRole('button', { name: '更多操作' })
  const folded = page.locator('.ant-dropdown-menu-item:not(.ant-dropdown-menu-item-disabled)', { hasText: name }).first()
  const seen = (place: Locator, timeout: number) => place.waitFor({ timeout }).then(() => true, () => false)
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    if (await seen(button, 500)) return button.click()
    if (!(await more.isVisible()) || (await button.isVisible())) continue
    if (await more.click({ timeout: 2000 }).then(() => seen(folded, 1500), () => false)) return folded.click()
    await page.keyboard.press('Escape')
  }
  throw new Error(`这一页没有“${name}”`)
}

/** The primary button of a dialog; the dialog goes when the act is done. */
export async function confirm(page: Page, text?: string): Promise<void> {
  const dialog = await restingDialog(page)
  if (text) await dialog.locator('textarea').last().fill(text)
  await dialog.locator('.ant-btn-primary').last().click()
  await dialog.waitFor({ state: 'detached' })
}

/** A step of a record: pressed, its dialog filled in and confirmed. */
export async function act(page: Page, name: string, text?: string, fill?: (dialog: Locator) => Promise<void>): Promise<void> {
  await press(page, name)
  const dialog = await restingDialog(page)
  await fill?.(dialog)
  const box = dialog.locator('textarea').first()
  if (text && (await box.isVisible())) await box.fill(text)
  await dialog.locator('.ant-btn-primary').last().click()
  await dialog.waitFor({ state: 'detached' })
}

/** Presses what is meant to be refused and reads the sentence; the dialog or page stays as it is. */
export async function refusedBy(page: Page, button: Locator, sentence: string | RegExp): Promise<void> {
  await button.click()
  await page.getByText(sentence).first().waitFor()
}
