import type { Tone } from '../../../kernel/web/tokens.ts'
import { CERTIFICATE_KINDS, ORGANISATION_KINDS, PERSON_STATES, type PersonState } from '../people.ts'
import { CERTIFICATE_KIND_ZH, ORGANISATION_KIND_ZH, PERSON_STATE_ZH } from '../zh.ts'

export const stateTone: Record<PersonState, Tone> = { ACTIVE: 'done', NO_ACCOUNT: 'plain', LOCKED: 'late', DISABLED: 'warn', LEFT: 'plain' }
export const certificateTone: Record<'IN_FORCE' | 'EXPIRING' | 'EXPIRED' | 'REVOKED' | 'NOT_YET', Tone> = { IN_FORCE: 'done', EXPIRING: 'warn', EXPIRED: 'late', REVOKED: 'plain', NOT_YET: 'wait' }
export const stateOptions = PERSON_STATES.map((value) => ({ value, label: PERSON_STATE_ZH[value] }))
export const certificateKindOptions = CERTIFICATE_KINDS.map((value) => ({ value, label: CERTIFICATE_KIND_ZH[value] }))
export const organisationKindOptions = ORGANISATION_KINDS.map((value) => ({ value, label: ORGANISATION_KIND_ZH[value] }))
