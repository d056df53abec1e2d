import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { addDays, instantOf } from '../../kernel/core/time.ts'
import { dispatch, guide, putRight, walk } from './acts.ts'
import { publish } from './briefing.ts'
import { type Server, startServer } from './channel.ts'
import { Client, together } from './client.ts'
import { type Check, checksOf, type LedgerVerdict } from './checks.ts'
import { Journal } from './journal.ts'
import { inspect, muster, order, seal } from './night.ts'
import { type Day, DAYS, dates, NIGHT_DAY, type Plan, planOf, type Someone } from './plan.ts'
import { stageOf } from './registry.ts'
import { beginGuidance, beginNight, guideId, nightDate } from './setup.ts'

export interface Given {
  readonly scale: number
  /** Empty: the embedded database inside `dataDir`. */
  readonly database: string
  readonly dataDir: string
  /** Server processes; one for the embedded database. */
  readonly servers: number
  /** Chains under way at a time. */
  readonly width: number
  /** Where the briefing, its public page and the printout are written. */
  readonly out: string
  /** Folder for CPU profiles of the server processes. */
  readonly profile?: string
  say(line: string): void
}

export interface Outcome {
  readonly checks: readonly Check[]
  /** The published text and the list behind each of its numbers. */
  readonly lines: readonly string[]
  readonly ledger: LedgerVerdict
  readonly commands: number
  readonly perSecond: number
  readonly p95: number
  readonly errors: number
}

interface Run {
  readonly given: Given
  readonly plan: Plan
  readonly servers: readonly Server[]
  readonly client: Client
  readonly journal: Journal
}

/** The whole campaign, or what is left of it. @throws the first refusal, in the server's words */
export async function replay(given: Given): Promise<Outcome> {
  const journal = new Journal(join(given.dataDir, 'replay.json'), given.scale)
  const stage = stageOf(given.scale)
  const plan = planOf(stage)
  const env = (first: string) => ({ REPLAY_DATA: given.dataDir, REPLAY_SCALE: String(given.scale), REPLAY_FIRST: first, DATABASE_URL: given.database, REPLAY_PROFILE: given.profile ?? '' })
  const servers: Server[] = [await startServer(env('1'))]
  while (given.database && servers.length < given.servers) servers.push(await startServer(env('')))
  const client = new Client(servers.map((s) => s.port), given.width)
  const run: Run = { given, plan, servers, client, journal }
  const watch = setInterval(() => report(run), 5_000)
  try {
    await perform(run)
    report(run)
    const { commands, errors, seconds } = client.tally
    const counted = await checksOf({ stage, client })
    const { lines, printed } = await publish(client, given.out)
    const checks = [...counted, ...printed.flatMap(({ figure, listed }): Check[] => (listed === null ? [] : [{ what: `名单 ${figure.metric}`, expected: figure.value ?? 0, counted: listed }]))]
    const ledger = await servers[0]!.ask<LedgerVerdict>({ ask: 'ledger' })
    return { checks, lines, ledger, commands, errors, perSecond: commands / seconds, p95: client.tally.percentile(0.95) }
  } finally {
    clearInterval(watch)
    client.close()
    for (const server of servers) await server.stop()
  }
}

function report({ given, client: { tally } }: Run): void {
  given.say(`  ${tally.commands} 条指令，${(tally.commands / tally.seconds).toFixed(0)} 条/秒，p95 ${tally.percentile(0.95).toFixed(0)} ms，登录 ${tally.signIns}，错误 ${tally.errors}`)
}

async function perform(run: Run): Promise<void> {
  const parts: (readonly [string, () => Promise<void>])[] = [
    ['setup', () => setUp(run)],
    ...run.plan.days.flatMap((day, d): (readonly [string, () => Promise<void>])[] => [[`day ${day.date}`, () => oneDay(run, day, d)], ...(d === NIGHT_DAY ? [['night', () => night(run)] as const] : [])]),
    ['after', () => lastDay(run)],
  ]
  for (const [name, part] of parts) {
    if (run.journal.has(name)) continue
    await part()
    run.journal.tick(name)
  }
  // Whoever takes up a finished replay finds the clock where it ended.
  await clockTo(run, addDays(dates.at(-1)!, 1), '19:00')
}

/** Moves the clock of every server to this time of day, never backwards. */
async function clockTo({ servers, journal, client }: Run, date: string, time: string): Promise<void> {
  const wanted = instantOf(date, time).toISOString()
  const to = journal.clock && journal.clock > wanted ? journal.clock : wanted
  await Promise.all(servers.map((server) => server.ask({ ask: 'clock', to })))
  journal.at(to)
  client.forgetSessions()
}

async function setUp(run: Run): Promise<void> {
  await clockTo(run, dates[0]!, '08:05')
  await beginGuidance(run.client, run.plan)
}

async function oneDay(run: Run, day: Day, d: number): Promise<void> {
  const { client, plan, given } = run
  given.say(`${day.date}：指导 ${day.guided.reduce((n, g) => n + g.firms.length, 0)} 家，巡查 ${day.walks.length} 组`)
  await clockTo(run, day.date, '08:30')
  const planned = await Promise.all(day.guided.map(({ group, firms }) => dispatch(client, { campaignId: guideId, teamId: group.teamId, kind: 'GUIDANCE', date: day.date, siteIds: firms.map((f) => f.siteId) })))
  await clockTo(run, day.date, '18:00')
  await together([
    ...day.guided.map(({ group, firms }, i) => () => guide(client, day, group, firms, planned[i]!)),
    ...(d > 0 ? corrections(run, plan.days[d - 1]!, day.date) : []),
    ...(d === NIGHT_DAY + 1 ? plan.night.map((team) => () => order(client, team)) : []),
    ...day.walks.map((one) => () => walk(client, day.date, one)),
  ], given.width)
}

/** What was found above scale yesterday is put right today and looked at by two officers of other groups. */
function corrections({ client, plan }: Run, yesterday: Day, today: string): (() => Promise<void>)[] {
  const firms = yesterday.guided.flatMap(({ group, firms: some }) => some.filter((f) => f.findings > 0).map((firm) => ({ firm, group: group.index })))
  return firms.map(({ firm, group }, i) => () => putRight(client, today, firm, pairFor(plan, group + 1 + i)))
}

function pairFor({ officers }: Plan, n: number): readonly [Someone, Someone] {
  return [officers[n % officers.length]!, officers[(n + 1) % officers.length]!]
}

async function night(run: Run): Promise<void> {
  const { client, plan, given } = run
  given.say(`夜间行动：${plan.night.length} 组`)
  await clockTo(run, nightDate, '19:30')
  await beginNight(client, plan)
  await clockTo(run, nightDate, '20:10')
  await muster(client, plan)
  await clockTo(run, addDays(nightDate, 1), '00:50')
  await together(plan.night.map((team) => async () => {
    await inspect(client, team)
    await seal(client, team)
  }), given.width)
}

async function lastDay(run: Run): Promise<void> {
  const date = addDays(dates[DAYS - 1]!, 1)
  await clockTo(run, date, '18:00')
  await together(corrections(run, run.plan.days[DAYS - 1]!, date), run.given.width)
}

/** A name for the folder of a replay: one for every database and scale. */
export const folderOf = (scale: number, database: string): string => `${scale}-${createHash('sha256').update(database).digest('hex').slice(0, 8)}`
