import { sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { forgetSessions } from './doorkeeper.ts'
import './tables.ts'

/** Remembers on which registered device a session lives. */
export const bindSession = (tx: Tx, sessionId: string, deviceId: string) => tx.updateTable('session').set({ device_id: deviceId }).where('id', '=', sessionId).execute()

/** Ends what one person has open on a device that was given up. */
export async function endDeviceSessions(tx: Tx, deviceId: string, personId: string, now: Date): Promise<void> {
  await tx.updateTable('session').set({ revoked_at: now, revoked_why: 'DEVICE' }).where('device_id', '=', deviceId).where('person_id', '=', personId).where('revoked_at', 'is', null).execute()
  forgetSessions()
}

/** The area of a person's organisation. @throws missing */
export async function personPlace(tx: Tx, personId: string): Promise<string> {
  const { rows } = await sql<{ area_code: string }>`select coalesce(o.area_code, '000000000000') as area_code from person p left join organisation o on o.id = p.organisation_id where p.id = ${personId}`.execute(tx)
  if (!rows[0]) throw new Problem('missing', 'common.missing')
  return rows[0].area_code
}
