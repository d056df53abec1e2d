import type { App } from '../../apps/server/app.ts'
import { formsAt } from '../../capabilities/enforcement/server/store.ts'
import { fileStore } from '../../kernel/server/files.ts'
import type { Tx } from '../../kernel/server/db.ts'
import { buildHistory, type History } from '../history.ts'
import type { World } from '../world.ts'
import type { PlaceBook } from './book.ts'
import { Bulk, idOf, Interrupted, type Row } from './bulk.ts'
import { Chronicle } from './chronicle.ts'
import { Folk } from './folk.ts'
import { numberAll, PaperPlanner } from './papers.ts'
import { drawGallery } from './photos.ts'
import { whole } from './whole.ts'
import { type SeedState, sizes, tick } from './state.ts'

/** 文号 prefix of the district's bureau. */
export const PREFIX = '澜安澜'

/** Parents before children. */
const order = [
  'person', 'attachment', 'visit', 'visit_person', 'visit_scan', 'hazard', 'hazard_search', 'visit_answer', 'attachment_link', 'hazard_sighting', 'hazard_supervision', 'paper', 'paper_hazard', 'paper_number', 'paper_signature', 'domain_event',
] as const

/** Visits in one transaction: few enough to be redone, many enough that statements stay large. */
const BATCH = 500

export interface HistoryGiven {
  readonly app: App
  readonly world: World
  readonly places: PlaceBook
  readonly state: SeedState
  say(line: string): void
}

/** The year, in batches that are committed one by one. @throws Interrupted when the end has been asked for */
export async function loadHistory(given: HistoryGiven): Promise<{ folk: Folk; campaigns: History['campaigns']; visits: number; hazards: number }> {
  const { app, world, places, state, say } = given
  const size = sizes[state.size]
  const history = buildHistory(world, size)
  say(`一年的走访和隐患（${size.hazards} 条）…`)
  const folk = new Folk(world, places)
  const chronicle = await chronicleOf(given, history, folk)
  const done = new Set(state.batches)
  const lanes = new Lanes(app.db.embedded || !size.lean ? 1 : 3)
  let rows: [string, Row][] = []
  let batch = 0
  let visits = 0
  const close = async () => {
    const own = rows
    const number = batch++
    rows = []
    if (app.db.pool.ending) throw new Interrupted('已中断，下次启动从断开处继续')
    if (done.has(number)) return
    const residents = own.filter(([table]) => table === 'person')
    // With several lanes a later batch may need whom an earlier one entered: people go in first and for themselves.
    await writeRows(app, residents)
    await lanes.run(() => writeRows(app, own.filter(([table]) => table !== 'person'), number))
  }
  for (const script of history.visits()) {
    chronicle.write(script, (table, row) => void rows.push([table, row]))
    if (++visits % BATCH === 0) await close()
    if (visits % 20_000 === 0) say(`走访 ${visits} 次`)
  }
  await close()
  await lanes.end()
  return { folk, campaigns: history.campaigns, visits: chronicle.visitCount, hazards: size.hazards + 3 }
}

async function chronicleOf({ app, world, places, state }: HistoryGiven, history: History, folk: Folk): Promise<Chronicle> {
  const { lean } = sizes[state.size]
  const forms = new Map((await formsAt(app.db.all as unknown as Tx, world.region.district.code)).map((form) => [form.type as string, form]))
  const name = `${world.region.district.name}应急管理局`
  return new Chronicle({
    folk, places, forms, campaigns: history.campaigns, epoch: app.runtime.epoch(), now: world.now, lean, agency: { id: idOf('organisation', name), name },
    planner: new PaperPlanner(PREFIX, lean ? null : numberAll(history.visits(), PREFIX)), gallery: await drawGallery(fileStore(app.config)),
  })
}

/** One transaction; with a number it also says that this batch is there. */
async function writeRows(app: App, rows: readonly [string, Row][], batch?: number): Promise<void> {
  if (!rows.length && batch === undefined) return
  await whole(app.db, async (client) => {
    const bulk = new Bulk(client, () => app.db.pool.ending, { keep: ['person'], order })
    for (const [table, row] of rows) await bulk.add(table, row)
    await bulk.flush()
    if (batch !== undefined) await tick(client, batch)
  })
}

/** At most so many writes at once; the first failure is met by whoever comes next. */
class Lanes {
  private readonly width: number
  private readonly running = new Set<Promise<void>>()
  private failed: unknown
  constructor(width: number) {
    this.width = width
  }

  async run(work: () => Promise<void>): Promise<void> {
    while (this.running.size >= this.width) await Promise.race(this.running)
    this.raise()
    const one: Promise<void> = work()
      .catch((error: unknown) => void (this.failed ??= error))
      .finally(() => this.running.delete(one))
    this.running.add(one)
  }

  async end(): Promise<void> {
    await Promise.all(this.running)
    this.raise()
  }

  private raise(): void {
    if (this.failed) throw this.failed
  }
}
