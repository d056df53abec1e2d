import { addDays, instantOf } from '../../kernel/core/time.ts'
import { dispatch, photo } from './acts.ts'
import { AT_ONCE, type Client, keyOf, together } from './client.ts'
import type { NightTeam, Plan } from './plan.ts'
import { LEADER, nightDate, nightId, PLANNER } from './setup.ts'
import { answersOf, hazardText, versionOf } from './words.ts'

const MUSTER_AT_ONCE = 300
/** Minutes from the first door to the last. */
const LENGTH = 250

type Site = NightTeam['sites'][number]
const minute = (team: NightTeam, i: number): number => Math.floor((i * LENGTH) / team.sites.length)
const at = (minutes: number): string => new Date(instantOf(nightDate, '20:20').getTime() + minutes * 60_000).toISOString()
const hazardId = (site: Site): string => keyOf(`night hazard ${site.siteId}`)

/** 20:10: everybody on the order is there. */
export async function muster(client: Client, plan: Plan): Promise<void> {
  const everybody = plan.night.flatMap((t) => [...t.officers, ...t.members]).map((p) => p.id)
  for (let from = 0; from < everybody.length; from += MUSTER_AT_ONCE) {
    await client.command(PLANNER, `/campaigns/${nightId}/muster`, { personIds: everybody.slice(from, from + MUSTER_AT_ONCE), state: 'PRESENT' }, `muster ${from}`)
  }
}

/** The two officers of a team inspect the sites of their list; what is left after midnight belongs to the evening before. */
export async function inspect(client: Client, team: NightTeam): Promise<void> {
  const [first, second] = team.officers
  const signs = [await photo(client, first.login, `night sign ${first.login}`, at(0)), await photo(client, first.login, `night sign ${second.login}`, at(0))]
  for (const list of ['YQ', 'YC'] as const) {
    const sites = team.sites.filter((s) => s.list === list)
    const planned = await dispatch(client, { campaignId: nightId, teamId: team.teamId, kind: 'ADMIN_SPECIAL', date: nightDate, siteIds: sites.map((s) => s.siteId), officerIds: team.officers.map((o) => o.id), versionIds: [versionOf(list)] })
    await together(sites.map((site) => () => inspectOne(client, team, site, planned.get(site.siteId)!, signs)), AT_ONCE)
  }
}

async function inspectOne(client: Client, team: NightTeam, site: Site, visitId: string, signs: readonly string[]): Promise<void> {
  const { login } = team.officers[0]
  const begin = minute(team, team.sites.indexOf(site))
  const company = await photo(client, login, `night company ${site.siteId}`, at(begin), site.enterpriseId)
  const wrong = site.finding ? hazardText(site.list, begin) : null
  const pictures = site.finding ? [await photo(client, login, `night before ${site.siteId}`, at(begin), site.enterpriseId), ...(site.finding === 'FIXED' ? [await photo(client, login, `night after ${site.siteId}`, at(begin + 2), site.enterpriseId)] : [])] : []
  const finding = wrong && { id: hazardId(site), versionId: versionOf(site.list), itemCode: wrong.item.code, category: wrong.category, description: wrong.description, requirement: wrong.requirement, location: '现场', fixed: site.finding === 'FIXED', photosBefore: pictures.slice(0, 1), photosAfter: pictures.slice(1) }
  await client.command(login, `/visits/${visitId}/record`, {
    baseVersion: 2, kind: 'ADMIN_SPECIAL', siteId: site.siteId, people: team.officers.map((o) => ({ personId: o.id, part: 'OFFICER', conflictDeclared: true })), arrivedAt: at(begin), idShownAt: at(begin), informedAt: at(begin + 1), leftAt: at(begin + 4),
    scan: { moment: 'BEFORE', scannedAt: at(begin) }, outcome: 'CHECKED', answers: answersOf(site.list, wrong ? { code: wrong.item.code, answer: site.finding === 'FIXED' ? 'FIXED' : 'FAILS' } : undefined), findings: finding ? [finding] : [],
    companion: { name: '现场负责人', duty: '负责人' }, signature: { state: 'SIGNED', companyAttachmentId: company, officerAttachmentIds: signs },
  }, `visit ${visitId}`)
}

interface Paper {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly actions: readonly { readonly action: string; readonly allowed: boolean }[]
}
interface Prepared {
  readonly hazards: readonly { readonly id: string; readonly basis: readonly { readonly text: string; readonly unnamed?: boolean }[] }[]
}

/** The same night: a firm whose hazard cannot wait is sealed. The head approves first; two officers, the party present, a list. */
export async function seal(client: Client, team: NightTeam): Promise<void> {
  const sites = team.sites.filter((s) => s.sealed)
  if (!sites.length) return
  const { visits } = await dispatched(client, team)
  const signs = await signaturesOf(client, team)
  for (const site of sites) {
    const visitId = visits.get(site.siteId)!
    await record(client, { team, site, visitId, signs })
    const { description } = hazardText(site.list, minute(team, team.sites.indexOf(site)))
    await paper(client, {
      team, site, visitId, signs, type: 'D09',
      more: { items: [{ hazardId: hazardId(site) }], sealing: { sealKind: 'SEAL', sealReason: `${description}，有根据认为所用设施不符合保障安全生产的国家标准`, present: true, heard: '无异议', lawfulThings: true, things: [{ name: '生产用电设施', quantity: '1处', place: '生产车间' }] } },
    })
  }
}

const signaturesOf = async (client: Client, { officers: [first, second] }: NightTeam): Promise<readonly [string, string]> => [await photo(client, first.login, `paper sign ${first.login}`, at(0)), await photo(client, second.login, `paper sign ${second.login}`, at(0))]

const record = (client: Client, given: Omit<ToServe, 'type' | 'more'>) => paper(client, { ...given, type: 'D04', more: { checked: '现场检查了值班、用电和疏散通道', handling: '责令改正' } })

/** The day after: what could not be put right on the spot is ordered on paper, approved and served. */
export async function order(client: Client, team: NightTeam): Promise<void> {
  const { visits } = await dispatched(client, team)
  const signs = await signaturesOf(client, team)
  await together(team.sites.filter((s) => s.finding === 'OPEN').map((site) => async () => {
    const visitId = visits.get(site.siteId)!
    const prepared = await client.read<Prepared>(team.officers[0].login, `/papers/prepare?visitId=${visitId}`)
    const basis = prepared.hazards.find((h) => h.id === hazardId(site))?.basis.filter((b) => !b.unnamed).map((b) => b.text) ?? []
    if (!site.sealed) await record(client, { team, site, visitId, signs })
    await paper(client, { team, site, visitId, signs, type: 'D06', more: { items: [{ hazardId: hazardId(site), basis, dueOn: addDays(nightDate, 15) }] } })
  }), AT_ONCE)
}

/** The same dispatch sent again: its stored answer says which visit is whose. */
async function dispatched(client: Client, team: NightTeam): Promise<{ visits: Map<string, string> }> {
  const visits = new Map<string, string>()
  for (const list of ['YQ', 'YC'] as const) {
    const sites = team.sites.filter((s) => s.list === list)
    const planned = await dispatch(client, { campaignId: nightId, teamId: team.teamId, kind: 'ADMIN_SPECIAL', date: nightDate, siteIds: sites.map((s) => s.siteId), officerIds: team.officers.map((o) => o.id), versionIds: [versionOf(list)] })
    for (const [siteId, id] of planned) visits.set(siteId, id)
  }
  return { visits }
}

interface ToServe {
  readonly team: NightTeam
  readonly site: Site
  readonly visitId: string
  readonly signs: readonly [string, string]
  readonly type: 'D04' | 'D06' | 'D09'
  readonly more: Record<string, unknown>
}

/** Draft → approval → number → two signatures → the party signs → served. */
async function paper(client: Client, { team, site, visitId, signs, type, more }: ToServe): Promise<void> {
  const [first, second] = team.officers
  const id = keyOf(`paper ${type} ${site.siteId}`)
  let now = await client.command<Paper>(first.login, '/papers', { id, type, visitId, officers: team.officers.map((o) => o.id), ...more }, `paper ${id} draft`)
  const step = async (login: string, what: string, input: Record<string, unknown> = {}) => {
    now = await client.command<Paper>(login, `/papers/${id}/${what}`, { baseVersion: now.version, ...input }, `paper ${id} ${what} ${login}`)
  }
  if (type !== 'D04') {
    await step(first.login, 'submit')
    await step(LEADER, 'approve', { note: '同意' })
  }
  await step(first.login, 'issue')
  await step(first.login, 'sign', { attachmentId: signs[0] })
  await step(second.login, 'sign', { attachmentId: signs[1] })
  const party = await photo(client, first.login, `paper party ${type} ${site.siteId}`, at(0), site.enterpriseId)
  if (now.state !== 'SERVED') await step(first.login, 'receive', { signer: '现场负责人', duty: '负责人', attachmentId: party })
  if (now.actions.some((a) => a.action === 'serve' && a.allowed)) await step(first.login, 'serve', { method: 'DIRECT', servedOn: addDays(nightDate, 1), receiver: '现场负责人' })
}
