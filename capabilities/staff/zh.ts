import type { ZhTexts } from '../../kernel/core/zh.ts'
import type { ReachKind } from './granting.ts'
import type { CertificateKind, OrganisationKind, PersonState } from './people.ts'

export const ORGANISATION_KIND_ZH: Record<OrganisationKind, string> = { BUREAU: '应急管理局', TEAM: '科室（中队）', STREET_OFFICE: '街道应急办', COMMITTEE: '安委办', PARK: '园区管理方', ENTERPRISE: '企业', EXPERT_BODY: '专家、中介机构', OTHER: '其他单位' }
export const CERTIFICATE_KIND_ZH: Record<CertificateKind, string> = { LAW_ENFORCEMENT: '行政执法证', EXPERT: '专家聘书', SAFETY_MANAGER: '安全生产考核合格证' }
export const CERTIFICATE_STATE_ZH = { IN_FORCE: '有效', EXPIRING: '快到期', EXPIRED: '已过期', REVOKED: '已注销', NOT_YET: '未生效' } as const
export const PERSON_STATE_ZH: Record<PersonState, string> = { ACTIVE: '在用', NO_ACCOUNT: '无账号', LOCKED: '已锁定', DISABLED: '已停用', LEFT: '已离职' }
export const REACH_KIND_ZH: Record<ReachKind, string> = { AREA: '区划', GRID: '安格', ENTERPRISE: '企业', PARK: '园区', NONE: '无范围' }

export const zh = {
  name: '人员与权限',
  problems: {
    'staff.wrong_password': '账号或口令不对',
    'staff.locked': '连续输错次数过多，请 {minutes} 分钟后再试',
    'staff.disabled': '账号已停用，请联系系统管理员',
    'staff.password_short': '新口令至少 {min} 位',
    'staff.password_simple': '新口令至少含大写、小写、数字、符号中的 {kinds} 种',
    'staff.password_has_login': '新口令不能含有账号或姓名',
    'staff.password_usual': '新口令过于常见',
    'staff.no_agency': '该区划没有登记应急管理局，无法确定文书字号',
    'staff.password_used': '不能与最近 {count} 次用过的口令相同',
    'staff.grant_self': '不能给自己授权或撤权',
    'staff.two_people': '{name}的账号是您开立的，授权须由另一人办理',
    'staff.exclusive': '{name}已任“{other}”，与“{role}”互斥；三员各自独任',
    'staff.grant_beyond': '“{role}”含有您无权授予的 {count} 项权限',
    'staff.grant_out_of_reach': '授权范围超出您自己的管辖范围',
    'staff.reach_kind': '“{role}”不能按这种范围授予',
    'staff.reach_missing': '请选择授权范围',
    'staff.dates': '截止日期不能早于起始日期',
    'staff.role_unknown': '没有这个角色',
    'staff.role_shipped': '系统自带的角色不能改，请另建角色',
    'staff.role_there': '已有代码为 {code} 的角色',
    'staff.role_in_use': '还有 {count} 人任此角色，不能删除',
    'staff.verb_unknown': '没有这些权限：{verbs}',
    'staff.role_beyond': '这些权限不能放进自定角色：{verbs}',
    'staff.post_ended': '该岗位已经结束',
    'staff.last_security': '这是最后一位在任的安全管理员，先授予接任者再撤销',
    'staff.person_left': '{name}已离职',
    'staff.phone_wrong': '电话不正确：手机为 11 位，固定电话须带区号，如 0755-28901234',
    'staff.id_wrong': '身份证号不正确，请逐位核对',
    'staff.organisation_unknown': '没有这个单位，或不在您的管辖范围内',
    'staff.organisation_in_use': '还有 {count} 名在职人员或下级单位，不能撤销',
    'staff.parent_unknown': '没有这个上级单位',
    'staff.account_there': '{name}已有账号',
    'staff.no_account': '{name}没有账号',
    'staff.own_account': '不能对自己的账号这样做，请另一位管理员办理',
    'staff.certificate_revoked': '该证件已注销',
    'staff.inspector_uncertified': '任执法人员岗位，但今天没有有效的行政执法证：不能检查、不能签文书',
    'staff.account_without_post': '账号没有任何岗位，登录后什么也做不了',
    'account.login_unique': '这个账号名已被使用',
    'certificate.no_unique': '同类证件已有此证号',
    'certificate.dates': '有效期截止不能早于起始',
    'staff.last_office': '这是最后一位在任的{role}，先由另外两员共同任命接任者',
    'staff.own_office': '不能提名与自己同一岗位的人，须由另外两员办理',
    'staff.third_office': '须由既非提名人所在、也非拟任岗位的那一员同意',
    'staff.office_decided': '这项任命已经决定过',
    'staff.office_held_alone': '{name}届时仍任“{other}”，三员须独任，先结束其他岗位',
    'office.proposal_open_unique': '这个人的同一任命正在等待同意',
    'office.proposal_two_people': '提名和同意须是两个人',
    'office.proposal_two_offices': '三员任命须由另外两员共同办理',
    'staff.setup_closed': '设置链接无效、已过期或已使用；请在服务器上重新启动以取得新的链接',
    'staff.setup_area': '须是区县一级的 12 位区划代码，后六位为 0',
    'staff.setup_same_person': '三员不得由同一人兼任',
  },
  fields: {
    organisationId: '单位', parentId: '上级单位', paperPrefix: '文书代字', validTo: '截止日期', validFrom: '起始日期', role: '角色', noPost: '没有岗位', expiring: '证件快到期', dutyTitle: '职务', idNumber: '身份证号', leftOn: '离职日期', accountId: '账号编号',
    personId: '人员', agreed: '同意', postId: '岗位编号', roleCode: '角色', reachKind: '范围种类', parkId: '园区', lastDay: '最后一天', verbs: '权限', certificateId: '证件编号', no: '证号', issuedBy: '发证机关', scope: '范围', revokedOn: '注销日期', kind: '种类', code: '代码',
    token: '设置链接', areaName: '区划名称', bureau: '本局全称', system: '系统管理员', security: '安全管理员', auditor: '安全审计员', login: '账号', password: '口令', current: '原口令', next: '新口令' },
  verbs: {
    'staff.read': '查看人员和单位', 'staff.account': '登记人员、开立账号（不授权）', 'staff.grant': '授予、撤销岗位', 'staff.reset': '重置口令、解锁、强制下线', 'staff.role': '维护自定角色', 'staff.certificate': '登记、注销证件', 'staff.reveal': '查看人员完整电话和证件号', 'staff.office': '共同任命三员',
  },
  events: { 'staff.set_up': '首次设置', 'staff.administrator_made': '建立管理员', 'staff.password_changed': '修改口令',
    'staff.organisation_made': '新建单位', 'staff.organisation_changed': '单位变更', 'staff.organisation_closed': '撤销单位', 'staff.person_added': '登记人员', 'staff.person_changed': '人员变更', 'staff.person_left': '离职',
    'staff.account_opened': '开立账号', 'staff.password_reset': '重置口令', 'staff.unlocked': '解除锁定', 'staff.account_disabled': '停用账号', 'staff.account_enabled': '启用账号', 'staff.signed_out': '强制下线', 'staff.session_ended': '结束登录',
    'staff.office_proposed': '提名三员', 'staff.office_agreed': '同意三员任命', 'staff.office_declined': '不同意三员任命', 'staff.post_granted': '授予岗位', 'staff.post_revoked': '撤销岗位', 'staff.role_made': '新建角色', 'staff.role_changed': '修改角色', 'staff.role_removed': '删除角色', 'staff.certificate_added': '登记证件', 'staff.certificate_revoked': '注销证件',
  },
} as const satisfies ZhTexts
