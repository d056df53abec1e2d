import { z } from 'zod'
import { VISIT_KINDS } from '../visit/kinds.ts'

/** What a campaign is made of, as data: nothing here is code of one action. Rates are thousandths, so that nothing is rounded twice. */

export const CAMPAIGN_KINDS = ['NIGHT', 'SPECIAL', 'SWEEP', 'GUIDANCE', 'LIST', 'ROUNDS', 'YEARS'] as const
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number]
export const KIND_ZH: Readonly<Record<CampaignKind, string>> = { NIGHT: '夜间统一执法', SPECIAL: '专项检查', SWEEP: '地毯式排查', GUIDANCE: '指导服务', LIST: '清单必查', ROUNDS: '多轮检查', YEARS: '多年行动' }

export const CAMPAIGN_STATES = ['DRAFT', 'APPROVED', 'RUNNING', 'CLOSING', 'CLOSED', 'VOID'] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]
export const STATE_ZH: Readonly<Record<CampaignState, string>> = { DRAFT: '拟制中', APPROVED: '已批准', RUNNING: '进行中', CLOSING: '收尾中', CLOSED: '已办结', VOID: '已作废' }

export const TEAM_KINDS = ['CHECK', 'GUIDE', 'AID', 'COMMAND'] as const
export type TeamKind = (typeof TEAM_KINDS)[number]
export const TEAM_ZH: Readonly<Record<TeamKind, string>> = { CHECK: '检查组', GUIDE: '指导组', AID: '援助组', COMMAND: '指挥组' }

export const MEMBER_PARTS = ['LEADER', 'OFFICER', 'EXPERT', 'GRID', 'SUPPORT'] as const
export type MemberPart = (typeof MEMBER_PARTS)[number]
export const PART_ZH: Readonly<Record<MemberPart, string>> = { LEADER: '组长', OFFICER: '执法人员', EXPERT: '专家', GRID: '安格员', SUPPORT: '保障人员' }

export const TARGET_STATES = ['TO_DO', 'TAKEN', 'DONE', 'DROPPED'] as const
export type TargetState = (typeof TARGET_STATES)[number]
export const TARGET_ZH: Readonly<Record<TargetState, string>> = { TO_DO: '待查', TAKEN: '已领', DONE: '已查', DROPPED: '移出' }

export const SORTS = ['FIRM', 'PARK', 'PLACE'] as const
export type Sort = (typeof SORTS)[number]
export const SORT_ZH: Readonly<Record<Sort, string>> = { FIRM: '企业', PARK: '园区', PLACE: '场所' }

export const PRESENCE = ['PRESENT', 'ON_WAY', 'ABSENT'] as const
export type Presence = (typeof PRESENCE)[number]
export const PRESENCE_ZH: Readonly<Record<Presence, string>> = { PRESENT: '实到', ON_WAY: '在途', ABSENT: '不能到' }

export const COLOURS = ['RED', 'ORANGE', 'YELLOW', 'BLUE'] as const

const text = (max: number) => z.string().trim().min(1).max(max)
const codes = z.array(z.string().min(1).max(40)).max(60).default([])

/** Which sites belong to it. Everything named must hold; what is left out asks nothing. */
export const Objects = z.strictObject({
  siteKinds: codes,
  tags: codes,
  riskColours: z.array(z.enum(COLOURS)).default([]),
  aboveScale: z.boolean().optional(),
  minEmployees: z.int().min(1).max(1_000_000).optional(),
  /** A major hazard within so many days. */
  majorWithinDays: z.int().min(1).max(3650).optional(),
  /** No inspection on site for so many days. */
  notInspectedDays: z.int().min(1).max(3650).optional(),
})
export type Objects = z.infer<typeof Objects>

export const Wave = z.strictObject({
  name: text(40),
  /** The last wave takes what no other one took: its rule may be empty. */
  aboveScale: z.boolean().optional(),
  minEmployees: z.int().min(1).max(1_000_000).optional(),
  riskColours: z.array(z.enum(COLOURS)).default([]),
  /** The share of this wave that opens the next one, thousandths. */
  threshold: z.int().min(0).max(1000).default(1000),
})
export type Wave = z.infer<typeof Wave>

export const QUOTA_KINDS = ['COVERAGE', 'RATE', 'COUNT', 'ROUNDS'] as const
export const Quota = z.strictObject({
  name: text(60),
  kind: z.enum(QUOTA_KINDS),
  /** RATE: ⌈rate × base⌉ sites, thousandths. */
  permille: z.int().min(1).max(1000).optional(),
  /** COUNT: so many sites. */
  count: z.int().min(1).max(1_000_000).optional(),
  /** ROUNDS: each site so many times. */
  rounds: z.int().min(1).max(52).optional(),
})
export type Quota = z.infer<typeof Quota>

export const Scheme = z.strictObject({
  purpose: z.string().trim().max(1000).default(''),
  /** 工作线, such as 防疫、复工、安全. */
  lines: z.array(text(40)).max(12).default([]),
  objects: Objects,
  visitKinds: z.array(z.enum(VISIT_KINDS)).min(1).max(10),
  /** Codes of checklists (YC, JX …); empty: any. */
  checklists: codes,
  waves: z.array(Wave).max(9).default([]),
  quotas: z.array(Quota).max(12).default([]),
  requirements: z.array(text(300)).max(30).default([]),
})
export type Scheme = z.infer<typeof Scheme>

export const PackTask = z.strictObject({ line: text(40), title: text(120), measure: z.string().trim().max(300).default(''), unit: text(60), fromDay: z.int().min(0).max(1500), dueDay: z.int().min(0).max(1500) })

/** A campaign ready to be named and dated. Shipped ones are data; a bureau's own stand beside them or in their place. */
export const Pack = z.strictObject({
  code: z.string().regex(/^[A-Z0-9_]{2,40}$/),
  name: text(60),
  kind: z.enum(CAMPAIGN_KINDS),
  summary: text(300),
  basisHint: text(120),
  /** Length in days, and the hour of the first one. */
  days: z.int().min(1).max(1500),
  startTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).default('09:00'),
  endTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).default('18:00'),
  teams: z.array(z.strictObject({ name: text(40), kind: z.enum(TEAM_KINDS) })).max(40).default([]),
  tasks: z.array(PackTask).max(100).default([]),
  scheme: Scheme,
})
export type Pack = z.infer<typeof Pack>
