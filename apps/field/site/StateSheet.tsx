import { Toast } from 'antd-mobile'
import { useState } from 'react'
import { operating, operatingStateZh, type OperatingState } from '../../../capabilities/enterprise/lifecycle.ts'
import type { SiteRow } from '../../../capabilities/sync/rows.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { Sheet } from '../parts/sheet.tsx'

/** What was seen at the door about the firm itself: stopped, back at work, gone. */
export function StateSheet({ site, open, onClose }: { site: SiteRow; open: boolean; onClose: () => void }) {
  const { store, sender, can } = useWork()
  const [to, setTo] = useState<OperatingState>()
  const [reason, setReason] = useState('')
  const moves = Object.values(operating[site.state]).flatMap((move) => (move && can(move.verb) ? [move] : []))
  const hand = async () => {
    if (!to || reason.trim().length < 2) return
    await queueCommand(store, { name: 'enterprise.setState', aggregate: `enterprise:${site.enterpriseId}`, title: `${operatingStateZh[to]} · ${site.name}`, input: { id: site.enterpriseId, baseVersion: site.enterpriseVersion, state: to, reason: reason.trim() } })
    void sender.wake()
    Toast.show({ content: '已存，将自动登记' })
    onClose()
  }
  return (
    <Sheet open={open} title={`现为：${operatingStateZh[site.state]}`} onClose={onClose}>
      <div className="f-choice" role="radiogroup" aria-label="经营状态">{moves.map((move) => <button key={move.id} type="button" role="radio" aria-checked={to === move.to} onClick={() => setTo(move.to as OperatingState)}>{move.label}</button>)}</div>
      <label className="f-field">情况<textarea className="f-area" value={reason} maxLength={200} placeholder="看到的情况，谁说的" onChange={(event) => setReason(event.target.value)} /></label>
      <button type="button" className="f-btn f-btn-main" disabled={!to || reason.trim().length < 2} onClick={() => void hand()}>登记</button>
    </Sheet>
  )
}
