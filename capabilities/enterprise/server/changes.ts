import type { z } from 'zod'
import { siteNumber } from '../../../kernel/core/id.ts'
import { Problem, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import type { Changed, CreateEnterprise, EditOwn, Relocate, SetContacts, SetState, SetTags, UpdateEnterprise, VoidEnterprise } from '../enterprise.ts'
import type { OperatingState } from '../lifecycle.ts'
import { readIdentity, readIndustry, readPhone, refuseDate, refusePosition, refuseState, refuseTags, sizeOf } from '../rules.ts'
import { searchWords } from '../search.ts'
import { needsParentSite } from '../site-kinds.ts'
import { initialsOf } from './pinyin.ts'
import { refuseTwins, requirePlace } from './place.ts'
import * as store from './store.ts'

type Answer = z.infer<typeof Changed>
type Fields = Record<string, unknown>

const done = (id: string, version: number, warnings: string[] = []): Answer => ({ id, version, warnings })

/** A problem of one reading, or what was read. */
export function settle<T extends object | null>(read: T | { refusal: Refusal } | { refusals: Refusal[] }, refusals: Refusal[]): T | null {
  if (read && 'refusal' in read) refusals.push(read.refusal)
  else if (read && 'refusals' in read) refusals.push(...read.refusals)
  else return read as T
  return null
}

/** A code for sites of places without a credit code: the last 18 hexadecimal digits of the enterprise's id. */
export const siteCodeOf = (creditCode: string | null, enterpriseId: string, no: number): string =>
  siteNumber(creditCode ?? enterpriseId.replaceAll('-', '').slice(-18).toUpperCase(), no)

export async function create(ctx: Ctx, input: z.output<typeof CreateEnterprise>): Promise<Answer> {
  const refusals: Refusal[] = refusePosition(input.lon, input.lat)
  const identity = settle(readIdentity(input), refusals)
  const industry = settle(readIndustry(input.industryCode), refusals)
  const phone = settle(readPhone(input.principalPhone), refusals)
  const extra = input.extraIndustries.map((code) => settle(readIndustry(code), refusals)?.code ?? '').filter(Boolean)
  if (needsParentSite(input.siteKind) && !input.parentSiteId) refusals.push({ code: 'enterprise.parent_site_required', field: 'parentSiteId' })
  refuseAny(refusals)
  await requirePlace(ctx, { ...input, enterpriseId: input.id })
  const known = identity!.identity
  await refuseTwins(ctx, { id: input.id, creditCode: known.creditCode, name: input.name, address: input.address }, input.duplicateConfirmed ?? false)
  const initials = initialsOf(input.name)
  const place = { area_code: input.areaCode, geo_code: input.geoCode, grid_id: input.gridId, park_id: input.parkId, lon: input.lon, lat: input.lat }
  await ctx.tx.insertInto('enterprise').values({
    id: input.id, ...place, ...phoneColumns(ctx, phone), credit_code: known.creditCode, credit_code_note: known.creditCodeNote, registration_no: known.registrationNo, identity_kind: input.identityKind, operator_id_masked: known.operatorIdMasked,
    name: input.name, name_py: initials, words: searchWords(input.name, input.address, initials), legal_rep: input.legalRep, principal_name: input.principalName, address: input.address,
    industry_code: industry!.code, division: industry!.division, gongmao_sector: industry!.sector, extra_industries: extra, employees: input.employees, revenue_wan: input.revenueWan, assets_wan: input.assetsWan, established_on: input.establishedOn,
    load_percent: input.loadPercent, size_grade: sizeOf(industry!.code, input), standard_level: input.standardLevel, high_risk: input.highRisk, site_kind: input.siteKind, tags: input.tags, risk_color: input.riskColor, created_at: ctx.now,
    contacts_verified_at: null, import_id: null, state_since: null, void_reason: null,
  }).execute()
  await ctx.tx.insertInto('site').values({
    id: input.siteId, enterprise_id: input.id, code: siteCodeOf(known.creditCode, input.id, 1), name: input.name, kind: input.siteKind, parent_site_id: input.parentSiteId, building_id: null, floor: null, address: input.address, floor_area_m2: input.floorAreaM2,
    ...place, is_main: true, opened_on: null, closed_on: null,
  }).execute()
  if (input.tags.length) await ctx.tx.insertInto('enterprise_tag').values(input.tags.map((code) => ({ enterprise_id: input.id, code, area_code: input.areaCode, grid_id: input.gridId, extra: '{}', set_on: localDate(ctx.now) }))).execute()
  ctx.emit({ aggregate: 'enterprise', id: input.id, version: 1, event: 'enterprise.created', to: 'ACTIVE', areaCode: input.areaCode, gridId: input.gridId, enterpriseId: input.id, data: { name: input.name, creditCode: known.creditCode, address: input.address, ...(known.creditCodeNote ? { reason: known.creditCodeNote } : {}) } })
  return done(input.id, 1, known.warnings)
}

const phoneColumns = (ctx: Ctx, phone: { full: string; masked: string; tail: string } | null) => ({
  principal_phone_sealed: phone ? ctx.secrets.seal(phone.full) : null,
  principal_phone_masked: phone?.masked ?? null,
  principal_phone_tail: phone?.tail ?? null,
  principal_phone_blind: phone ? ctx.secrets.blind(phone.full) : null,
})

async function locked(ctx: Ctx, id: string, baseVersion: number): Promise<store.EnterpriseRecord> {
  const row = await store.lockEnterprise(ctx.tx, ctx.actor, id)
  if (row.voided_at) throw new Problem('refused', 'enterprise.voided')
  refuseStale(row.version, baseVersion)
  return row
}

/** Columns by field of the input, for what is copied as it is. */
const plain = {
  name: 'name', legalRep: 'legal_rep', principalName: 'principal_name', address: 'address', employees: 'employees', revenueWan: 'revenue_wan', assetsWan: 'assets_wan', establishedOn: 'established_on', loadPercent: 'load_percent',
  standardLevel: 'standard_level', highRisk: 'high_risk', siteKind: 'site_kind', riskColor: 'risk_color', gridId: 'grid_id', geoCode: 'geo_code', parkId: 'park_id', lon: 'lon', lat: 'lat',
} as const satisfies Record<string, keyof store.EnterpriseRecord>

export async function update(ctx: Ctx, input: z.output<typeof UpdateEnterprise>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const refusals: Refusal[] = refusePosition(input.lon === undefined ? row.lon : input.lon, input.lat === undefined ? row.lat : input.lat)
  const set: Fields = plainChanges(row, input)
  const warnings = changeIdentity(row, input, set, refusals)
  changeIndustry(row, input, set, refusals)
  changePhone(ctx, row, input.principalPhone, set, refusals)
  refuseAny(refusals)
  const name = (set.name as string) ?? row.name
  const address = (set.address as string) ?? row.address
  if ('grid_id' in set || 'park_id' in set) await requirePlace(ctx, { areaCode: row.area_code, gridId: (set.grid_id as string | null | undefined) ?? null, parkId: (set.park_id as string | null | undefined) ?? null, enterpriseId: row.id })
  if ('credit_code' in set) await refuseTwins(ctx, { id: row.id, creditCode: set.credit_code as string | null, name, address }, true)
  if ('name' in set || 'address' in set) set.words = searchWords(name, address, initialsOf(name))
  if ('name' in set) set.name_py = initialsOf(name)
  const grade = sizeOf((set.industry_code as string | undefined) ?? row.industry_code, { employees: pick(set, row, 'employees'), revenueWan: pick(set, row, 'revenue_wan'), assetsWan: pick(set, row, 'assets_wan') })
  if (grade !== row.size_grade) set.size_grade = grade
  if (input.contactsVerified) set.contacts_verified_at = ctx.now
  return write(ctx, row, set, 'enterprise.updated', { ...(input.reason ? { reason: input.reason } : {}) }, warnings)
}

const pick = (set: Fields, row: store.EnterpriseRecord, column: 'employees' | 'revenue_wan' | 'assets_wan'): number | null => (column in set ? (set[column] as number | null) : row[column])

function plainChanges(row: store.EnterpriseRecord, input: Fields): Fields {
  const set: Fields = {}
  for (const [field, column] of Object.entries(plain)) {
    const given = input[field]
    if (given !== undefined && given !== row[column]) set[column] = given
  }
  return set
}

function changeIdentity(row: store.EnterpriseRecord, input: z.output<typeof UpdateEnterprise>, set: Fields, refusals: Refusal[]): string[] {
  if (input.identityKind === undefined && input.creditCode === undefined && input.registrationNo === undefined && input.operatorIdNo === undefined) return []
  const given = { ...input, identityKind: input.identityKind ?? row.identity_kind, creditCode: input.creditCode === undefined ? row.credit_code : input.creditCode, registrationNo: input.registrationNo === undefined ? row.registration_no : input.registrationNo, operatorIdNo: input.operatorIdNo ?? row.operator_id_masked }
  // A code that was confirmed before needs no second confirmation while it stays.
  const kept = given.creditCode === row.credit_code && row.credit_code_note ? { creditCodeConfirmed: true, creditCodeReason: row.credit_code_note } : {}
  const identity = settle(readIdentity({ ...given, ...kept }), refusals)?.identity
  if (!identity) return []
  const next: Fields = { identity_kind: given.identityKind, credit_code: identity.creditCode, credit_code_note: identity.creditCodeNote, registration_no: identity.registrationNo, operator_id_masked: identity.operatorIdMasked }
  for (const [column, value] of Object.entries(next)) if (value !== row[column as keyof store.EnterpriseRecord]) set[column] = value
  return identity.warnings
}

function changeIndustry(row: store.EnterpriseRecord, input: { industryCode?: string | null | undefined; extraIndustries?: string[] | undefined }, set: Fields, refusals: Refusal[]): void {
  const industry = input.industryCode === undefined ? null : settle(readIndustry(input.industryCode), refusals)
  if (industry && industry.code !== row.industry_code) Object.assign(set, { industry_code: industry.code, division: industry.division, gongmao_sector: industry.sector })
  if (input.extraIndustries) set.extra_industries = input.extraIndustries.map((code) => settle(readIndustry(code), refusals)?.code ?? '').filter(Boolean)
}

function changePhone(ctx: Ctx, row: store.EnterpriseRecord, given: string | null | undefined, set: Fields, refusals: Refusal[]): void {
  // A form sends back the masked number that it was given: that is no change.
  if (given === undefined || given === row.principal_phone_masked) return
  Object.assign(set, phoneColumns(ctx, settle(readPhone(given), refusals)))
}

const historyOf = { name: 'NAME', industry_code: 'INDUSTRY', size_grade: 'SIZE', standard_level: 'STANDARD' } as const
/** Never in an event: sealed, keyed or derived. */
const silent = new Set(['principal_phone_sealed', 'principal_phone_blind', 'principal_phone_tail', 'words', 'name_py', 'division'])

async function write(ctx: Ctx, row: store.EnterpriseRecord, set: Fields, event: string, data: Fields, warnings: string[] = []): Promise<Answer> {
  const columns = Object.keys(set)
  if (!columns.length) {
    // Nothing differs: the version stays, and the look at the form leaves its trace all the same.
    ctx.emit({ aggregate: 'enterprise', id: row.id, version: row.version, event, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { ...data, changes: [] } })
    return done(row.id, row.version, warnings)
  }
  const version = row.version + 1
  await ctx.tx.updateTable('enterprise').set({ ...set, version }).where('id', '=', row.id).execute()
  const today = localDate(ctx.now)
  await store.recordHistory(ctx.tx, (Object.keys(historyOf) as (keyof typeof historyOf)[]).filter((column) => column in set).map((column) => change(ctx, row, historyOf[column], row[column], set[column], today, String(data.reason ?? '资料变更'))))
  const changes = columns.filter((column) => !silent.has(column)).map((column) => ({ field: column, from: row[column as keyof store.EnterpriseRecord] ?? null, to: set[column] ?? null }))
  ctx.emit({ aggregate: 'enterprise', id: row.id, version, event, areaCode: (set.area_code as string) ?? row.area_code, gridId: set.grid_id === undefined ? row.grid_id : (set.grid_id as string | null), enterpriseId: row.id, data: { name: row.name, ...data, changes } })
  return done(row.id, version, warnings)
}

function change(ctx: Ctx, row: store.EnterpriseRecord, field: store.HistoryChange['field'], from: unknown, to: unknown, since: string, source: string): store.HistoryChange {
  return { enterpriseId: row.id, areaCode: row.area_code, gridId: row.grid_id, field, from, to, since, bornOn: row.established_on ?? localDate(row.created_at), source, id: ctx.newId(), firstId: ctx.newId() }
}

export async function editOwn(ctx: Ctx, input: z.output<typeof EditOwn>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const refusals: Refusal[] = []
  const set = plainChanges(row, input)
  changePhone(ctx, row, input.principalPhone, set, refusals)
  refuseAny(refusals)
  const grade = sizeOf(row.industry_code, { employees: pick(set, row, 'employees'), revenueWan: pick(set, row, 'revenue_wan'), assetsWan: pick(set, row, 'assets_wan') })
  if (grade !== row.size_grade) set.size_grade = grade
  return write(ctx, row, set, 'enterprise.self_edited', {})
}

export async function setContacts(ctx: Ctx, input: z.output<typeof SetContacts>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const today = localDate(ctx.now)
  const known = new Map((await store.contacts(ctx.tx, ctx.actor, row.id)).map((contact) => [contact.id, contact]))
  const refusals: Refusal[] = []
  const rows = input.contacts.map((contact, i) => {
    const old = known.get(contact.id)
    const kept = old && old.phone_masked === contact.phone
    const phone = kept ? null : settle(readPhone(contact.phone, `contacts.${i}.phone`), refusals)
    return {
      id: old ? ctx.newId() : contact.id, enterprise_id: row.id, area_code: row.area_code, grid_id: row.grid_id, name: contact.name, duty: contact.duty, valid_from: today, valid_to: null,
      phone_sealed: kept ? old.phone_sealed : phone ? ctx.secrets.seal(phone.full) : null, phone_masked: kept ? old.phone_masked : (phone?.masked ?? null), phone_tail: kept ? old.phone_tail : (phone?.tail ?? null),
    }
  })
  refuseAny(refusals)
  await ctx.tx.updateTable('enterprise_contact').set({ valid_to: today }).where('enterprise_id', '=', row.id).where('valid_to', 'is', null).execute()
  if (rows.length) await ctx.tx.insertInto('enterprise_contact').values(rows).execute()
  return write(ctx, row, { contacts_verified_at: ctx.now }, 'enterprise.contacts_set', { contacts: rows.map((contact) => ({ name: contact.name, duty: contact.duty })) })
}

/** Sets the operating state with history; also for other capabilities, which bring their own reason. */
export async function setState(ctx: Ctx, input: z.output<typeof SetState>, has: (verb: string) => boolean = ctx.actor.has): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const today = localDate(ctx.now)
  const since = input.since ?? today
  const from = row.state as OperatingState
  refuseAny(refuseState(from, input.state, has, { since, today, last: await store.openHistory(ctx.tx, row.id, 'STATE') }))
  const load = input.loadPercent === undefined ? (['ACTIVE', 'RESUMING'].includes(input.state) ? row.load_percent : null) : input.loadPercent
  const version = row.version + 1
  await ctx.tx.updateTable('enterprise').set({ state: input.state, state_since: since, load_percent: load, version }).where('id', '=', row.id).execute()
  await store.recordHistory(ctx.tx, [change(ctx, row, 'STATE', from, input.state, since, input.reason)])
  ctx.emit({ aggregate: 'enterprise', id: row.id, version, event: 'enterprise.state_set', from, to: input.state, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { name: row.name, reason: input.reason, since } })
  return done(row.id, version)
}

export async function setTags(ctx: Ctx, input: z.output<typeof SetTags>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  refuseAny(refuseTags(input.tags))
  const today = localDate(ctx.now)
  await store.clearTags(ctx.tx, row.id)
  if (input.tags.length) await ctx.tx.insertInto('enterprise_tag').values(input.tags.map(({ code, extra }) => ({ enterprise_id: row.id, code, area_code: row.area_code, grid_id: row.grid_id, extra: JSON.stringify(extra), set_on: today }))).execute()
  return write(ctx, row, { tags: input.tags.map((tag) => tag.code) }, 'enterprise.tags_set', {})
}

/** Another jurisdiction from a day on: the register, the main site and the history follow; records of the past keep their own codes. */
export async function relocate(ctx: Ctx, input: z.output<typeof Relocate>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const today = localDate(ctx.now)
  refuseAny(refuseDate({ since: input.since, today, last: await store.openHistory(ctx.tx, row.id, 'AREA') }))
  const place = await requirePlace(ctx, { areaCode: input.areaCode, gridId: input.gridId })
  const version = row.version + 1
  const to = { area_code: input.areaCode, grid_id: input.gridId }
  await ctx.tx.updateTable('enterprise').set({ ...to, version }).where('id', '=', row.id).execute()
  await store.moveMainSite(ctx.tx, row.id, to)
  await store.recordHistory(ctx.tx, [change(ctx, row, 'AREA', { areaCode: row.area_code, gridId: row.grid_id }, { areaCode: input.areaCode, gridId: input.gridId }, input.since, input.reason)])
  const data = { name: row.name, reason: input.reason, since: input.since, from: row.area_code, to: input.areaCode, toName: place.area?.name ?? '' }
  ctx.emit({ aggregate: 'enterprise', id: row.id, version, event: 'enterprise.relocated', areaCode: input.areaCode, gridId: input.gridId, enterpriseId: row.id, data })
  return done(row.id, version)
}

export async function voidEnterprise(ctx: Ctx, input: z.output<typeof VoidEnterprise>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const version = row.version + 1
  await ctx.tx.updateTable('enterprise').set({ voided_at: ctx.now, void_reason: input.reason, version }).where('id', '=', row.id).execute()
  await ctx.tx.updateTable('site').set({ voided_at: ctx.now }).where('enterprise_id', '=', row.id).where('voided_at', 'is', null).execute()
  ctx.emit({ aggregate: 'enterprise', id: row.id, version, event: 'enterprise.voided', from: row.state, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { name: row.name, reason: input.reason } })
  return done(row.id, version)
}
