import { Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { localDate } from '../../../kernel/core/time.ts'
import { useCommand } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import type { Attachment } from '../../attachment/attachment.ts'
import { PhotoInput, SignaturePad } from '../../attachment/web/public.tsx'
import { operations } from '../operations.ts'
import { AskRecallDialog, DecideRecallDialog, ServeRecallDialog, WithdrawRecallDialog } from './RecallDialogs.tsx'
import { type PaperDetail, SERVICE_METHODS, SERVICE_ZH } from '../paper.ts'

export type Asked = 'submit' | 'approve' | 'return' | 'withdraw' | 'issue' | 'sign' | 'receive' | 'refuseToSign' | 'serve' | 'cancel' | 'void' | 'askRecall' | 'decideRecall' | 'withdrawRecall' | 'serveRecall'

/** The dialog of one step. */
export function StepDialog({ asked, paper, onClose }: { asked: Asked; paper: PaperDetail; onClose: () => void }) {
  const shared = { paper, onClose }
  switch (asked) {
    case 'sign':
      return <SignDialog {...shared} />
    case 'receive':
      return <ReceiveDialog {...shared} />
    case 'refuseToSign':
      return <RefusalDialog {...shared} />
    case 'serve':
      return <ServeDialog {...shared} />
    case 'askRecall':
      return <AskRecallDialog {...shared} />
    case 'decideRecall':
      return <DecideRecallDialog {...shared} />
    case 'withdrawRecall':
      return <WithdrawRecallDialog {...shared} />
    case 'serveRecall':
      return <ServeRecallDialog {...shared} />
    default:
      return <PlainDialog asked={asked} {...shared} />
  }
}

type Shared = { paper: PaperDetail; onClose: () => void }
const based = (paper: PaperDetail) => ({ id: paper.id, baseVersion: paper.version })
const whom = (paper: PaperDetail) => `${paper.enterpriseName}（${paper.siteName}）`

const plain = {
  submit: { operation: operations.submit, title: '报审批', confirm: '报审批', does: '文书送科长或负责人审批，期间不能修改', fields: [] },
  approve: { operation: operations.approve, title: '批准文书', confirm: '批准', does: '内容按现在的记录固定，可以签发编号', fields: [{ key: 'note', label: '审批意见', kind: 'long', max: 300 }] },
  return: { operation: operations.return, title: '退回文书', confirm: '退回', does: '退给起草人修改后重报', fields: [{ key: 'note', label: '退回理由', kind: 'long', max: 300 }] },
  withdraw: { operation: operations.withdraw, title: '撤回重拟', confirm: '撤回', does: '批准失效，修改后须重新报批', fields: [] },
  issue: { operation: operations.issue, title: '签发', confirm: '签发', does: '按机关、种类、年度编定文号，以今天为文书日期；文号一经编定不再改用', fields: [] },
  cancel: { operation: operations.cancel, title: '撤销草稿', confirm: '撤销', does: '草稿作废，记录保留', fields: [{ key: 'reason', kind: 'long', max: 300 }] },
  void: { operation: operations.void, title: '作废文书', confirm: '作废', does: '文书失效，文号保留并标明作废，不再使用', fields: [{ key: 'reason', kind: 'long', max: 300 }] },
} as const

function PlainDialog({ asked, paper, onClose }: Shared & { asked: keyof typeof plain }) {
  const { operation, title, confirm, does, fields } = plain[asked]
  return (
    <ReasonDialog
      title={`${title}：${paper.title}`}
      operation={operation}
      input={based(paper)}
      confirm={confirm}
      danger={asked === 'void' || asked === 'cancel' || asked === 'return'}
      fields={fields as readonly FormField[]}
      act={{ does, whom: whom(paper) }}
      onClose={onClose}
    />
  )
}

function SignDialog({ paper, onClose }: Shared) {
  const sign = useCommand(operations.sign)
  return (
    <Modal open title={`执法人员签名：${paper.title}`} footer={null} onCancel={onClose} width={640} mask={{ closable: false }} destroyOnHidden>
      <SignaturePad enterpriseId={paper.enterpriseId} confirm="确认签名" onSigned={async ({ id: attachmentId }) => { await sign.run({ ...based(paper), attachmentId }); onClose() }} />
    </Modal>
  )
}

function ReceiveDialog({ paper, onClose }: Shared) {
  const receive = useCommand(operations.receive)
  const [signer, setSigner] = useState(paper.type === 'D04' ? paper.content.party.companion : paper.content.party.principal)
  const [duty, setDuty] = useState(paper.type === 'D04' ? paper.content.party.companionDuty : '主要负责人')
  return (
    <Modal open title={`当事人签名：${paper.title}`} footer={null} onCancel={onClose} width={640} mask={{ closable: false }} destroyOnHidden>
      <label className="agp-label" htmlFor="agp-signer">签名人</label>
      <Input id="agp-signer" value={signer} maxLength={40} onChange={(e) => setSigner(e.target.value)} />
      <label className="agp-label" htmlFor="agp-duty">职务</label>
      <Input id="agp-duty" value={duty} maxLength={40} onChange={(e) => setDuty(e.target.value)} />
      <span className="agp-label">签名</span>
      <SignaturePad enterpriseId={paper.enterpriseId} confirm="确认签名" disabled={!signer.trim()} onSigned={async ({ id: attachmentId }) => { await receive.run({ ...based(paper), signer: signer.trim(), duty: duty.trim(), attachmentId }); onClose() }} />
    </Modal>
  )
}

/** 拒签: what happened, and who saw it; the witness may sign on the same device. */
function RefusalDialog({ paper, onClose }: Shared) {
  const [witnessSignatureId, setWitness] = useState<string>()
  const fields: FormField[] = [
    { key: 'why', label: '情形', kind: 'own', own: (value, set) => <Segmented value={value as string} onChange={set} options={[{ value: 'REFUSED', label: '拒绝签名' }, { value: 'ABSENT', label: '不在场' }]} /> },
    { key: 'reason', label: '情况说明', kind: 'long', rows: 2, max: 300, placeholder: '例如：对整改期限有异议，拒绝签名' },
    { key: 'witness', label: '见证人', max: 40 },
    { key: 'witnessDuty', label: '见证人单位、职务', max: 60, placeholder: '例如：汀前社区工作人员' },
  ]
  return (
    <ReasonDialog
      title={`记录拒签或不在场：${paper.title}`}
      operation={operations.refuseToSign}
      input={{ ...based(paper), ...(witnessSignatureId ? { witnessSignatureId } : {}) }}
      initial={{ why: 'REFUSED' }}
      fields={fields}
      confirm="记录"
      act={{ does: '在文书上注明未签名的原因，可以留置、邮寄或公告送达', whom: whom(paper), clause: '安全生产法第六十八条' }}
      onClose={onClose}
      width={640}
      below={witnessSignatureId ? <p className="ag-field-note">见证人已签名</p> : <><span className="agp-label">见证人签名（可不填）</span><SignaturePad enterpriseId={paper.enterpriseId} confirm="见证人签好了" onSigned={({ id }) => setWitness(id)} /></>}
    />
  )
}

function ServeDialog({ paper, onClose }: Shared) {
  const [papers, setPapers] = useState<readonly Attachment[]>([])
  const is = (...methods: string[]) => (values: Readonly<Record<string, unknown>>) => methods.includes(String(values.method))
  const fields: FormField[] = [
    { key: 'method', kind: 'radio', options: SERVICE_METHODS.map((value) => ({ value, label: SERVICE_ZH[value] })) },
    { key: 'servedOn', kind: 'date' },
    { key: 'receiver', label: '收件人', when: is('DIRECT', 'MAIL', 'ELECTRONIC'), max: 40 },
    { key: 'witness', label: '见证人', required: true, when: is('LEFT'), max: 40 },
    { key: 'reference', label: '邮件单号', required: true, when: is('MAIL'), max: 120 },
    { key: 'reference', label: '接收地址', when: is('ELECTRONIC'), max: 120 },
    { key: 'reference', label: '公告载体', required: true, when: is('NOTICE'), max: 120 },
    { key: 'note', label: '说明', kind: 'long', rows: 2, max: 300 },
    { key: 'confirmationId', label: '送达方式确认书', when: is('ELECTRONIC'), kind: 'own', hint: '当事人签署的确认书照片或扫描件', own: (_, set) => <PhotoInput files max={1} enterpriseId={paper.enterpriseId} value={papers} onChange={(value) => { setPapers(value); set(value[0]?.id) }} /> },
  ]
  const orders = paper.type === 'D05' || paper.type === 'D06'
  return (
    <ReasonDialog
      title={`登记送达：${paper.title}`}
      operation={operations.serve}
      input={based(paper)}
      initial={{ method: paper.signatures.some((s) => s.part === 'RECIPIENT' && s.refused) ? 'LEFT' : 'DIRECT', servedOn: localDate(serverNow()) }}
      fields={fields}
      confirm="登记送达"
      act={{ does: orders ? `列入的 ${paper.itemCount} 项隐患转为“已责令”，整改期限开始计算${paper.content.measures.includes('STOP_PRODUCTION') ? '；企业转为责令停产' : ''}` : '文书对当事人生效', whom: whom(paper), clause: '行政处罚法第六十一条' }}
      onClose={onClose}
    />
  )
}
