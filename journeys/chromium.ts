import { type Browser, chromium, type Page } from 'playwright-core'

/** The browser of this machine, CHROMIUM where it lies elsewhere, and its one form that every page shares. */
export const executable = process.env.CHROMIUM ?? '/usr/bin/chromium'

export const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executable, args: flags })

/** Fills in who signs in and with what; presses nothing. */
export async function credentials(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(password)
}
