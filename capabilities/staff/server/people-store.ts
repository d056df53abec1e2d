import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { containing, literal } from '../../../kernel/server/like.ts'
import { EXPIRING_DAYS, type Organisation, type PersonRow, type PersonState } from '../people.ts'

/** People belong where their organisation is; who has no organisation is seen by those whose reach is the whole of a district. */
function inArea(actor: Actor, column: RawBuilder<unknown>): RawBuilder<boolean> {
  const parts = actor.reach.areas.map(([from, to]) => sql`(${column} >= ${from} and ${column} < ${to})`)
  return parts.length > 0 ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`
}

export type OrganisationRow = z.input<typeof Organisation>

export async function organisations(tx: Tx, actor: Actor, id?: string): Promise<OrganisationRow[]> {
  const { rows } = await sql<OrganisationRow>`
    select o.id, o.name, o.kind, o.area_code as "areaCode", a.name as "areaName", o.parent_id as "parentId", o.paper_prefix as "paperPrefix", o.valid_to as "validTo", o.version,
      (select count(*)::int from person p where p.organisation_id = o.id and p.left_on is null) as people
    from organisation o join area a on a.code = o.area_code
    where ${inArea(actor, sql`o.area_code`)} and (${id ?? null}::uuid is null or o.id = ${id ?? null}::uuid) order by o.sort_no, o.area_code, o.name`.execute(tx)
  return rows
}

export const insertOrganisation = (tx: Tx, o: { id: string; name: string; kind: string; areaCode: string; parentId: string | null; paperPrefix: string | null }) =>
  tx.insertInto('organisation').values({ id: o.id, name: o.name, kind: o.kind, area_code: o.areaCode, parent_id: o.parentId, paper_prefix: o.paperPrefix, valid_to: null }).execute()

export const updateOrganisation = (tx: Tx, id: string, set: { name?: string; kind?: string; area_code?: string; parent_id?: string | null; paper_prefix?: string | null; valid_to?: string }) =>
  tx.updateTable('organisation').set({ ...set, version: sql<number>`version + 1` }).where('id', '=', id).execute()

export async function organisationUse(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ((select count(*) from person where organisation_id = ${id} and left_on is null) + (select count(*) from organisation where parent_id = ${id} and valid_to is null))::int as count`.execute(tx)
  return rows[0]?.count ?? 0
}

const stateSql = (now: Date) => sql`case when p.left_on is not null then 'LEFT' when c.id is null then 'NO_ACCOUNT' when c.disabled_at is not null then 'DISABLED' when c.locked_until > ${now} then 'LOCKED' else 'ACTIVE' end`

export interface PeopleFilter {
  q?: string
  /** Keyed hash of a whole telephone number, when one was typed. */
  phoneBlind?: string
  organisationId?: string
  role?: string
  state?: PersonState
  noPost?: boolean
  expiring?: boolean
  after?: { name: string; id: string }
  limit: number
  now: Date
  today: string
}
export type PeopleFigures = { all: number; active: number; noAccount: number; noPost: number; locked: number; disabled: number; expiring: number; left: number }
export type PersonLine = z.input<typeof PersonRow> & { phoneTail: string | null }

/** A page of people by pinyin-free name order with figures of the whole search; those who left show only when asked for. One statement. */
export async function people(tx: Tx, actor: Actor, f: PeopleFilter): Promise<{ rows: PersonLine[]; figures: PeopleFigures; matched: number }> {
  const like = f.q ? containing(f.q) : null
  const { rows } = await sql<PersonLine & { matched: number; figures: PeopleFigures }>`
    with found as (
      select p.id, p.name, o.name as organisation, p.duty_title as "dutyTitle", p.phone_tail as "phoneTail", c.login, ${stateSql(f.now)} as state,
        coalesce(t.roles, '{}') as roles, k.no as "certificateNo", k.valid_to as "certificateTo",
        coalesce(k.valid_to < ${f.today}::date + ${EXPIRING_DAYS}::int, false) as expiring
      from person p join organisation o on o.id = p.organisation_id left join account c on c.person_id = p.id
      left join lateral (select array_agg(distinct r.name) as roles from post t join role r on r.code = t.role_code
        where t.person_id = p.id and t.valid_from <= ${f.today}::date and (t.valid_to is null or t.valid_to >= ${f.today}::date)) t on true
      left join lateral (select k.no, k.valid_to from certificate k where k.person_id = p.id and k.kind = 'LAW_ENFORCEMENT' and k.revoked_on is null order by k.valid_to desc limit 1) k on true
      where ${inArea(actor, sql`o.area_code`)}
        and (${like}::text is null or p.name like ${like}::text or p.name_py like ${f.q ? `${literal(f.q.toLowerCase())}%` : null}::text or c.login like ${like}::text or o.name like ${like}::text or p.phone_tail = ${f.q ?? null}::text or p.phone_blind = ${f.phoneBlind ?? null}::text)
        and (${f.organisationId ?? null}::uuid is null or p.organisation_id = ${f.organisationId ?? null}::uuid)
        and (${f.role ?? null}::text is null or exists (select from post t where t.person_id = p.id and t.role_code = ${f.role ?? null}::text and t.valid_from <= ${f.today}::date and (t.valid_to is null or t.valid_to >= ${f.today}::date)))
    ), figures as (
      select json_build_object('all', count(*) filter (where state <> 'LEFT'), 'active', count(*) filter (where state = 'ACTIVE'), 'noAccount', count(*) filter (where state = 'NO_ACCOUNT'),
        'noPost', count(*) filter (where state <> 'LEFT' and roles = '{}'), 'locked', count(*) filter (where state = 'LOCKED'), 'disabled', count(*) filter (where state = 'DISABLED'),
        'expiring', count(*) filter (where state <> 'LEFT' and expiring), 'left', count(*) filter (where state = 'LEFT')) as figures from found
    ), chosen as (
      select * from found where case when ${f.state ?? null}::text is null then state <> 'LEFT' else state = ${f.state ?? null}::text end
        and (not ${f.noPost ?? false} or roles = '{}') and (not ${f.expiring ?? false} or expiring)
    ), page as (
      select * from chosen where ${f.after?.id ?? null}::uuid is null or (name collate "C", id) > (${f.after?.name ?? ''}::text, ${f.after?.id ?? null}::uuid) order by name collate "C", id limit ${f.limit}
    )
    select g.figures, (select count(*)::int from chosen) as matched, page.* from figures g left join page on true order by page.name collate "C", page.id`.execute(tx)
  return { rows: rows.filter((row) => row.id !== null), figures: rows[0]!.figures, matched: rows[0]!.matched }
}

export interface PersonFull {
  id: string
  name: string
  organisationId: string | null
  organisation: string | null
  areaCode: string
  dutyTitle: string | null
  phoneSealed: string | null
  phoneTail: string | null
  idSealed: string | null
  idMasked: string | null
  leftOn: string | null
  version: number
  state: PersonState
  accountId: string | null
  login: string | null
  createdAt: string | null
  createdById: string | null
  createdBy: string | null
  mustChange: boolean | null
  passwordChangedAt: string | null
  lockedUntil: string | null
  disabledAt: string | null
  lastSeenAt: string | null
  accountVersion: number | null
}

/** One person in reach with the account, or undefined. */
export async function person(tx: Tx, actor: Actor, id: string, now: Date): Promise<PersonFull | undefined> {
  const { rows } = await sql<PersonFull>`
    select p.id, p.name, p.organisation_id as "organisationId", o.name as organisation, o.area_code as "areaCode", p.duty_title as "dutyTitle", p.phone_sealed as "phoneSealed", p.phone_tail as "phoneTail",
      p.id_sealed as "idSealed", p.id_masked as "idMasked", p.left_on as "leftOn", p.version, ${stateSql(now)} as state, c.id as "accountId", c.login, c.created_at as "createdAt", c.created_by as "createdById", b.name as "createdBy",
      c.must_change as "mustChange", c.password_changed_at as "passwordChangedAt", c.locked_until as "lockedUntil", c.disabled_at as "disabledAt", c.version as "accountVersion",
      (select max(s.last_seen_at) from session s where s.person_id = p.id and s.kind = 'NORMAL') as "lastSeenAt"
    from person p join organisation o on o.id = p.organisation_id left join account c on c.person_id = p.id left join person b on b.id = c.created_by
    where p.id = ${id} and ${inArea(actor, sql`o.area_code`)}`.execute(tx)
  return rows[0]
}

interface PrivateColumns {
  phone_sealed: string | null
  phone_tail: string | null
  phone_blind: string | null
  id_sealed: string | null
  id_masked: string | null
}
export type PersonSet = { name: string; name_py: string; organisation_id: string; duty_title: string | null } & Partial<PrivateColumns>

export const insertPerson = (tx: Tx, id: string, set: PersonSet) =>
  tx.insertInto('person').values({ id, phone_sealed: null, phone_tail: null, phone_blind: null, id_sealed: null, id_masked: null, left_on: null, ...set }).execute()
export const updatePerson = (tx: Tx, id: string, set: Partial<PersonSet> & { left_on?: string }) => tx.updateTable('person').set({ ...set, version: sql<number>`version + 1` }).where('id', '=', id).execute()

export const insertAccount = (tx: Tx, row: { id: string; personId: string; login: string; hash: string; by: string; now: Date }) =>
  tx.insertInto('account').values({ id: row.id, person_id: row.personId, login: row.login, password_hash: row.hash, password_changed_at: row.now, must_change: true, created_by: row.by, created_at: row.now }).execute()
export const updateAccount = (tx: Tx, personId: string, set: { password_hash?: string; password_changed_at?: Date; must_change?: boolean; failed_count?: number; locked_until?: null; disabled_at?: Date | null }) =>
  tx.updateTable('account').set({ ...set, version: sql<number>`version + 1` }).where('person_id', '=', personId).execute()

/** Remembers the replaced password among the last five, as a change by its owner does. */
export const replacePassword = (tx: Tx, personId: string, hash: string, now: Date) =>
  sql`update account set previous_hashes = (array_prepend(password_hash, previous_hashes))[1:5], password_hash = ${hash}, password_changed_at = ${now}, must_change = true, failed_count = 0, locked_until = null, version = version + 1 where person_id = ${personId}`.execute(tx)

export async function endSessions(tx: Tx, personId: string, now: Date, why: string): Promise<void> {
  await tx.updateTable('session').set({ revoked_at: now, revoked_why: why }).where('person_id', '=', personId).where('revoked_at', 'is', null).execute()
}

export async function sessionOwner(tx: Tx, id: string): Promise<{ personId: string; name: string } | undefined> {
  return tx.selectFrom('session').innerJoin('person', 'person.id', 'session.person_id').select(['session.person_id as personId', 'person.name']).where('session.id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
}

/** Closes what a person holds from a day on: posts in force and to come. */
export const endPosts = (tx: Tx, personId: string, lastDay: string) =>
  sql`update post set valid_to = ${lastDay}::date, version = version + 1 where person_id = ${personId} and (valid_to is null or valid_to > ${lastDay}::date)`.execute(tx)
