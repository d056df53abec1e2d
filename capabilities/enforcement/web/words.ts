import type { Tone } from '../../../kernel/web/tokens.ts'
import { type PaperState, PAPER_TYPES, type PaperType } from '../doc-type.ts'
import { shippedDocTypes } from '../doc-types.data.ts'
import { STATE_ZH } from '../lifecycle.ts'
import type { MeasureState } from '../measure.ts'

export const stateTone: Record<PaperState, Tone> = { DRAFT: 'plain', PENDING: 'wait', RETURNED: 'warn', APPROVED: 'wait', ISSUED: 'warn', SIGNED: 'warn', SERVED: 'done', VOIDED: 'plain', REVOKED: 'plain' }
export const measureTone: Record<MeasureState, Tone> = { IN_FORCE: 'warn', TESTING: 'wait', EXPIRED: 'late', RELEASED: 'done', VOIDED: 'plain' }
export const stateOptions = (Object.keys(STATE_ZH) as PaperState[]).map((value) => ({ value, label: STATE_ZH[value] }))

/** Names as shipped; a bureau's own title stands on the paper itself. */
export const titleOf = (type: PaperType): string => shippedDocTypes.find((d) => d.type === type)?.title ?? type
export const typeOptions = PAPER_TYPES.map((value) => ({ value, label: titleOf(value) }))

/** How the state of a paper reads for its type: a record that is signed is complete. */
export const stateWord = (row: { type: PaperType; state: PaperState }): string => (row.type === 'D04' && row.state === 'SIGNED' ? '已完成' : STATE_ZH[row.state])
