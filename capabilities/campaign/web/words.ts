import type { Tone } from '../../../kernel/web/tokens.ts'
import { siteKindZh } from '../../enterprise/site-kinds.ts'
import { tagZh } from '../../enterprise/tags.ts'
import { kinds } from '../../visit/kinds.ts'
import { CAMPAIGN_KINDS, CAMPAIGN_STATES, type CampaignState, COLOURS, KIND_ZH, MEMBER_PARTS, PART_ZH, type Presence, SORT_ZH, STATE_ZH, TARGET_ZH, type TargetState, TEAM_KINDS, TEAM_ZH } from '../scheme.ts'

const options = <T extends string>(codes: readonly T[], words: Readonly<Record<T, string>>) => codes.map((value) => ({ value, label: words[value] }))
const ofRecord = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))

export const stateTone: Record<CampaignState, Tone> = { DRAFT: 'plain', APPROVED: 'wait', RUNNING: 'warn', CLOSING: 'wait', CLOSED: 'done', VOID: 'plain' }
export const targetTone: Record<TargetState, Tone> = { TO_DO: 'wait', TAKEN: 'warn', DONE: 'done', DROPPED: 'plain' }
export const presenceTone: Record<Presence, Tone> = { PRESENT: 'done', ON_WAY: 'warn', ABSENT: 'late' }
export const stateOptions = options(CAMPAIGN_STATES, STATE_ZH)
export const kindOptions = options(CAMPAIGN_KINDS, KIND_ZH)
export const teamKindOptions = options(TEAM_KINDS, TEAM_ZH)
export const partOptions = options(MEMBER_PARTS, PART_ZH)
export const targetOptions = ofRecord(TARGET_ZH)
export const sortOptions = ofRecord(SORT_ZH)
export const colourZh: Readonly<Record<string, string>> = { RED: '红', ORANGE: '橙', YELLOW: '黄', BLUE: '蓝' }
export const colourOptions = options(COLOURS, colourZh as Record<(typeof COLOURS)[number], string>)
export const siteKindOptions = ofRecord(siteKindZh)
export const tagOptions = ofRecord(tagZh)
export const visitKindOptions = Object.entries(kinds).map(([value, rule]) => ({ value, label: rule.zh }))
export const siteKindName = (code: string): string => siteKindZh[code as keyof typeof siteKindZh] ?? code
export const tagName = (code: string): string => tagZh[code as keyof typeof tagZh] ?? code

/** Thousandths as people read them: 995 → 99.5%. Nobody to count: —. */
export const percent = (permille: number | null): string => (permille === null ? '—' : `${permille / 10}%`)
/** A rate from its two numbers, one digit, half-up (domain G4); 100% is printed only when it is all of them. */
export function rate(done: number, base: number): string {
  if (base === 0) return '—'
  const permille = Math.floor((done * 2000 + base) / (2 * base))
  return `${(Math.min(permille, done < base ? 999 : permille) / 10).toFixed(1)}%`
}

/** Where a pack comes from: shipped, or the bureau's own with its version. */
export const packSource = (pack: { own: boolean; version: number }): string => (pack.own ? `本局第${pack.version}版` : '系统自带')
