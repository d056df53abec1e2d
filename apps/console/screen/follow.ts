import type { Picture, ScreenAnswer } from '../../../capabilities/statistics/screen.ts'
import { operations } from '../../../capabilities/statistics/operations.ts'
import { asProblem, call, type Problem } from '../../../kernel/web/call.ts'

/** What the wall shows. The picture stays whatever happens to the line or the session; `problem` says why it stands still. */
export interface Shown {
  readonly picture: Picture | undefined
  /** Cut-off of the picture, by the server's clock. */
  readonly at: string | undefined
  readonly problem: Problem | undefined
}

const EVERY_MS = 1000
const HIDDEN_MS = 15_000
const AGAIN_MS = [1000, 2000, 4000, 8000]
/** A line that neither answers nor breaks. */
const GIVE_UP_MS = 12_000

/** The picture with the parts that came; parts that did not come are the very same objects, so nothing is drawn again. */
export const merged = (old: Picture | undefined, answer: ScreenAnswer): Picture => (old && Object.keys(answer.parts).length === 0 ? old : ({ ...old, ...answer.parts } as Picture))

/** Asks on until stopped; keeps one picture and nothing of those before. @returns how to stop, and how to ask at once */
export function follow(campaignId: string | undefined, tell: (shown: Shown) => void): { stop(): void; now(): void } {
  let shown: Shown = { picture: undefined, at: undefined, problem: undefined }
  let tags: readonly string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let asking: AbortController | undefined
  let stopped = false
  const ask = async () => {
    const mine = new AbortController()
    asking = mine
    const patience = setTimeout(() => mine.abort(), GIVE_UP_MS)
    try {
      const answer = await call(operations.screen, { ...(campaignId ? { campaignId } : {}), ...(tags.length ? { have: tags.join(',') } : {}) }, { signal: mine.signal, quiet: true })
      tags = answer.tags
      failures = 0
      shown = { picture: merged(shown.picture, answer), at: answer.at, problem: undefined }
    } catch (thrown) {
      if (stopped) return
      failures++
      shown = { ...shown, problem: asProblem(thrown) }
    } finally {
      clearTimeout(patience)
    }
    if (stopped || asking !== mine) return
    tell(shown)
    const wait = failures ? AGAIN_MS[Math.min(failures, AGAIN_MS.length) - 1]! : document.hidden ? HIDDEN_MS : EVERY_MS
    timer = setTimeout(() => void ask(), wait)
  }
  void ask()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      asking?.abort()
    },
    now: () => {
      clearTimeout(timer)
      asking?.abort()
      void ask()
    },
  }
}
