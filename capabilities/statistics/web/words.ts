import { zhDate } from '../../../kernel/core/time-zh.ts'
import { rate } from '../../../kernel/core/zh-number.ts'
import type { Tone } from '../../../kernel/web/tokens.ts'
import type { BriefingState, MarkView } from '../briefing.ts'
import type { Figure } from '../snapshot.ts'

export const spanZh = (from: string, to: string): string => (from === to ? zhDate(from) : `${zhDate(from)}至${from.slice(0, 4) === to.slice(0, 4) ? zhDate(to).slice(5) : zhDate(to)}`)
/** A frozen number as it is read: a rate with both of its numbers. */
export const figureText = (f: Figure | null): string => (f === null ? '—' : f.nature === 'RATE' ? `${rate(f.numerator ?? 0, f.denominator ?? 0, f.digits)}（${f.numerator}/${f.denominator}）` : `${(f.value ?? 0).toLocaleString('zh-CN')}${f.unit}`)
export const stateTone: Record<BriefingState, Tone> = { DRAFT: 'plain', SUBMITTED: 'wait', RETURNED: 'warn', APPROVED: 'wait', PUBLISHED: 'done', CORRECTING: 'warn', WITHDRAWN: 'plain' }
export const markTone: Record<MarkView['kind'], Tone> = { TRUE: 'done', NOTE: 'plain', UNBOUND: 'warn', FALSE: 'late' }
export const markWord: Record<MarkView['kind'], string> = { TRUE: '相符', NOTE: '注意', UNBOUND: '未绑定', FALSE: '不成立' }
