import { Alert, Button, Tooltip } from 'antd'
import { useState } from 'react'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { fileUrl } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { operations as attachment } from '../../attachment/operations.ts'
import { operations } from '../operations.ts'
import type { ProposalView } from '../proposal.ts'
import type { HazardDetail } from '../views.ts'

const stateWords = { OPEN: '待定', ACCEPTED: '已采纳', DISMISSED: '不采纳' } as const
const stateTones = { OPEN: 'warn', ACCEPTED: 'done', DISMISSED: 'plain' } as const

/** 待定建议: what somebody did without a line beside what others had done meanwhile; taken up or dismissed by hand. */
export function Proposals({ h }: { h: HazardDetail }) {
  if (h.proposals.length === 0) return null
  return (
    <Section title="待定建议">
      {h.proposals.map((p) => <OneProposal key={p.id} h={h} p={p} />)}
    </Section>
  )
}

function OneProposal({ h, p }: { h: HazardDetail; p: ProposalView }) {
  const [dialog, setDialog] = useState<'accept' | 'dismiss'>()
  const input = { id: h.id, proposalId: p.id, baseVersion: h.version }
  const accept = p.actions.find((a) => a.action === 'acceptProposal')
  return (
    <div className="hz-proposal">
      <div className="hz-proposal-head">
        <b>{p.label}</b>
        <StatusTag tone={stateTones[p.state]}>{stateWords[p.state]}</StatusTag>
        <span className="ag-faint">{p.person} {zhDateTime(p.madeAt)} 离线办理，{zhDateTime(p.receivedAt)} 到达</span>
        {accept ? (
          <span className="hz-proposal-acts">
            <Tooltip title={accept.why?.join('；')}><Button size="small" type="primary" disabled={!accept.allowed} onClick={() => setDialog('accept')}>采纳</Button></Tooltip>
            <Button size="small" onClick={() => setDialog('dismiss')}>不采纳</Button>
          </span>
        ) : null}
      </div>
      {accept && !accept.allowed ? <Alert type="warning" showIcon title={`现在不能采纳：${accept.why?.join('；') ?? ''}`} /> : null}
      <div className="hz-proposal-pair">
        <Mine p={p} />
        <Theirs p={p} />
      </div>
      {p.state === 'OPEN' ? null : <p className="ag-faint">{p.decidedBy} {p.decidedAt ? zhDateTime(p.decidedAt) : ''} {stateWords[p.state]}{p.reason ? `：${p.reason}` : ''}</p>}
      {dialog === 'accept' ? <ReasonDialog title={`采纳：${p.label}`} operation={operations.acceptProposal} input={input} fields={[]} confirm="采纳" onClose={() => setDialog(undefined)} act={{ does: '按离线填写的内容以您的名义重新办理，权限、证件、状态按现在核对', whom: `${h.enterpriseName} · ${h.location}` }} /> : null}
      {dialog === 'dismiss' ? <ReasonDialog title={`不采纳：${p.label}`} operation={operations.dismissProposal} input={input} confirm="不采纳" onClose={() => setDialog(undefined)} act={{ does: '隐患保持现状；离线填写的内容和照片仍留存', whom: `${p.person}的离线办理` }} /> : null}
    </div>
  )
}

function Mine({ p }: { p: ProposalView }) {
  return (
    <div>
      <h4>离线填写（{p.person}）</h4>
      {p.mine.map((line) => <p key={line.label}>{line.label}：{line.value}</p>)}
      {p.photos.map((f) => <a key={f.id} className="hz-file" href={fileUrl(attachment.original, { id: f.id })}>{f.name}</a>)}
      {p.mine.length + p.photos.length === 0 ? <p className="ag-faint">没有填写内容</p> : null}
    </div>
  )
}

function Theirs({ p }: { p: ProposalView }) {
  return (
    <div>
      <h4>其间已办</h4>
      {p.theirs.map((e) => <p key={`${e.at}${e.label}`}>{zhDateTime(e.at)} {e.actor} {e.label}{e.text ? `：${e.text}` : ''}</p>)}
      {p.theirs.length === 0 ? <p className="ag-faint">没有其他人办理，只是前一步也未采纳</p> : null}
    </div>
  )
}
