import { sql } from 'kysely'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { bindSession, endDeviceSessions, personPlace } from '../../staff/server/public.ts'
import type { operations } from '../operations.ts'
import type { Device } from '../sync.ts'
import './tables.ts'

/** Ends other people's devices: the right of whoever disables accounts. */
const ADMINISTERS = 'staff.account'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const columns = sql.raw('d.id, d.name, d.app, d.person_id as "personId", p.name as "personName", d.registered_at as "registeredAt", d.last_seen_at as "lastSeenAt", d.revoked_at as "revokedAt", d.revoked_why as "revokedWhy", d.version')
type Row = Omit<Device, 'current'>

async function devicesOf(ctx: Ctx, personId: string): Promise<Device[]> {
  const { rows } = await sql<Row>`select ${columns} from device d join person p on p.id = d.person_id where d.person_id = ${personId} order by d.last_seen_at desc, d.id limit 50`.execute(ctx.tx)
  return rows.map((row) => ({ ...row, current: row.id === ctx.origin.device }))
}

async function deviceOf(ctx: Ctx, id: string, personId: string): Promise<Device | undefined> {
  const { rows } = await sql<Row>`select ${columns} from device d join person p on p.id = d.person_id where d.id = ${id} and d.person_id = ${personId} for update of d`.execute(ctx.tx)
  return rows[0] && { ...rows[0], current: rows[0].id === ctx.origin.device }
}

/** The device that asks was given up by this person or an administrator. */
export async function isRevoked(ctx: Ctx): Promise<boolean> {
  if (!uuid.test(ctx.origin.device ?? '')) return false
  const { rows } = await sql`select 1 from device where id = ${ctx.origin.device} and person_id = ${ctx.actor.id} and revoked_at is not null`.execute(ctx.tx)
  return rows.length > 0
}

export const deviceHandlers: Pick<Handlers<typeof operations>, 'devices' | 'registerDevice' | 'revokeDevice'> = {
  devices: async (ctx, input) => {
    if (input.personId && input.personId !== ctx.actor.id && !(await administered(ctx, input.personId))) throw missing()
    return { rows: await devicesOf(ctx, input.personId ?? ctx.actor.id) }
  },
  registerDevice: async (ctx, input) => {
    const known = await deviceOf(ctx, input.id, ctx.actor.id)
    if (known?.revokedAt) throw new Problem('refused', 'sync.device_revoked')
    await sql`insert into device (id, person_id, name, app, registered_at, last_seen_at) values (${input.id}, ${ctx.actor.id}, ${input.name}, ${input.app}, ${ctx.now}, ${ctx.now})
      on conflict (id, person_id) do update set name = excluded.name, app = excluded.app, last_seen_at = excluded.last_seen_at, version = device.version + 1`.execute(ctx.tx)
    await bindSession(ctx.tx, ctx.actor.sessionId, input.id)
    const device = (await deviceOf(ctx, input.id, ctx.actor.id))!
    const place = await personPlace(ctx.tx, ctx.actor.id)
    ctx.emit({ aggregate: 'device', id: input.id, version: device.version, event: 'sync.device_registered', areaCode: place, data: { name: input.name, app: input.app } })
    return { ...device, current: true }
  },
  revokeDevice: async (ctx, { personId, ...input }) => {
    const owner = personId ?? ctx.actor.id
    if (owner !== ctx.actor.id && !(await administered(ctx, owner))) throw missing()
    const device = await deviceOf(ctx, input.id, owner)
    if (!device) throw missing()
    refuseStale(device.version, input.baseVersion)
    if (device.revokedAt) throw new Problem('refused', 'sync.device_revoked')
    await ctx.tx.updateTable('device').set({ revoked_at: ctx.now, revoked_by: ctx.actor.id, revoked_why: input.reason, version: device.version + 1 }).where('id', '=', device.id).where('person_id', '=', owner).execute()
    await endDeviceSessions(ctx.tx, device.id, owner, ctx.now)
    ctx.emit({ aggregate: 'device', id: device.id, version: device.version + 1, event: 'sync.device_revoked', areaCode: await personPlace(ctx.tx, owner), data: { name: device.name, person: device.personName, reason: input.reason } })
    return (await deviceOf(ctx, device.id, owner))!
  },
}

/** Whether an administrator's reach covers somebody's organisation. */
async function administered(ctx: Ctx, personId: string): Promise<boolean> {
  if (!ctx.actor.has(ADMINISTERS)) return false
  const place = await personPlace(ctx.tx, personId)
  return ctx.actor.reachOf(ADMINISTERS).areas.some(([from, to]) => place >= from && place < to)
}
