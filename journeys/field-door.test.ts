import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as staff } from '../capabilities/staff/operations.ts'
import { signatureOf } from '../capabilities/staff/server/ticket-platform.ts'
import { castIds, ids } from '../house/cast.ts'
import { type Line, line } from './line.ts'
import { enter } from './phone.ts'
import { type Stage, stage } from './stage.ts'

/** The government app, as far as we need it: gives out tickets and redeems each once. */
const app = { appId: 'angrid', secret: 'a-secret-of-thirty-two-letters!!' }
const tickets = new Map<string, string>()
const platform: Server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk: Buffer) => (text += chunk.toString()))
  request.on('end', () => {
    const asked = JSON.parse(text) as { ticket: string; at: string; signature: string }
    const externalId = asked.signature === signatureOf(app, asked.ticket, asked.at) ? tickets.get(asked.ticket) : undefined
    tickets.delete(asked.ticket)
    response.writeHead(externalId ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify({ externalId }))
  })
})
function give(externalId: string): string {
  const ticket = randomUUID()
  tickets.set(ticket, externalId)
  return ticket
}

let set: Stage
let wire: Line
beforeAll(async () => {
  await new Promise<void>((done) => platform.listen(0, '127.0.0.1', done))
  const at = platform.address()
  set = await stage(undefined, { platforms: [{ code: 'lanzheng', name: '澜政通', verifyUrl: `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}/verify`, ...app }] })
  for (const [name, externalId] of [['lin', 'GA-330100-0008901'], ['wang', 'GA-330100-0008902']] as const) await set.world.as('sun').do(staff.bindIdentity, { id: castIds[name], platform: 'lanzheng', externalId })
  wire = await line(set.address)
})
afterAll(async () => {
  await wire?.close()
  await set?.close()
  await new Promise((done) => platform.close(done))
})

/** As the platform's web-view opens our page. */
const open = (page: Page, ticket: string, hash = '') => page.goto(`${wire.address}/field/?platform=lanzheng&ticket=${ticket}${hash}`)

describe('the door of the phone', () => {
  it('a ticket of a platform opens it as its person, at the page the link named; the address forgets the ticket', async () => {
    const page = await set.window('phone')
    await open(page, give('GA-330100-0008901'), '#/me')
    await page.getByRole('heading', { name: '林禾安' }).waitFor()
    expect(await page.evaluate('location.href')).toBe(`${wire.address}/field/#/me`)
    // Opened again without a line, as it is in a basement: still hers.
    await page.evaluate('navigator.serviceWorker.ready')
    await page.reload()
    await page.getByRole('heading', { name: '林禾安' }).waitFor()
    wire.cut()
    await open(page, 'any-ticket-at-all')
    await page.getByRole('heading', { name: '今日' }).waitFor()
    await page.getByText('林禾安').first().waitFor()
    wire.mend()
    await page.context().close()
  })
  it('one that is used up shows nothing of whoever was in before, says why, and the password still opens', async () => {
    const page = await set.window('phone')
    const ticket = give('GA-330100-0008901')
    await open(page, ticket)
    await page.getByRole('heading', { name: '今日' }).waitFor()
    await page.goto('about:blank')
    await open(page, ticket)
    await page.getByText(/凭证|票据/).first().waitFor()
    expect(await page.getByText('林禾安').count()).toBe(0)
    await page.getByText('也可以从“澜政通”打开本页').waitFor()
    await enter(page, 'lin')
    await page.context().close()
  })
  it('somebody else’s ticket on the same phone opens his own page: hers stays hers', async () => {
    const page = await set.window('phone')
    await open(page, give('GA-330100-0008901'), `#/report/${ids.site}`)
    await page.getByLabel('看到什么').waitFor()
    await page.goto('about:blank')
    await open(page, give('GA-330100-0008902'), '#/me')
    await page.getByRole('heading', { name: '王砚川' }).waitFor()
    expect(await page.getByText('林禾安').count()).toBe(0)
    expect(set.complaints).toEqual([])
    await page.context().close()
  })
  it('a ticket of nobody we know is refused with a sentence', async () => {
    const page = await set.window('phone')
    await open(page, give('GA-999999-0000001'))
    await page.locator('.f-refusal').waitFor()
    expect(await page.locator('.f-refusal').textContent()).toMatch(/[\u4e00-\u9fff]{4,}/)
    await page.context().close()
  })
})
