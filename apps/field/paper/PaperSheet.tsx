import { Toast } from 'antd-mobile'
import { useState } from 'react'
import type { PaperRow } from '../../../capabilities/sync/rows.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { SignPad } from '../parts/SignPad.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Refusal } from '../parts/states.tsx'

export type PaperAct = 'sign' | 'receive' | 'refuseToSign'
const titles: Record<PaperAct, string> = { sign: '执法人员签名', receive: '当事人签名', refuseToSign: '当事人拒签或不在场' }

/** Signatures drawn on the screen; they go to the server as pictures before the act that names them. */
export function PaperSheet({ paper, act, onClose }: { paper: PaperRow; act: PaperAct | undefined; onClose: () => void }) {
  return <Sheet open={act !== undefined} title={act ? titles[act] : ''} onClose={onClose}>{act ? <Form key={act} paper={paper} act={act} onClose={onClose} /> : null}</Sheet>
}

function Form({ paper, act, onClose }: { paper: PaperRow; act: PaperAct; onClose: () => void }) {
  const { me, store, sender } = useWork()
  const [picture, setPicture] = useState<string>()
  const [typed, setTyped] = useState({ signer: '', duty: '', why: 'REFUSED' as 'REFUSED' | 'ABSENT', reason: '', witness: '', witnessDuty: '' })
  const [problem, setProblem] = useState<string>()
  const set = (more: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...more }))
  const hand = async () => {
    const gap = act === 'sign' ? (picture ? '' : '请先签名') : act === 'receive' ? (!picture ? '请对方签名' : typed.signer.trim() ? '' : '请填写签名人姓名') : typed.reason.trim().length < 2 ? '请写明情况' : typed.witness.trim() ? '' : '请填写见证人'
    if (gap) return setProblem(gap)
    const on = { id: paper.id, baseVersion: paper.version }
    const rest = { aggregate: `paper:${paper.id}`, title: `${titles[act]} · ${paper.title}`, photos: picture ? [picture] : [] }
    if (act === 'sign') await queueCommand(store, { ...rest, name: 'enforcement.sign', input: { ...on, attachmentId: picture! } })
    else if (act === 'receive') await queueCommand(store, { ...rest, name: 'enforcement.receive', input: { ...on, signer: typed.signer.trim(), duty: typed.duty.trim(), attachmentId: picture! } })
    else await queueCommand(store, { ...rest, name: 'enforcement.refuseToSign', input: { ...on, why: typed.why, reason: typed.reason.trim(), witness: typed.witness.trim(), witnessDuty: typed.witnessDuty.trim(), ...(picture ? { witnessSignatureId: picture } : {}) } })
    void sender.wake()
    Toast.show({ content: '已存，将自动发送' })
    onClose()
  }
  const line = (key: 'signer' | 'duty' | 'witness' | 'witnessDuty', label: string) => <label className="f-field">{label}<input className="f-input" value={typed[key]} maxLength={40} onChange={(event) => set({ [key]: event.target.value })} /></label>
  return (
    <>
      {act === 'receive' ? <>{line('signer', '签名人姓名')}{line('duty', '职务')}</> : null}
      {act === 'refuseToSign' ? (
        <>
          <div className="f-choice" role="radiogroup" aria-label="情形"><button type="button" role="radio" aria-checked={typed.why === 'REFUSED'} onClick={() => set({ why: 'REFUSED' })}>拒绝签名</button><button type="button" role="radio" aria-checked={typed.why === 'ABSENT'} onClick={() => set({ why: 'ABSENT' })}>不在场</button></div>
          <label className="f-field">情况<textarea className="f-area" value={typed.reason} maxLength={300} onChange={(event) => set({ reason: event.target.value })} /></label>
          {line('witness', '见证人')}{line('witnessDuty', '见证人身份')}
        </>
      ) : null}
      <SignPad label={act === 'sign' ? me.name : act === 'receive' ? '当事人' : '见证人（可不签）'} value={picture} onChange={setPicture} />
      {problem ? <Refusal title={problem} /> : null}
      <button type="button" className="f-btn f-btn-main f-stick" onClick={() => void hand()}>{titles[act]}</button>
    </>
  )
}
