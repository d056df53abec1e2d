import { localDate } from '../../../kernel/core/time.ts'
import { type Capability, type JobSpec, serve } from '../../../kernel/server/capability.ts'
import type { Handlers } from '../../../kernel/server/context.ts'
import { operations } from '../operations.ts'
import { type StreetFigures, totalOf } from '../statistics.ts'
import { zh } from '../zh.ts'
import { remembered } from './remembered.ts'
import { recent } from './recent.ts'
import * as store from './store.ts'

const handlers: Handlers<typeof operations> = {
  home: async ({ tx, actor, now, secrets }) => {
    const day = localDate(now)
    if (store.wholeStreets(actor)) {
      const figures = await remembered(secrets, `${day} ${actor.reach.areas.join(' ')}`, await store.counterState(tx), now, () => store.figuresText(tx, actor, day, TREND_DAYS))
      return `{"at":"${now.toISOString()}",${figures.slice(1)}` as never
    }
    const streets = (await store.recount(tx, actor, day)).map(toFigures)
    return { day, at: now.toISOString(), total: totalOf(streets), streets, trend: [] }
  },
  recent: async ({ tx, actor, now }) => ({ rows: await recent(tx, actor, now) }),
}

const TREND_DAYS = 14

const toFigures = ({ sort_no: _, to_confirm: toConfirm, to_reinspect: toReinspect, ...row }: store.FigureRow): StreetFigures => ({ ...row, toConfirm, toReinspect })

const jobs: JobSpec[] = [
  {
    kind: 'statistics.fold',
    every: 5,
    run: async (ctx) => {
      while ((await store.fold(ctx.tx)) > 0) {
        // until nothing waits
      }
    },
  },
]

export const statistics: Capability = serve({ name: 'statistics', operations, handlers, zh, jobs })
