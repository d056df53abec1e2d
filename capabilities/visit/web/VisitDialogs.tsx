import { Modal } from 'antd'
import { useState } from 'react'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, useCommand } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { kinds, SCAN_ZH } from '../kinds.ts'
import { operations } from '../operations.ts'
import type { Detail } from '../visit.ts'

type Given = { visit: Detail; onClose: () => void }
const base = (visit: Detail) => ({ id: visit.id, baseVersion: visit.version })

export function CancelDialog({ visit, onClose }: Given) {
  return <ReasonDialog title="取消任务" operation={operations.cancel} input={base(visit)} confirm="取消任务" danger onClose={onClose} act={{ does: '任务不再执行，记录保留并写明理由', whom: visit.enterpriseName }} />
}

export function VoidDialog({ visit, onClose }: Given) {
  return (
    <ReasonDialog
      title="作废检查记录"
      operation={operations.void}
      input={base(visit)}
      confirm="作废"
      danger
      onClose={onClose}
      act={{ does: '本次检查不再计入次数和统计，记录与经过保留；由此登记的隐患须另行处理', whom: `${visit.enterpriseName} ${visit.no}` }}
    />
  )
}

export function ScanDialog({ visit, onClose }: Given) {
  const done = visit.state === 'DONE'
  const moments = (['BEFORE', 'BEFORE_LEAVING', 'ADDED'] as const).filter((m) => (done ? m === 'ADDED' : m !== 'BEFORE_LEAVING' || visit.urgent))
  return (
    <ReasonDialog
      title="登记扫码入企"
      operation={operations.addScan}
      input={base(visit)}
      confirm="登记"
      onClose={onClose}
      initial={{ moment: done ? 'ADDED' : 'BEFORE', scannedAt: done ? (visit.arrivedAt ?? serverNow()) : serverNow() }}
      fields={[
        { key: 'moment', kind: 'radio', options: moments.map((m) => ({ value: m, label: SCAN_ZH[m] })) },
        { key: 'scannedAt', kind: 'moment' },
        { key: 'reason', label: '当时未能扫码的理由', kind: 'long', rows: 2, max: 200, when: (v) => v.moment === 'ADDED' },
      ]}
    />
  )
}

export function AcknowledgeDialog({ visit, onClose }: Given) {
  const what = visit.signature === 'REFUSED' ? `拒绝签字：${visit.signRefusalReason ?? ''}` : visit.outcome === 'REFUSED_ENTRY' ? `拒绝入内：${visit.outcomeNote ?? ''}` : `紧急检查未获追认：${visit.opinion ?? ''}`
  return <ReasonDialog title="阅处报告" operation={operations.acknowledge} input={base(visit)} confirm="阅处" onClose={onClose} act={{ does: '记入经过，待办随之了结', whom: visit.enterpriseName, clause: what }} fields={[{ key: 'opinion', label: '处理意见', kind: 'long', rows: 3, max: 300 }]} />
}

export function HandBackDialog({ visit, onClose }: Given) {
  return <ReasonDialog title="退还任务" operation={operations.handBack} input={base(visit)} confirm="退还" onClose={onClose} act={{ does: '安排人收到待办，另行安排；同去的人收到消息', whom: visit.enterpriseName }} />
}

export function LeaveDialog({ visit, onClose }: Given) {
  return <ReasonDialog title="登记离场" operation={operations.leave} input={base(visit)} confirm="离场" onClose={onClose} initial={{ leftAt: serverNow() }} fields={[{ key: 'leftAt', kind: 'moment' }]} />
}

/** 报批 asks nothing but the decision to send it. */
export function SubmitDialog({ visit, onClose }: Given) {
  const [problem, setProblem] = useState<Problem>()
  const submit = useCommand(operations.submit)
  const send = async () => {
    try {
      await submit.run({ visits: [base(visit)] })
      onClose()
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  return (
    <Modal open title="报批" okText="报批" cancelText="取消" okButtonProps={{ loading: submit.running }} onOk={() => void send()} onCancel={onClose}>
      <p>报请负责人批准对 {visit.enterpriseName} 的{kinds[visit.kind].short}。批准前不得入企检查。</p>
      {problem ? <ProblemView problem={problem} /> : null}
    </Modal>
  )
}
