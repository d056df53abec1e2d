import { Alert, Modal, Typography } from 'antd'
import { useRef, useState } from 'react'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { Fields } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import type { PersonDetail } from '../people.ts'
import { GrantDialog } from './GrantDialog.tsx'
import { certificateKindOptions } from './words.ts'

export type Asked =
  | { kind: 'grant' | 'addCertificate' | 'openAccount' | 'resetPassword' | 'unlock' | 'signOut' | 'disable' | 'enable' | 'edit' | 'reveal' | 'leave' }
  | { kind: 'revokePost'; post: PersonDetail['posts'][number] }
  | { kind: 'revokeCertificate'; certificate: PersonDetail['certificates'][number] }
  | undefined

interface Given {
  who: PersonDetail
  onClose: () => void
}
interface OrganisationChoice {
  readonly id: string
  readonly name: string
  readonly validTo: string | null
}

const personFields = (organisations: readonly OrganisationChoice[]) => [
  { key: 'name', label: '姓名', max: 30 },
  { key: 'organisationId', kind: 'choice' as const, options: organisations.filter((o) => o.validTo === null).map((o) => ({ value: o.id, label: o.name })) },
  { key: 'dutyTitle', required: false, max: 40 },
]

export function AddPersonDialog({ organisations, onClose }: { organisations: readonly OrganisationChoice[]; onClose: () => void }) {
  return (
    <ReasonDialog title="登记人员" operation={operations.addPerson} input={{ id: newId() }} confirm="登记" onClose={onClose} draft="staff.addPerson"
      fields={[...personFields(organisations), { key: 'phone', required: false, hint: '加密存放，列表只显示后四位' }, { key: 'idNumber', required: false, hint: '没有需要不必填' }]} />
  )
}

export function PersonDialogs({ asked, who, onClose }: { asked: Asked } & Given) {
  if (!asked) return null
  const given = { who, onClose }
  switch (asked.kind) {
    case 'grant': return <GrantDialog {...given} />
    case 'openAccount': return <OpenAccount {...given} />
    case 'resetPassword': return <ResetPassword {...given} />
    case 'edit': return <EditPerson {...given} />
    case 'reveal': return <Reveal {...given} />
    case 'leave': return <Leave {...given} />
    case 'addCertificate': return <AddCertificate {...given} />
    case 'revokePost': return <RevokePost post={asked.post} {...given} />
    case 'revokeCertificate': return <RevokeCertificate certificate={asked.certificate} {...given} />
    default: return <AccountAct kind={asked.kind} {...given} />
  }
}

const acts = {
  unlock: { operation: operations.unlock, title: '解除锁定', does: '立即可以用原口令登录。', danger: false },
  signOut: { operation: operations.signOutPerson, title: '强制重新登录', does: '所有登录立即失效，须重新登录。', danger: false },
  disable: { operation: operations.disable, title: '停用账号', does: '立即下线，且不能再登录；岗位保留。', danger: true },
  enable: { operation: operations.enable, title: '启用账号', does: '可以用原口令登录，权限仍按岗位。', danger: false },
} as const

function AccountAct({ kind, who, onClose }: { kind: keyof typeof acts } & Given) {
  const act = acts[kind]
  return <ReasonDialog title={act.title} operation={act.operation as typeof operations.unlock} input={{ id: who.id }} act={{ does: act.does, whom: `${who.name}（${who.account?.login ?? ''}）` }} confirm={act.title} danger={act.danger} onClose={onClose} />
}

/** The password is on the screen once and nowhere else. */
function Handover({ login, password, onClose }: { login: string; password: string; onClose: () => void }) {
  return (
    <Modal open title="临时口令" onCancel={onClose} onOk={onClose} okText="已转交" cancelButtonProps={{ style: { display: 'none' } }} mask={{ closable: false }}>
      <Fields columns={1} items={[{ label: '账号', value: login }, { label: '临时口令', value: <Typography.Text copyable code>{password}</Typography.Text> }]} />
      <Alert type="warning" showIcon title="只显示这一次。请当面转交本人，首次登录须修改。" style={{ marginTop: 12 }} />
    </Modal>
  )
}

interface Made {
  readonly login: string
  readonly temporaryPassword: string
}

/** The form closes itself when it is done; the password that came back must outlive that. */
function useHandover(onClose: () => void) {
  const [made, setMade] = useState<Made>()
  const done = useRef(false)
  const onDone = (answer: Made) => {
    done.current = true
    setMade(answer)
  }
  const closeForm = () => {
    if (!done.current) onClose()
  }
  return { made, onDone, closeForm }
}

function OpenAccount({ who, onClose }: Given) {
  const { made, onDone, closeForm } = useHandover(onClose)
  if (made) return <Handover login={made.login} password={made.temporaryPassword} onClose={onClose} />
  return (
    <ReasonDialog title={`给${who.name}开立账号`} operation={operations.openAccount} input={{ id: who.id, accountId: newId() }} fields={[{ key: 'login', max: 30, hint: '小写字母开头，3 至 30 位字母、数字、点、横线' }]} act={{ does: '账号没有任何权限；由安全管理员另行授予岗位。', whom: who.name }} confirm="开立" onDone={onDone} onClose={closeForm} />
  )
}

function ResetPassword({ who, onClose }: Given) {
  const { made, onDone, closeForm } = useHandover(onClose)
  if (made) return <Handover login={made.login} password={made.temporaryPassword} onClose={onClose} />
  return <ReasonDialog title={`重置${who.name}的口令`} operation={operations.resetPassword} input={{ id: who.id }} act={{ does: '原口令作废，所有登录立即失效。' }} confirm="重置" danger onDone={onDone} onClose={closeForm} />
}

function EditPerson({ who, onClose }: Given) {
  const organisations = useRead(operations.organisations, {})
  if (!organisations.data) return null
  return (
    <ReasonDialog title={`修改${who.name}`} operation={operations.editPerson} input={{ id: who.id, baseVersion: who.version }} initial={{ name: who.name, ...(who.organisationId ? { organisationId: who.organisationId } : {}), dutyTitle: who.dutyTitle }} confirm="保存" onClose={onClose}
      fields={[...personFields(organisations.data.rows), { key: 'phone', label: '新电话', required: false, placeholder: who.phoneMasked ?? '', hint: '不填则不变' }, { key: 'idNumber', label: '新身份证号', required: false, placeholder: who.idMasked ?? '', hint: '不填则不变' }]}
      prepare={({ phone, idNumber, ...rest }) => ({ ...rest, dutyTitle: rest.dutyTitle ?? null, ...(phone ? { phone } : {}), ...(idNumber ? { idNumber } : {}) })} />
  )
}

/** Seen once, with a reason, and written down who saw it. */
function Reveal({ who, onClose }: Given) {
  const [reason, setReason] = useState<string>()
  const read = useRead(operations.reveal, { id: who.id, reason: reason ?? '' }, { enabled: !!reason })
  return (
    <Modal open title={`查看${who.name}的电话和证件号`} footer={null} onCancel={onClose}>
      <Alert type="info" showIcon title="查看会记入审计：何人、何时、因何查看了谁。" style={{ marginBottom: 12 }} />
      <Typography.Paragraph editable={{ text: reason ?? '', triggerType: ['icon', 'text'], tooltip: '填写理由', onChange: (text) => { if (text.trim().length >= 2) setReason(text.trim()) } }}>{reason ?? '点此填写理由（至少两个字）'}</Typography.Paragraph>
      {read.data && reason ? <Fields columns={1} items={[{ label: '电话', value: read.data.phone }, { label: '身份证号', value: read.data.idNumber }]} /> : null}
      {read.error ? <ProblemView problem={read.error} /> : null}
    </Modal>
  )
}

function Leave({ who, onClose }: Given) {
  return <ReasonDialog title={`${who.name}离职`} operation={operations.leave} input={{ id: who.id, baseVersion: who.version }} initial={{ leftOn: localDate(serverNow()) }} fields={[{ key: 'leftOn', kind: 'date' }, { key: 'reason', kind: 'long', max: 200 }]} act={{ does: '账号停用、立即下线，全部岗位到这一天为止；本人做过的记录不变。', whom: who.name }} confirm="办理离职" danger onClose={onClose} />
}

function AddCertificate({ who, onClose }: Given) {
  return (
    <ReasonDialog title={`登记${who.name}的证件`} operation={operations.addCertificate} input={{ id: who.id, certificateId: newId() }} initial={{ kind: 'LAW_ENFORCEMENT' }} confirm="登记" onClose={onClose}
      fields={[{ key: 'kind', label: '证件', kind: 'radio', options: certificateKindOptions }, { key: 'no', label: '证号', max: 40 }, { key: 'issuedBy', max: 60 }, { key: 'scope', label: '范围', required: false, max: 60 }, { key: 'validFrom', label: '有效期起', kind: 'date' }, { key: 'validTo', label: '有效期止', kind: 'date' }]}
      act={{ does: '检查和签文书时按当天是否有效核对执法证。' }} />
  )
}

function RevokePost({ post, who, onClose }: { post: PersonDetail['posts'][number] } & Given) {
  return (
    <ReasonDialog title={`撤销${post.roleName}`} operation={operations.revokePost} input={{ id: post.id, baseVersion: post.version }} initial={{ lastDay: addDays(localDate(serverNow()), -1) }} fields={[{ key: 'lastDay', kind: 'date', hint: '填昨天即刻失效' }, { key: 'reason', kind: 'long', max: 200 }]}
      act={{ does: '最后一天之后权限消失，已登录的也随即生效。', whom: `${who.name}：${post.roleName}（${post.reach}）` }} confirm="撤销" danger onClose={onClose} />
  )
}

function RevokeCertificate({ certificate, who, onClose }: { certificate: PersonDetail['certificates'][number] } & Given) {
  return <ReasonDialog title="注销证件" operation={operations.revokeCertificate} input={{ id: certificate.id, baseVersion: certificate.version }} initial={{ revokedOn: localDate(serverNow()) }} fields={[{ key: 'revokedOn', kind: 'date' }, { key: 'reason', kind: 'long', max: 200 }]} act={{ does: '自注销日起不能凭此证检查、签文书；此前的文书不受影响。', whom: `${who.name}：${certificate.no}` }} confirm="注销" danger onClose={onClose} />
}
