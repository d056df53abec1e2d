import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { newsVerbs, type Recent } from '../statistics.ts'

const SHOWN = 12
const DAYS = 30
/** So many of the newest are looked through for a small reach; further back is history, which the lists know better. */
const LOOKED_AT = 20_000

/** No news: done a thousand times at once, or by the clock every day. */
const noise = sql.raw(`('hazard.reminded','hazard.seen_again','enterprise.imported','enterprise.import_changed')`)

/** What happened last within one's reach, of the records one may read. One statement. */
export async function recent(tx: Tx, actor: Actor, now: Date): Promise<Recent[]> {
  const seen = Object.entries(newsVerbs).filter(([, verb]) => actor.has(verb))
  if (!seen.length) return []
  const conditions = seen.map(([aggregate, verb]): RawBuilder<unknown> => sql`(e.aggregate = ${aggregate} and ${reachSql({ reach: actor.reachOf(verb) }, 'e')})`)
  const { rows } = await sql<Recent>`
    with n as (select id, at, event, aggregate, aggregate_id, area_code, grid_id, enterprise_id, actor_name, data from domain_event
        where at > ${new Date(now.getTime() - DAYS * 86_400_000)} order by at desc limit ${LOOKED_AT})
    select e.id, e.at, e.event, e.aggregate, e.aggregate_id as "recordId", coalesce(e.data->>'title', e.data->>'no', '') as title, f.name as "enterpriseName", e.actor_name as actor
    from n e left join enterprise f on f.id = e.enterprise_id
    where (${sql.join(conditions, sql` or `)}) and e.event not in ${noise} order by e.at desc, e.id desc limit ${SHOWN}`.execute(tx)
  return rows
}
