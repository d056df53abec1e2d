import { z } from 'zod'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'
import { VISIT_KINDS } from '../visit/kinds.ts'
import { CAMPAIGN_KINDS, CAMPAIGN_STATES, MEMBER_PARTS, Objects, Pack, PRESENCE, QUOTA_KINDS, Scheme, SORTS, TARGET_STATES, TEAM_KINDS } from './scheme.ts'

/** What the wire carries about campaigns. Times are ISO instants with zone, dates `YYYY-MM-DD` of Asia/Shanghai, rates thousandths. */

const text = (max: number) => z.string().trim().min(1).max(max)
const instant = z.iso.datetime({ offset: true })
const date = z.iso.date()
export const ById = z.strictObject({ id: z.uuid() })
const Based = { id: z.uuid(), baseVersion: z.int() }
export const Step = z.strictObject(Based)
export const StepWithReason = z.strictObject({ ...Based, reason: text(500) })

const Drawn = {
  name: text(80), kind: z.enum(CAMPAIGN_KINDS), basis: text(200), publishedOn: date.nullable().default(null), areas: z.array(wire.area()).min(1).max(200), startsAt: instant, endsAt: instant,
  commandPost: z.string().trim().max(200).default(''), scheme: Scheme,
}
export const Create = z.strictObject({ id: z.uuid(), areaCode: wire.area(), pack: z.string().max(40).optional(), ...Drawn, teams: z.array(z.strictObject({ name: text(40), kind: z.enum(TEAM_KINDS) })).max(40).default([]) })
export type Create = z.infer<typeof Create>
export const Edit = z.strictObject({ ...Based, ...Drawn })
export type Edit = z.infer<typeof Edit>
export const Decide = z.strictObject({ ...Based, opinion: text(300) })
export const Close = z.strictObject({ ...Based, closing: text(4000) })

export const ListFilter = z.strictObject({ ...paging, states: wire.list(z.enum(CAMPAIGN_STATES)).optional(), kinds: wire.list(z.enum(CAMPAIGN_KINDS)).optional(), q: z.string().trim().max(60).optional(), mine: wire.flag().optional() })
export const Row = z.object({
  id: z.uuid(), no: z.string(), kind: z.enum(CAMPAIGN_KINDS), name: z.string(), state: z.enum(CAMPAIGN_STATES), areaCode: z.string(), startsAt: z.string(), endsAt: z.string(), businessDate: z.string(), targets: z.int(), done: z.int(), version: z.int(),
})
export type Row = z.infer<typeof Row>
export const Page = pageOf(Row).extend({ figures: z.object({ all: z.int(), draft: z.int(), waiting: z.int(), running: z.int(), closed: z.int() }) })

export const Detail = Row.omit({ targets: true, done: true }).extend({
  pack: z.string().nullable(), basis: z.string(), publishedOn: z.string().nullable(), areas: z.array(z.string()), scheme: Scheme, commandPost: z.string(), openWave: z.int(),
  submittedAt: z.string().nullable(), annexCount: z.int().nullable(), annexHash: z.string().nullable(), decidedAt: z.string().nullable(), decidedByName: z.string().nullable(), opinion: z.string().nullable(),
  startedAt: z.string().nullable(), closing: z.string().nullable(), closedAt: z.string().nullable(), voidReason: z.string().nullable(), lastDate: z.string(), taskCount: z.int(), drawCount: z.int(),
  actions: z.array(Action), timeline: z.array(z.object({ at: z.string(), event: z.string(), label: z.string(), actor: z.string(), text: z.string() })),
})
export type Detail = z.infer<typeof Detail>
export const Moved = z.object({ id: z.uuid(), no: z.string(), state: z.enum(CAMPAIGN_STATES), version: z.int() })

/** `version` 0: as shipped. */
export const Packs = z.object({ packs: z.array(Pack.extend({ own: z.boolean(), version: z.int(), savedAt: z.string().nullable(), savedByName: z.string().nullable() })) })
export type Packs = z.infer<typeof Packs>
export const SavePack = z.strictObject({ areaCode: wire.area(), pack: Pack, baseVersion: z.int().min(0).optional() })

/** Totals within one's reach; every one opens the list of that length. `persons`: person × business date. */
export const Totals = z.object({
  persons: z.int(), people: z.int(), visits: z.int(), checks: z.int(), firms: z.int(), parks: z.int(), places: z.int(), found: z.int(), major: z.int(), fixed: z.int(), closed: z.int(),
  toDo: z.int(), taken: z.int(), done: z.int(), dropped: z.int(),
})
export type Totals = z.infer<typeof Totals>
const TeamFigures = z.object({ teamId: z.uuid(), name: z.string(), kind: z.enum(TEAM_KINDS), leaderName: z.string().nullable(), members: z.int(), present: z.int(), visits: z.int(), checks: z.int(), found: z.int(), fixed: z.int() })
export const Overview = z.object({
  at: z.string(), totals: Totals,
  waves: z.array(z.object({ wave: z.int(), name: z.string(), total: z.int(), done: z.int(), threshold: z.int(), permille: z.int().nullable(), reached: z.boolean(), open: z.boolean() })),
  quotas: z.array(z.object({ name: z.string(), kind: z.enum(QUOTA_KINDS), base: z.int(), need: z.int(), done: z.int(), gap: z.int(), abovePool: z.boolean(), perRound: z.array(z.int()).readonly() })),
  streets: z.array(z.object({ street: z.string(), name: z.string(), targets: z.int(), done: z.int(), visits: z.int(), found: z.int() })),
  teams: z.array(TeamFigures),
})
export type Overview = z.infer<typeof Overview>

/** The live board: `since` is the tag of what the screen has; nothing new answers in a few bytes. */
export const BoardQuery = z.strictObject({ id: z.uuid(), since: z.string().regex(/^[0-9a-f]{16}$/).optional() })
export const Board = z.object({
  tag: z.string(), unchanged: z.boolean(), at: z.string(),
  board: z.object({
    name: z.string(), state: z.enum(CAMPAIGN_STATES), businessDate: z.string(), commandPost: z.string(), startsAt: z.string(), endsAt: z.string(), totals: Totals,
    streets: z.array(z.object({ street: z.string(), name: z.string(), targets: z.int(), done: z.int(), visits: z.int(), found: z.int() })),
    teams: z.array(TeamFigures.extend({ lastSite: z.string().nullable(), lastAt: z.string().nullable(), lon: z.number().nullable(), lat: z.number().nullable() })),
    stream: z.array(z.object({ id: z.uuid(), at: z.string(), enterpriseName: z.string(), location: z.string(), description: z.string(), level: z.enum(['GENERAL', 'MAJOR']), fixed: z.boolean(), teamName: z.string().nullable() })),
  }).nullable(),
})
export type Board = z.infer<typeof Board>
export const Points = z.object({ points: z.array(z.object({ id: z.uuid(), name: z.string(), lon: z.number(), lat: z.number(), state: z.enum(TARGET_STATES) })), total: z.int() })

export const TargetFilter = z.strictObject({ id: z.uuid(), ...paging, states: wire.list(z.enum(TARGET_STATES)).optional(), sorts: wire.list(z.enum(SORTS)).optional(), checked: wire.flag().optional(), wave: wire.int().optional(), teamId: wire.id().optional(), areaCode: wire.area().optional(), q: z.string().trim().max(60).optional() })
export const Target = z.object({
  siteId: z.uuid(), siteName: z.string(), enterpriseId: z.uuid(), enterpriseName: z.string(), siteKind: z.string(), sort: z.enum(SORTS), areaCode: z.string(), riskColour: z.string().nullable(), wave: z.int(), source: z.string(), state: z.enum(TARGET_STATES),
  teamId: z.uuid().nullable(), teamName: z.string().nullable(), ordinal: z.int().nullable(), dueOn: z.string().nullable(), visits: z.int(), checks: z.int(), lastOn: z.string().nullable(), address: z.string(), droppedReason: z.string().nullable(),
  /** Other campaigns under way that want the same site: 综合查一次. */
  also: z.array(z.string()),
})
export type Target = z.infer<typeof Target>
export const Targets = pageOf(Target)

/** Whom to put on the list: sites named, or all that fit; what is left out is taken from the scheme. */
const Choice = { areaCodes: z.array(wire.area()).max(200).default([]), objects: Objects.optional(), siteIds: z.array(z.uuid()).max(5000).default([]) }
export const Preview = z.strictObject({ id: z.uuid(), areaCodes: wire.list(wire.area()).optional() })
export const Previewed = z.object({ fitting: z.int(), listed: z.int(), streets: z.array(z.object({ street: z.string(), name: z.string(), n: z.int() })), waves: z.array(z.object({ wave: z.int(), n: z.int() })), others: z.array(z.object({ campaignId: z.uuid(), name: z.string(), n: z.int() })) })
export const AddTargets = z.strictObject({ id: z.uuid(), ...Choice, dueOn: date.optional() })
export type AddTargets = z.infer<typeof AddTargets>
export const Added = z.object({ added: z.int(), total: z.int() })
export const DropTarget = z.strictObject({ id: z.uuid(), siteIds: z.array(z.uuid()).min(1).max(200), reason: text(300) })

export const Member = z.object({ personId: z.uuid(), name: z.string(), organisation: z.string().nullable(), part: z.enum(MEMBER_PARTS), certificateNo: z.string().nullable() })
export const Team = z.object({ id: z.uuid(), ordinal: z.int(), name: z.string(), kind: z.enum(TEAM_KINDS), leaderId: z.uuid().nullable(), areaCode: z.string().nullable(), vehicle: z.string().nullable(), version: z.int(), members: z.array(Member), route: z.array(z.object({ siteId: z.uuid(), enterpriseName: z.string(), siteName: z.string(), address: z.string(), state: z.enum(TARGET_STATES) })) })
export type Team = z.infer<typeof Team>
export const Teams = z.object({ teams: z.array(Team) })
export const SetTeam = z.strictObject({
  id: z.uuid(), teamId: z.uuid(), baseVersion: z.int().optional(), name: text(40), kind: z.enum(TEAM_KINDS), areaCode: wire.area().nullable().default(null), vehicle: z.string().trim().max(40).default(''),
  members: z.array(z.strictObject({ personId: z.uuid(), part: z.enum(MEMBER_PARTS) })).max(120),
})
export type SetTeam = z.infer<typeof SetTeam>
export const RemoveTeam = z.strictObject({ id: z.uuid(), teamId: z.uuid(), baseVersion: z.int(), reason: text(300) })
export const Candidates = z.strictObject({ id: z.uuid(), q: z.string().trim().max(40).optional() })
export const CandidateList = z.object({ people: z.array(z.object({ personId: z.uuid(), name: z.string(), organisation: z.string().nullable(), certificateNo: z.string().nullable(), teamName: z.string().nullable() })) })

/** Tasks of a team: one visit for each site, under the campaign's own approval. */
const Task = { id: z.uuid(), teamId: z.uuid(), kind: z.enum(VISIT_KINDS), plannedOn: date }
export const CheckTasks = z.strictObject({ ...Task, siteIds: wire.list(z.uuid()) })
export const Checked = z.object({ sites: z.array(z.object({ siteId: z.uuid(), warnings: z.array(z.string()) })) })
export const Dispatch = z.strictObject({ ...Task, siteIds: z.array(z.uuid()).min(1).max(60), officerIds: z.array(z.uuid()).max(10).default([]), versionIds: z.array(z.uuid()).max(6).default([]) })
export type Dispatch = z.infer<typeof Dispatch>
export const Dispatched = z.object({ visits: z.array(z.object({ id: z.uuid(), no: z.string(), siteId: z.uuid(), warnings: z.array(z.string()) })) })

export const MusterQuery = z.strictObject({ id: z.uuid(), date: wire.date().optional() })
export const Muster = z.object({
  date: z.string(), expected: z.int(), present: z.int(), onWay: z.int(), absent: z.int(), unknown: z.int(), attended: z.int(),
  people: z.array(z.object({ personId: z.uuid(), name: z.string(), organisation: z.string().nullable(), teamName: z.string().nullable(), part: z.enum(MEMBER_PARTS).nullable(), state: z.enum(PRESENCE).nullable(), how: z.string().nullable(), at: z.string().nullable(), reason: z.string().nullable() })),
  actions: z.array(Action),
})
export type Muster = z.infer<typeof Muster>
export const Mark = z.strictObject({ id: z.uuid(), personIds: z.array(z.uuid()).min(1).max(300), state: z.enum(PRESENCE), reason: z.string().trim().max(200).default('') })
export const SignIn = z.strictObject({ id: z.uuid(), state: z.enum(PRESENCE), reason: z.string().trim().max(200).default('') })
export const Marked = z.object({ date: z.string(), marked: z.int() })

export const TaskRow = z.object({
  id: z.uuid(), line: z.string(), ordinal: z.int(), title: z.string(), measure: z.string(), unit: z.string(), ownerId: z.uuid().nullable(), ownerName: z.string().nullable(), startsOn: z.string(), dueOn: z.string(),
  state: z.enum(['TO_DO', 'RUNNING', 'DONE', 'CANCELLED']), progress: z.int(), note: z.string().nullable(), reportedAt: z.string().nullable(), doneOn: z.string().nullable(), late: z.boolean(), mine: z.boolean(), version: z.int(),
})
export type TaskRow = z.infer<typeof TaskRow>
export const Tasks = z.object({ tasks: z.array(TaskRow), mayArrange: z.boolean() })
export const SetTask = z.strictObject({ id: z.uuid(), taskId: z.uuid(), baseVersion: z.int().optional(), line: text(40), title: text(120), measure: z.string().trim().max(300).default(''), unit: text(60), ownerId: z.uuid().nullable().default(null), startsOn: date, dueOn: date })
export type SetTask = z.infer<typeof SetTask>
export const ReportTask = z.strictObject({ id: z.uuid(), taskId: z.uuid(), baseVersion: z.int(), progress: z.int().min(0).max(100), note: text(500), done: z.boolean().default(false) })

/** What a closing report is written from: the facts, not the sentences. */
export const Report = z.object({
  name: z.string(), basis: z.string(), businessDate: z.string(), startsAt: z.string(), endsAt: z.string(), at: z.string(), totals: Totals, teams: z.array(TeamFigures),
  common: z.array(z.object({ category: z.string(), name: z.string(), hazards: z.int(), sites: z.int(), checked: z.int() })),
  majors: z.array(z.object({ id: z.uuid(), no: z.string(), enterpriseName: z.string(), description: z.string() })),
  orders: z.int(), sealed: z.int(), openHazards: z.int(), unvisited: z.int(),
})
export type Report = z.infer<typeof Report>

export const PatrolsDue = z.strictObject({ gridId: wire.id(), ...paging })
export const DuePatrols = pageOf(z.object({ siteId: z.uuid(), siteName: z.string(), enterpriseId: z.uuid(), enterpriseName: z.string(), riskColour: z.string().nullable(), everyDays: z.int(), lastOn: z.string().nullable(), dueOn: z.string(), address: z.string() }))
