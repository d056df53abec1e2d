import { localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import type { Me } from '../../../kernel/web/me.ts'
import type { Tone } from '../../../kernel/web/tokens.ts'
import { clauseInForce, criteria, documentOf, fullCitation, MULTIPLIER_CLAUSE, shortCitation } from '../../checklist/criteria.ts'
import { HAZARD_CATEGORIES } from '../../checklist/taxonomy.ts'
import type { HazardState } from '../hazard.ts'
import { levelZh, sourceZh, stateZh, voidZh } from '../zh.ts'

const options = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }))

export const stateOptions = options(stateZh).filter(({ value }) => value !== 'DRAFT')
export const levelOptions = options(levelZh)
export const sourceOptions = options(sourceZh)
export const voidOptions = options(voidZh)
/** With the words people look for: who types 疏散 finds 作业场所. */
export const categoryOptions = HAZARD_CATEGORIES.map(({ code, name, words }) => ({ value: code, label: words.length > 0 ? `${name}（${words.join('、')}）` : name }))
export const categoryName = (code: string): string => HAZARD_CATEGORIES.find((c) => c.code === code)?.name ?? code

export const stateTone: Record<HazardState, Tone> = {
  DRAFT: 'plain', REPORTED: 'warn', CONFIRMED: 'wait', FIXED_ON_SITE: 'warn', ORDERED: 'wait', RECTIFYING: 'wait', SUBMITTED: 'warn', REINSPECTING: 'warn', CLOSED: 'done', TRANSFERRED: 'wait',
  TRANSFER_CLOSED: 'done', FROZEN: 'plain', VOID: 'plain',
}

/** An enterprise's people read the same screens in words that speak to them. */
export const isEnterprise = (me: Pick<Me, 'posts'>): boolean => me.posts.length > 0 && me.posts.every((post) => post.reachKind === 'ENTERPRISE')

/** Clauses that the bureau itself may find met and that were in force on the day of the finding. */
export const clauseOptions = (on: string) =>
  criteria.clauses
    .filter((clause) => clause.id !== MULTIPLIER_CLAUSE && clauseInForce(clause, on) && documentOf(clause).authority === 'EMB')
    .map((clause) => ({ value: clause.id, label: `${shortCitation(clause)}　${fullCitation(clause)}` }))

export const today = (): string => localDate(serverNow())
