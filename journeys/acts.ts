import { randomBytes } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'

/** Things people do with a mouse, in the words of the screens. */

/** Opens a select by its label or placeholder, types if asked, and takes the first option that holds the text. */
export async function choose(page: Page, box: Locator, text: string, typed?: string): Promise<void> {
  if ((await box.innerText().catch(() => '')).includes(text)) return
  await box.click()
  if (typed) await page.keyboard.type(typed)
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: text }).first().click()
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

/** Draws a stroke on the canvas inside `place`. */
export async function draw(page: Page, canvas: Locator): Promise<void> {
  await canvas.scrollIntoViewIfNeeded()
  const box = (await canvas.boundingBox())!
  await page.mouse.move(box.x + 20, box.y + box.height / 2)
  await page.mouse.down()
  for (let i = 1; i <= 8; i++) await page.mouse.move(box.x + 20 + i * 18, box.y + box.height / 2 + (i % 2 ? -18 : 18))
  await page.mouse.up()
}

/** The input under a label of a form, whether or not the label points at it. */
export const field = (place: Page | Locator, label: string): Locator => place.locator('.ant-form-item', { hasText: label }).locator('input:not([type=file]), textarea').first()
