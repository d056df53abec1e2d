import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../../../kernel/core/problem.ts'

/** A platform whose web-view opens our pages with a one-time ticket. Named in the configuration. */
export interface Platform {
  readonly code: string
  readonly name: string
  /** Where a ticket is turned into the person's id there. */
  readonly verifyUrl: string
  readonly appId: string
  readonly secret: string
}

const Answer = z.object({ externalId: z.string().trim().min(1).max(120) })
const TIMEOUT_MS = 5000

/** What the platform and we both sign: it must be ours that asks. */
export const signatureOf = (platform: Pick<Platform, 'appId' | 'secret'>, ticket: string, at: string): string =>
  createHmac('sha256', platform.secret).update(`${platform.appId}\n${ticket}\n${at}`).digest('hex')

/**
 * Redeems a ticket at its platform. @returns the person's id there
 * @throws Problem `staff.ticket_refused` the platform does not know it; `staff.platform_away` no sensible answer
 */
export async function redeem(platform: Platform, ticket: string, now: Date): Promise<string> {
  const at = now.toISOString()
  const response = await fetch(platform.verifyUrl, {
    method: 'POST', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS), headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appId: platform.appId, ticket, at, signature: signatureOf(platform, ticket, at) }),
  }).catch(() => undefined)
  if (!response || response.status >= 500) throw new Problem('unavailable', 'staff.platform_away')
  if (!response.ok) throw new Problem('unauthenticated', 'staff.ticket_refused')
  const answer = Answer.safeParse(await response.json().catch(() => undefined))
  if (!answer.success) throw new Problem('unavailable', 'staff.platform_away')
  return answer.data.externalId
}
