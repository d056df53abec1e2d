import { sql } from 'kysely'
import type { App } from '../../apps/server/app.ts'
import { columns, toHazard } from '../../capabilities/hazard/server/row.ts'
import { todosOf } from '../../capabilities/hazard/waiting.ts'
import { fold as foldCampaigns } from '../../capabilities/campaign/server/store.ts'
import { fold } from '../../capabilities/statistics/server/store.ts'
import { openTodos } from '../../capabilities/todo/server/public.ts'
import { systemActor } from '../../kernel/server/actor.ts'
import { flush, makeCtx } from '../../kernel/server/context.ts'
import type { Tx } from '../../kernel/server/db.ts'
import { sealNext } from '../../kernel/server/ledger.ts'
import { enterpriseRef } from '../enterprises.ts'
import { ENTERPRISE_COUNT, SHOP_COUNT } from '../plan.ts'
import { shopRef } from '../shops.ts'
import type { World } from '../world.ts'
import { idOf } from './bulk.ts'
import { type ResidentPart, residentOf, residentParts } from './folk.ts'
import { finish } from './state.ts'

const ended = sql.raw(`('CLOSED','VOID','TRANSFER_CLOSED')`)

/** What stands beside the facts: counters, sequences, todos and those who can do them. One transaction, and the mark that all is there. */
export async function finishSeed(app: App, given: { world: World; passwordHash: string; visits: number; hazards: number; say(line: string): void }): Promise<void> {
  given.say('待办、计数')
  await app.db.transaction(async (tx) => {
    await unhurried(tx)
    await countAll(tx)
    await advanceSequences(tx, given)
    await openAccounts(tx, given)
    await openWaiting(app, tx, given.world)
    await finish(tx)
  })
  await analyze(app)
}

/** The counters start as a full count; the day counters were appended by the database with every row. */
async function countAll(tx: Tx): Promise<void> {
  await sql`delete from hazard_count`.execute(tx)
  await sql`insert into hazard_count (street, state, level, runs_to, n) select street, state, level, coalesce(runs_to, '9999-12-31'::date), count(*) from hazard group by 1, 2, 3, 4`.execute(tx)
  while ((await fold(tx)) > 0);
  while (await foldCampaigns(tx));
}

/** Numbers given out from now on follow those of the year. */
async function advanceSequences(tx: Tx, { visits, hazards }: { visits: number; hazards: number }): Promise<void> {
  await sql`select setval('hazard_number', ${(hazards % 999_999) + 1}), setval('visit_no_seq', ${(visits % 999_999) + 1})`.execute(tx)
  await sql`insert into paper_sequence (agency_id, type, year, last) select agency_id, type, year, max(seq) from paper_number group by 1, 2, 3
    on conflict (agency_id, type, year) do update set last = excluded.last`.execute(tx)
}

/** Firms with something open have people who can answer for it; the cast's firm has Zhao and Feng. */
async function openAccounts(tx: Tx, { world, passwordHash }: { world: World; passwordHash: string }): Promise<void> {
  const { rows: firms } = await sql<{ id: string; pressing: boolean }>`select enterprise_id as id, bool_or(level = 'MAJOR' or escalation > 0) as pressing from hazard where state not in ${ended} group by 1`.execute(tx)
  const waiting = new Map(firms.map((firm) => [firm.id, firm.pressing]))
  const firmRefs = Array.from({ length: ENTERPRISE_COUNT - 1 }, (_, i) => enterpriseRef(i + 1)).concat(world.parks.map((park) => park.ref))
  const has = (ref: string, pressing: boolean) => waiting.get(idOf('enterprise', enterpriseOf(ref))) === true || (!pressing && waiting.has(idOf('enterprise', enterpriseOf(ref))))
  const refs = [
    ...firmRefs.map((ref) => `${ref}:safety`).filter((ref) => has(ref, false)),
    // The principal signs plans of major hazards and is told of what is late.
    ...firmRefs.map((ref) => `${ref}:principal`).filter((ref) => has(ref, true)),
    ...Array.from({ length: SHOP_COUNT }, (_, i) => `${shopRef(i)}:operator`).filter((ref) => has(ref, false)),
  ]
  const people = refs.map((ref) => rowOf(ref, residentOf(ref)!.part))
  const text = JSON.stringify(people)
  const shape = sql.raw('x(id uuid, account uuid, post uuid, firm uuid, role text, duty text, login text)')
  const on = new Date(world.now).toISOString()
  await sql`insert into person (id, name, name_py, duty_title) select x.id, e.principal_name, '', x.duty from jsonb_to_recordset(${text}::jsonb) as ${shape} join enterprise e on e.id = x.firm on conflict (id) do nothing`.execute(tx)
  await sql`insert into account (id, person_id, login, password_hash, password_changed_at, must_change, created_at)
    select x.account, x.id, x.login, ${passwordHash}, ${on}::timestamptz, false, ${on}::timestamptz from jsonb_to_recordset(${text}::jsonb) as ${shape}`.execute(tx)
  await sql`insert into post (id, person_id, role_code, reach_kind, enterprise_id, valid_from, granted_at)
    select x.post, x.id, x.role, 'ENTERPRISE', x.firm, ${on}::timestamptz::date - 300, ${on}::timestamptz from jsonb_to_recordset(${text}::jsonb) as ${shape}`.execute(tx)
}

const enterpriseOf = (ref: string): string => ref.split(':')[0]!

const rowOf = (ref: string, part: ResidentPart) => ({
  id: idOf('person', ref), account: idOf('account', ref), post: idOf('post', ref), firm: idOf('enterprise', enterpriseOf(ref)), role: residentParts[part][0], duty: residentParts[part][1],
  login: `${enterpriseOf(ref).toLowerCase()}${part === 'principal' ? 'p' : ''}`,
})

const PAGE = 500

/** Todos by the hazard slice's own rules, through the todo slice's own door, dated to when the waiting began. */
async function openWaiting(app: App, tx: Tx, world: World): Promise<void> {
  const given = { tx, actor: systemActor(), now: new Date(world.now), requestId: 'seed', address: '', origin: {}, secrets: app.runtime.secrets, operation: 'seed', commandId: null, epoch: app.runtime.epoch() }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<Record<string, unknown>>`select ${columns('h')} from hazard h where h.state not in ${ended} and h.id > ${after}::uuid order by h.id limit ${PAGE}`.execute(tx)
    if (!rows.length) break
    const ctx = makeCtx(given)
    openTodos(ctx, rows.map(toHazard).flatMap(todosOf))
    await flush(given, ctx.drafts)
    after = rows.at(-1)!.id as string
  }
  await sql`update todo t set opened_at = e.at from (select d.aggregate_id, max(d.at) as at from domain_event d join todo o on o.subject_id = d.aggregate_id where d.event <> 'hazard.reminded' group by 1) e
    where e.aggregate_id = t.subject_id`.execute(tx)
}

/** Seals the year at once: left to the job, it would hold the first person up. What is broken off here the job goes on with. */
export async function sealYear(app: App, say: (line: string) => void): Promise<void> {
  say('封存账本')
  const given = { epoch: app.runtime.epoch(), algorithm: app.config.ledgerHash, now: app.clock.now() }
  while ((await app.db.transaction((tx) => sealNext(tx, given))) > 0);
}

/** A count over a million rows takes longer than a request may. */
const unhurried = (tx: Tx) => sql`set local statement_timeout = 0`.execute(tx)

/** Statistics for the planner. */
const analyze = (app: App): Promise<void> =>
  app.db.transaction(async (tx) => {
    await unhurried(tx)
    await sql`analyze`.execute(tx)
  })
