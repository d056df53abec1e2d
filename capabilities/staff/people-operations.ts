import { z } from 'zod'
import { command, query, SIGNED_IN } from '../../kernel/core/operation.ts'
import { DecideOffice, OfficesAnswer, ProposeOffice } from './offices.ts'
import * as p from './people.ts'
import { Done } from './staff.ts'

const rows = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row) })

/**
 * People, accounts, posts, roles, certificates. The system administrator opens accounts that have no rights; the security
 * administrator gives rights and opens no account. Answers with a temporary password carry no key: a stored outcome would
 * keep the password.
 */
export const peopleOperations = {
  organisations: query('GET /organisations', { summary: '单位和科室', input: z.strictObject({}), output: rows(p.Organisation), verb: 'staff.read' }),
  saveOrganisation: command('POST /organisations/:id', { summary: '新建或修改单位', input: p.SaveOrganisation, output: p.Organisation, verb: 'staff.account', problems: ['staff.parent_unknown'] }),
  closeOrganisation: command('POST /organisations/:id/close', { summary: '撤销单位', input: p.CloseOrganisation, output: p.Organisation, verb: 'staff.account', problems: ['staff.organisation_in_use'] }),
  people: query('GET /people', { summary: '人员清单', input: p.PeopleInput, output: p.PeopleAnswer, verb: 'staff.read' }),
  person: query('GET /people/:id', { summary: '人员：岗位、证件、账号', input: p.OnePerson, output: p.PersonDetail, verb: 'staff.read' }),
  addPerson: command('POST /people', { summary: '登记人员', input: p.NewPerson, output: p.PersonDetail, verb: 'staff.account', problems: ['staff.phone_wrong', 'staff.id_wrong', 'staff.organisation_unknown'] }),
  editPerson: command('POST /people/:id/edit', { summary: '修改人员', input: p.EditPerson, output: p.PersonDetail, verb: 'staff.account', problems: ['staff.phone_wrong', 'staff.id_wrong', 'staff.organisation_unknown'] }),
  reveal: query('GET /people/:id/private', { summary: '查看完整电话和证件号（留痕）', input: p.RevealInput, output: p.Revealed, verb: 'staff.reveal', perMinute: 30 }),
  leave: command('POST /people/:id/leave', { summary: '离职：停用账号、结束岗位', input: p.LeaveInput, output: p.PersonDetail, verb: 'staff.account', problems: ['staff.person_left', 'staff.own_account', 'staff.last_security'] }),
  openAccount: command('POST /people/:id/account', { summary: '开立账号（没有任何权限）', input: p.OpenAccount, output: p.TemporaryPassword, verb: 'staff.account', keyless: true, perMinute: 60, problems: ['staff.account_there', 'account.login_unique', 'staff.person_left'] }),
  resetPassword: command('POST /people/:id/reset', { summary: '重置口令', input: p.WithReason, output: p.TemporaryPassword, verb: 'staff.reset', keyless: true, perMinute: 60, problems: ['staff.no_account', 'staff.own_account'] }),
  unlock: command('POST /people/:id/unlock', { summary: '解除锁定', input: p.WithReason, output: p.PersonDetail, verb: 'staff.reset', problems: ['staff.no_account', 'staff.own_account'] }),
  disable: command('POST /people/:id/disable', { summary: '停用账号', input: p.WithReason, output: p.PersonDetail, verb: 'staff.account', problems: ['staff.no_account', 'staff.own_account', 'staff.last_security'] }),
  enable: command('POST /people/:id/enable', { summary: '启用账号', input: p.WithReason, output: p.PersonDetail, verb: 'staff.account', problems: ['staff.no_account', 'staff.person_left'] }),
  personSessions: query('GET /people/:id/sessions', { summary: '某人的登录', input: p.OnePerson, output: rows(p.PersonSession), verb: 'staff.reset' }),
  endSession: command('POST /sessions/:id/end', { summary: '结束一次登录：自己的，或由安全管理员', input: z.strictObject({ id: z.uuid() }), output: Done, verb: SIGNED_IN }),
  signOutPerson: command('POST /people/:id/sign-out', { summary: '强制重新登录', input: p.WithReason, output: p.PersonDetail, verb: 'staff.reset', problems: ['staff.no_account'] }),
  places: query('GET /post-places', { summary: '岗位可以授予的安格、企业、园区', input: p.PlacesInput, output: p.PlacesAnswer, verb: 'staff.grant' }),
  grant: command('POST /people/:id/posts', { summary: '授予岗位', input: p.Grant, output: p.PersonDetail, verb: 'staff.grant', problems: ['staff.grant_self', 'staff.two_people', 'staff.exclusive', 'staff.grant_beyond', 'staff.grant_out_of_reach', 'staff.reach_kind', 'staff.role_unknown', 'staff.dates', 'staff.person_left', 'staff.reach_missing'] }),
  revokePost: command('POST /posts/:id/revoke', { summary: '撤销岗位', input: p.RevokePost, output: p.PersonDetail, verb: 'staff.grant', problems: ['staff.grant_self', 'staff.post_ended', 'staff.last_security'] }),
  roles: query('GET /roles', { summary: '角色和权限动词', input: z.strictObject({}), output: p.RolesAnswer, verb: 'staff.read' }),
  saveRole: command('POST /roles/:code', { summary: '新建或修改自定角色', input: p.SaveRole, output: p.RoleView, verb: 'staff.role', problems: ['staff.role_shipped', 'staff.verb_unknown', 'staff.role_beyond', 'staff.role_there'] }),
  removeRole: command('POST /roles/:code/remove', { summary: '删除没有人用的自定角色', input: p.RemoveRole, output: Done, verb: 'staff.role', problems: ['staff.role_shipped', 'staff.role_in_use'] }),
  offices: query('GET /administrators', { summary: '三员：在任的和待定的任命', input: z.strictObject({}), output: OfficesAnswer, verb: 'staff.office' }),
  proposeOffice: command('POST /administrators', { summary: '提名三员', input: ProposeOffice, output: OfficesAnswer, verb: 'staff.office', problems: ['staff.own_office', 'staff.grant_self', 'staff.office_held_alone', 'staff.no_account', 'staff.person_left', 'office.proposal_open_unique'] }),
  decideOffice: command('POST /administrators/:id/decision', { summary: '同意或不同意三员任命', input: DecideOffice, output: OfficesAnswer, verb: 'staff.office', problems: ['staff.third_office', 'staff.office_decided', 'staff.office_held_alone'] }),
  certificates: query('GET /certificates', { summary: '证件清单（快到期、已过期）', input: p.CertificatesInput, output: p.CertificatesAnswer, verb: 'staff.read' }),
  addCertificate: command('POST /people/:id/certificates', { summary: '登记证件', input: p.AddCertificate, output: p.PersonDetail, verb: 'staff.certificate', problems: ['certificate.no_unique', 'certificate.dates'] }),
  revokeCertificate: command('POST /certificates/:id/revoke', { summary: '注销证件', input: p.RevokeCertificate, output: p.PersonDetail, verb: 'staff.certificate', problems: ['staff.certificate_revoked'] }),
}
