/**
 * The shipped roles (domain §0.6) as rows of verbs. They are data: a migration of roles writes them to the `role`
 * table, where a security administrator may add others. Three administrators exclude each other and everybody else
 * (三员): `exclusive` roles are held alone.
 */
export interface ShippedRole {
  readonly code: string
  readonly name: string
  readonly verbs: readonly string[]
  /** Verbs this role may hand out without holding them; everybody else may grant only what he holds. */
  readonly grants?: readonly string[]
  readonly exclusive?: boolean
}

const look = ['district.read', 'enterprise.read', 'checklist.read', 'visit.read', 'hazard.read', 'attachment.read', 'todo.read', 'todo.hand', 'statistics.read', 'campaign.read'] as const
const keep = ['attachment.upload'] as const
const office = ['staff.read', 'visit.export', 'enforcement.read', 'hazard.export', 'enterprise.export', 'setting.read'] as const

const inspector = [
  ...look, ...keep, ...office, 'enterprise.edit', 'enterprise.state', 'enterprise.order_state', 'enterprise.reveal', 'visit.plan', 'visit.inspect', 'visit.guide', 'visit.record',
  'hazard.report', 'hazard.confirm', 'hazard.void', 'hazard.fix_on_site', 'hazard.verify_fix', 'hazard.order', 'hazard.reinspect',
  'hazard.assign_reinspection', 'hazard.ask_transfer', 'hazard.regrade', 'hazard.reopen', 'hazard.remind', 'enforcement.draft', 'enforcement.issue', 'enforcement.sign', 'enforcement.serve',
] as const
const teamLead = [
  ...inspector, 'visit.approve', 'visit.void', 'visit.cap', 'hazard.review', 'hazard.approve_extension', 'hazard.approve_transfer', 'hazard.receipt', 'hazard.opinion', 'hazard.supervise_report', 'todo.dispatch',
  'hazard.freeze', 'enforcement.approve', 'enforcement.void', 'checklist.edit', 'hazard.supervise', 'statistics.freeze', 'statistics.write', 'statistics.publish', 'campaign.plan', 'campaign.muster', 'campaign.draw', 'campaign.witness',
] as const
const leader = [
  ...look, ...office, 'enterprise.reveal', 'visit.approve', 'visit.void', 'visit.cap', 'hazard.review', 'hazard.approve_extension', 'hazard.approve_extension_major', 'hazard.close_major',
  'hazard.void_major', 'hazard.regrade_down', 'hazard.approve_transfer', 'hazard.freeze', 'hazard.supervise', 'hazard.opinion', 'todo.dispatch', 'enforcement.approve', 'enforcement.void', 'enforcement.revoke', 'enforcement.seal', 'checklist.publish', 'statistics.approve', 'campaign.approve', 'campaign.witness', 'campaign.muster',
] as const
const enterpriseSide = [
  'enterprise.read', 'checklist.read', 'visit.read', 'visit.selfcheck', 'visit.record', 'hazard.read', 'hazard.report', 'hazard.start', 'hazard.acknowledge',
  'hazard.ask_extension', 'hazard.submit', 'hazard.supervise_report', 'enforcement.read', 'attachment.read', 'attachment.upload', 'todo.read', 'todo.hand', 'enterprise.self_edit',
] as const
const street = [
  ...look, ...keep, 'staff.read', 'staff.reveal', 'enforcement.read', 'enterprise.edit', 'enterprise.state', 'enterprise.reveal', 'enterprise.export', 'hazard.export',
  'exchange.import', 'exchange.undo', 'district.manage', 'district.rota', 'district.swap', 'visit.plan', 'visit.patrol', 'visit.guide', 'visit.record', 'visit.void', 'visit.export', 'hazard.report', 'hazard.watch', 'hazard.remind', 'hazard.supervise_report', 'todo.dispatch', 'setting.read', 'campaign.plan', 'campaign.muster', 'campaign.draw', 'campaign.witness',
] as const

export const shippedRoles: readonly ShippedRole[] = [
  { code: 'ENT_PRINCIPAL', name: '企业主要负责人', verbs: [...enterpriseSide, 'hazard.sign_plan'] },
  { code: 'ENT_SAFETY', name: '企业安全管理人员', verbs: enterpriseSide },
  { code: 'PARK_MANAGER', name: '园区管理方', verbs: ['district.read', 'enterprise.read', 'checklist.read', 'visit.read', 'hazard.read', 'attachment.read', 'attachment.upload', 'todo.read', 'todo.hand'] },
  {
    code: 'GRID_OFFICER',
    name: '安格员',
    verbs: [...look, ...keep, 'enterprise.state', 'enterprise.reveal', 'visit.patrol', 'visit.record', 'hazard.report', 'hazard.fix_on_site', 'hazard.verify_fix', 'hazard.start', 'district.swap'],
  },
  { code: 'CADRE', name: '驻点干部', verbs: [...look, ...keep, 'visit.plan', 'visit.guide', 'visit.record', 'hazard.report'] },
  { code: 'EXPERT', name: '专家', verbs: ['enterprise.read', 'checklist.read', 'visit.read', 'hazard.read', 'attachment.read', 'attachment.upload', 'todo.read', 'todo.hand', 'hazard.opinion'] },
  { code: 'THIRD_PARTY', name: '中介机构', verbs: ['enterprise.read', 'checklist.read', 'visit.read', 'hazard.read', 'attachment.read', 'todo.read', 'todo.hand', 'hazard.opinion'] },
  { code: 'ASSOCIATION', name: '行业协会', verbs: ['enterprise.read', 'checklist.read'] },
  { code: 'INSPECTOR', name: '执法人员', verbs: inspector },
  { code: 'TEAM_LEAD', name: '科长（中队长）', verbs: teamLead },
  { code: 'LEGAL_REVIEWER', name: '法制审核', verbs: [...look, ...office, 'enforcement.form', 'campaign.witness'] },
  { code: 'BUREAU_LEADER', name: '分管负责人', verbs: leader },
  { code: 'DIRECTOR', name: '主要负责人', verbs: leader },
  { code: 'DUTY_OFFICER', name: '指挥中心值班', verbs: [...look, ...keep, 'visit.phone', 'visit.record', 'hazard.report', 'campaign.muster'] },
  { code: 'STREET_ADMIN', name: '街道应急办', verbs: street },
  { code: 'COMMITTEE_OFFICE', name: '安委办', verbs: [...street, 'hazard.supervise', 'hazard.receipt'] },
  { code: 'HOTLINE', name: '热线', verbs: ['enterprise.read', 'hazard.report', 'hazard.read', 'todo.read', 'todo.hand'] },
  { code: 'STATISTICIAN', name: '统计人员', verbs: [...look, 'statistics.freeze', 'statistics.write', 'visit.export', 'hazard.export', 'enterprise.export'] },
  { code: 'BUREAU_CLERK', name: '局内勤', verbs: [...look, ...keep, ...office, 'statistics.freeze', 'statistics.write', 'statistics.publish', 'enterprise.edit', 'enterprise.state', 'exchange.import', 'exchange.undo', 'district.area', 'district.manage', 'district.rota', 'checklist.edit', 'visit.plan', 'visit.plan_inspection', 'visit.cap', 'campaign.plan', 'campaign.muster', 'campaign.draw', 'campaign.witness'] },
  { code: 'AUDITOR', name: '安全审计员', verbs: ['audit.read', 'ledger.read', 'staff.read', 'staff.office', 'district.read'], exclusive: true },
  { code: 'SYS_ADMIN', name: '系统管理员', verbs: ['todo.read', 'todo.dispatch', 'staff.read', 'staff.account', 'staff.office', 'staff.reveal', 'district.read', 'district.area', 'setting.read', 'setting.write', 'system.read'], exclusive: true },
  { code: 'SECURITY_ADMIN', name: '安全管理员', verbs: ['staff.read', 'staff.grant', 'staff.reset', 'staff.role', 'staff.certificate', 'staff.office', 'district.read'], grants: ['*business'], exclusive: true },
]
