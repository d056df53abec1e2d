import type { HazardState } from '../../../capabilities/hazard/hazard.ts'
import type { VisitState } from '../../../capabilities/visit/kinds.ts'
import { endOfLocalDay, localDate, toMs } from '../../../kernel/core/time.ts'
import { zhLeft } from '../../../kernel/core/time-zh.ts'
import type { Tone } from '../parts/states.tsx'

/** `剩3天` with the tone it deserves; a day means its end. */
export function dueOf(due: string | null, now: string): { word: string; tone: Tone } | undefined {
  if (!due) return undefined
  const at = due.includes('T') ? due : endOfLocalDay(due).toISOString()
  const word = zhLeft(at, now)
  return { word, tone: toMs(at) <= toMs(now) ? 'late' : localDate(at) <= localDate(Date.parse(now) + 86_400_000) ? 'warn' : 'plain' }
}

export const visitTone: Readonly<Record<VisitState, Tone>> = { PLANNED: 'wait', PENDING_APPROVAL: 'plain', APPROVED: 'wait', REFUSED: 'late', IN_PROGRESS: 'warn', DONE: 'done', VOID: 'plain' }

export const hazardTone = (state: HazardState): Tone =>
  state === 'CLOSED' || state === 'TRANSFER_CLOSED' ? 'done' : state === 'VOID' || state === 'FROZEN' || state === 'TRANSFERRED' ? 'plain' : state === 'ORDERED' || state === 'RECTIFYING' ? 'warn' : 'wait'

const bytesUnits = ['B', 'KB', 'MB', 'GB'] as const
export function sizeZh(bytes: number): string {
  const step = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log(bytes) / Math.log(1024)))
  return `${(bytes / 1024 ** step).toFixed(step === 0 || bytes / 1024 ** step >= 100 ? 0 : 1)} ${bytesUnits[step]}`
}

/** Where a todo leads on the phone; undefined: it is done at a desk. */
export function phonePath(link: string, kind = ''): string | undefined {
  if (kind === 'campaign.patrol') return '/find'
  const found = /^\/(hazards|visits|papers|enterprises)\/([0-9a-f-]{36})/.exec(link)
  if (!found) return undefined
  const [, what, id] = found
  return what === 'hazards' ? `/hazard/${id}` : what === 'visits' ? `/task/${id}` : what === 'papers' ? `/paper/${id}` : undefined
}

/** 安川市安澜区望汀街道澄围社区松湾街364号 is 澄围社区松湾街364号 for who stands there. */
export const shortAddress = (address: string): string => address.replace(/^.{0,20}?(?:街道|镇)(?=.{4,})/, '')

/** Somebody of an enterprise: looks after his own places and visits nobody. */
export const ofFirm = (verbs: readonly string[]): boolean => verbs.includes('visit.selfcheck') && !verbs.includes('visit.patrol') && !verbs.includes('visit.inspect')
