import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { castPassword } from '../house/cast.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { type Line, line } from './line.ts'
import { type OwnBrowser, ownBrowser } from './own-browser.ts'
import { type OwnServer, ownServer } from './own-server.ts'
import type { Hashes, Held, Wanted } from './page/told.ts'
import { enter, go, settled, signInAgain } from './phone.ts'

/** The worst week of a phone, by a seed: batteries pulled, servers killed, replies lost; and afterwards everything counted. */
export interface Place {
  readonly server: OwnServer
  readonly wire: Line
  /** A phone on which Lin is in and the working set has come: copied for every seed. */
  readonly template: string
  /** In-page script. */
  readonly hand: string
  /** Everything that should be on the server since it was set up. */
  readonly sum: { visits: number; hazards: number }
  close(): Promise<void>
}

export interface Amount {
  readonly visits: number
  readonly photos: number
  readonly side: number
}

export interface Result {
  readonly seed: number
  readonly seconds: number
  readonly visits: number
  readonly photos: number
  readonly browserKills: { writing: number; sending: number }
  readonly serverKills: number
  readonly cuts: number
  readonly lostReplies: number
  /** Commands in whose middle the browser died: half sent, or done and unanswered. */
  readonly held: number
  /** Sentences that should not be there. */
  readonly faults: string[]
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** mulberry32: the same seed, the same week. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** The script that makes `hand` known in a page. */
export async function handInPage(): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [join(projectRoot(), 'journeys/page/hand.ts')], bundle: true, format: 'iife', globalName: 'hand', write: false, target: 'chrome88', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' } })
  return `${outputFiles[0]!.text};globalThis.hand = hand`
}

export async function prepared(): Promise<Place> {
  const server = await ownServer()
  const wire = await line(server.address)
  const template = mkdtempSync(join(tmpdir(), 'angrid-phone-'))
  const phone = await ownBrowser(template)
  await phone.page.goto(`${wire.address}/field/`)
  await enter(phone.page, 'lin')
  await settled(phone.page)
  await phone.page.getByText(/场所 [1-9]/).waitFor()
  await phone.close()
  return {
    server, wire, template, hand: await handInPage(), sum: { visits: 0, hazards: 0 },
    close: async () => {
      await wire.close()
      await server.close()
      rmSync(template, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The phone in somebody's hand: opened, killed, opened again. */
class Phone {
  private open: OwnBrowser | undefined
  readonly hashes: Hashes = {}
  private readonly place: Place
  private readonly profile: string
  constructor(place: Place) {
    this.place = place
    this.profile = mkdtempSync(join(tmpdir(), 'angrid-phone-'))
    cpSync(place.template, this.profile, { recursive: true, filter: (from) => !/Singleton/.test(from) })
  }
  get isOn(): boolean {
    return this.open !== undefined
  }
  get page(): Page {
    if (!this.open) throw new Error('the phone is off')
    return this.open.page
  }
  /** From the icon to the page. `offline`: without any line. */
  async on(offline: boolean): Promise<void> {
    this.open = await ownBrowser(this.profile)
    if (offline) await this.page.context().setOffline(true)
    await this.page.goto(`${this.place.wire.address}/field/`)
    await this.page.getByRole('heading', { name: '今日' }).waitFor()
    await this.page.evaluate(this.place.hand)
  }
  /** The battery. */
  async die(): Promise<void> {
    await this.open?.kill()
    this.open = undefined
  }
  async throwAway(): Promise<void> {
    await this.die()
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
  private call<T>(code: string): Promise<T> {
    return this.page.evaluate(`hand.${code}`) as Promise<T>
  }
  private readonly me = "JSON.parse(localStorage.getItem('angrid.field.person'))"
  async make(wanted: Wanted): Promise<void> {
    Object.assign(this.hashes, await this.call<Hashes>(`make(${this.me}, ${JSON.stringify(wanted)})`))
  }
  async held(deep = false): Promise<Held> {
    const held = await this.call<Held>(`held(${this.me}, ${deep})`)
    Object.assign(this.hashes, held.hashes)
    return held
  }
  onServer = (ids: readonly string[]): Promise<Hashes> => this.call<Hashes>(`onServer(${JSON.stringify(ids)})`)
}

interface Toll {
  writing: number
  sending: number
  serverKills: number
  cuts: number
  held: number
}

/** Offline: every visit is made; now and then the browser dies in the middle of it and the visit is taken up again. */
async function write(phone: Phone, all: readonly Wanted[], roll: (below: number) => number, toll: Toll): Promise<void> {
  const deadly = new Set(Array.from({ length: Math.max(1, Math.round(all.length / 6)) }, () => roll(all.length)))
  for (const [i, wanted] of all.entries()) {
    if (deadly.has(i)) {
      const making = phone.make(wanted).catch(() => undefined)
      await Promise.race([making, wait(roll(60 + 90 * wanted.photos))])
      await phone.die()
      toll.writing++
      await phone.on(true)
      await phone.held(true)
    }
    await phone.make(wanted)
  }
}

/** The battery goes exactly while a command is on its way: half of it sent, or done by the server and not answered. */
async function middle(place: Place, phone: Phone, what: 'body' | 'reply', toll: Toll): Promise<void> {
  const held = place.wire.hold(what).then(() => true)
  // What is left is soon sent: the line holds before the page is there.
  await (phone.isOn ? online(phone) : phone.on(false))
  if (await Promise.race([held, wait(15_000).then(() => false)])) toll.held++
  toll.sending++
  await phone.die()
  place.wire.letGo()
}

async function online(phone: Phone): Promise<void> {
  await phone.page.context().setOffline(false)
  await phone.page.evaluate('window.dispatchEvent(new Event("online"))')
}

/** Online, after a fashion: something breaks every one or two seconds, for as long as the plan says. */
async function send(place: Place, phone: Phone, roll: (below: number) => number, rounds: number, toll: Toll): Promise<void> {
  const { wire, server } = place
  const evils = {
    cut: async () => {
      toll.cuts++
      wire.cut()
      await wait(200 + roll(800))
      wire.mend()
    },
    lose: async () => wire.loseReplies(1 + roll(3)),
    air: async () => {
      toll.cuts++
      await phone.page.context().setOffline(true)
      await wait(200 + roll(800))
      await phone.page.context().setOffline(false)
    },
    battery: async () => {
      toll.sending++
      await phone.die()
      await phone.on(roll(2) === 0)
    },
    server: async () => {
      toll.serverKills++
      await server.kill()
      await wait(roll(500))
      await server.start()
    },
  }
  // Each at least once; the rest as the dice fall.
  const plan: (keyof typeof evils)[] = ['lose', 'battery', 'server', 'cut', 'air']
  const more: (keyof typeof evils)[] = ['lose', 'lose', 'cut', 'air', 'battery']
  while (plan.length < rounds) plan.push(more[roll(more.length)]!)
  for (let i = plan.length - 1; i > 0; i--) {
    const j = roll(i + 1)
    ;[plan[i], plan[j]] = [plan[j]!, plan[i]!]
  }
  // While everything still waits, so that there is a command to be caught in the middle.
  await middle(place, phone, 'body', toll)
  await middle(place, phone, 'reply', toll)
  await phone.on(false)
  for (const evil of plan) {
    await online(phone)
    await wait(50 + roll(900))
    await evils[evil]()
  }
}

/** The line is good again: the person presses 现在同步 until nothing waits. */
async function finish(phone: Phone, place: Place): Promise<Held> {
  place.wire.loseReplies(0)
  place.wire.mend()
  await phone.page.context().setOffline(false)
  await go(phone.page, '/queue')
  for (const until = Date.now() + 240_000; ; ) {
    if (await phone.page.getByRole('button', { name: '重新登录' }).isVisible()) await signInAgain(phone.page, castPassword)
    await phone.page.getByRole('button', { name: '现在同步' }).click()
    const held = await phone.held()
    const left = held.items.filter((item) => item.state !== 'done' && item.state !== 'refused').length + held.photos.filter((photo) => photo.state === 'waiting').length
    if (left === 0 || Date.now() > until) return held
    await wait(700)
  }
}

export async function week(place: Place, seed: number, amount: Amount, screens?: (page: Page) => Promise<void>): Promise<Result> {
  const began = Date.now()
  const roll = dice(seed)
  const toll: Toll = { writing: 0, sending: 0, serverKills: 0, cuts: 0, held: 0 }
  const each = Math.round(amount.photos / amount.visits)
  const all = Array.from({ length: amount.visits }, (_, n): Wanted => ({ id: randomUUID(), findingId: randomUUID(), n, photos: each, side: amount.side, locked: roll(4) === 0 }))
  const lostBefore = place.wire.lost()
  const phone = new Phone(place)
  try {
    await phone.on(true)
    await write(phone, all, roll, toll)
    if (screens) await screens(phone.page)
    const before = await phone.held(true)
    await send(place, phone, roll, 5 + roll(4), toll)
    const after = await finish(phone, place)
    const faults = await counted(place, phone, { all, before, after, extra: screens ? 1 : 0 })
    return { seed, seconds: (Date.now() - began) / 1000, visits: before.items.length, photos: Object.keys(phone.hashes).length, browserKills: toll, serverKills: toll.serverKills, cuts: toll.cuts, held: toll.held, lostReplies: place.wire.lost() - lostBefore, faults }
  } finally {
    await phone.throwAway()
  }
}

interface Told {
  readonly all: readonly Wanted[]
  readonly before: Held
  readonly after: Held
  /** Visits made through the screens. */
  readonly extra: number
}

/** Every item on the server exactly once, every photo byte by byte, nothing left unsent, nothing there that nobody made. */
async function counted(place: Place, phone: Phone, { all, before, after, extra }: Told): Promise<string[]> {
  const faults: string[] = []
  const same = (what: string, got: unknown, wanted: unknown) => void (JSON.stringify(got) === JSON.stringify(wanted) || faults.push(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`))
  const { server, sum } = place
  sum.visits += all.length + extra
  sum.hazards += all.filter((one) => !one.locked).length + extra
  same('in the outbox before sending', before.items.length, all.length + extra)
  same('drafts left', before.drafts, 0)
  same('unsent', after.items.filter((item) => item.state !== 'done').map((item) => `${item.state} ${item.why ?? ''}`), [])
  same('photos unsent', after.photos.filter((photo) => photo.state !== 'stored').length, 0)
  const one = async (text: string, values?: readonly unknown[]) => Number((await server.rows<{ n: string }>(text, values))[0]!.n)
  same('visits on the server', await one('select count(*) as n from visit'), sum.visits)
  same('hazards on the server', await one('select count(*) as n from hazard'), sum.hazards)
  same('visits of this phone', await one(`select count(*) as n from visit where id = any($1::uuid[]) and state = 'DONE'`, [before.items.map((item) => item.aggregate.slice(6))]), before.items.length)
  same('findings of this phone', await one('select count(*) as n from hazard where id = any($1::uuid[])', [all.filter((v) => !v.locked).map((v) => v.findingId)]), all.filter((v) => !v.locked).length)
  same('commands carried out', await one(`select count(*) as n from command where id = any($1::uuid[])`, [before.items.map((item) => item.commandId)]), before.items.length)
  same('events told twice', await server.rows(`select aggregate_id, version from domain_event where aggregate in ('visit', 'hazard') group by 1, 2 having count(*) > 1`), [])
  const wanted = Object.entries(phone.hashes).sort()
  const stored = await server.rows<{ id: string; sha256: string }>('select id, sha256 from attachment where id = any($1::uuid[])', [wanted.map(([id]) => id)])
  same('hashes in the books', Object.fromEntries(stored.map(({ id, sha256 }): [string, string] => [id, sha256]).sort()), Object.fromEntries(wanted))
  same('bytes as the server gives them out', Object.entries(await phone.onServer(wanted.map(([id]) => id))).sort(), wanted)
  const linked = before.items.flatMap((item) => item.photos)
  same('photos at their records', await one('select count(distinct attachment_id) as n from attachment_link where attachment_id = any($1::uuid[])', [linked]), linked.length)
  return faults
}

export const isBuilt = (): boolean => ['dist/server/main.js', 'dist/field/sw.js'].every((file) => existsSync(join(projectRoot(), file)))

export const lineOf = (r: Result): string =>
  `seed ${r.seed}: ${r.faults.length === 0 ? 'whole' : 'FAULT'}, ${r.visits} visits, ${r.photos} photos, browser killed ${r.browserKills.writing}× writing ${r.browserKills.sending}× sending, server killed ${r.serverKills}×, ${r.held}× in the middle of a command, line cut ${r.cuts}×, replies lost ${r.lostReplies}, ${r.seconds.toFixed(0)} s${r.faults.map((fault) => `\n    ${fault.slice(0, 600)}`).join('')}`
