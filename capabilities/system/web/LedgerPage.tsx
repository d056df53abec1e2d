import { Alert, Button, Typography } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { call, download, type Problem, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { Fields, Figure, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'

type Verdict = OutputOf<typeof operations.ledgerVerify>

/** 账本: how far the record of everything done is sealed, a check at once, and the file for a check elsewhere. */
export default function LedgerPage() {
  const status = useRead(operations.ledger, {}, { everySeconds: 10 })
  const [verdict, setVerdict] = useState<Verdict>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState<'verify' | 'export'>()
  const act = async (what: 'verify' | 'export') => {
    setBusy(what)
    setProblem(undefined)
    try {
      if (what === 'verify') setVerdict(await call(operations.ledgerVerify, {}))
      else await download(operations.ledgerExport, {})
    } catch (thrown) {
      setProblem(thrown as Problem)
    } finally {
      setBusy(undefined)
    }
  }
  const actions = (
    <>
      <Button loading={busy === 'export'} onClick={() => void act('export')}>导出账本</Button>
      <Button type="primary" loading={busy === 'verify'} onClick={() => void act('verify')}>立即校验</Button>
    </>
  )
  return (
    <>
      <PageHead title="账本" note="每一次办理都留下一条经过，分批封存，前后相链。改动、删除、调换、截尾，校验时都会发现。" actions={actions} />
      {problem ? <ProblemView problem={problem} /> : null}
      {verdict ? <VerdictView verdict={verdict} /> : null}
      {status.error ? <ProblemView problem={status.error} onRetry={() => void status.refetch()} /> : <StatusView status={status.data} />}
    </>
  )
}

function StatusView({ status }: { status: OutputOf<typeof operations.ledger> | undefined }) {
  return (
    <>
      <div className="ag-figures">
        <Figure label="已封存" value={status?.sealed} unit="条" />
        <Figure label="批次" value={status?.batches} unit="批" />
        <Figure label="待封存" value={status?.waiting} unit="条" tone={(status?.waiting ?? 0) > 5000 ? 'warn' : 'plain'} />
      </div>
      <Section title="当前链值">
        <p>请定期抄存或打印这一行，交由另一部门保管。日后凭它可以证明此前的记录一条未少、一字未改。</p>
        <Typography.Paragraph copyable={status ? { text: `${status.batches}:${status.chain}` } : false} code>
          {status ? `${status.batches}:${status.chain}` : '—'}
        </Typography.Paragraph>
        <Fields
          items={[
            { label: '摘要算法', value: status?.algorithm === 'sm3' ? 'SM3' : 'SHA-256' },
            { label: '最近封存', value: status?.lastSealedAt ? zhMoment(status.lastSealedAt, serverNow()) : undefined },
          ]}
        />
      </Section>
      <Section title="离线校验">
        <p>导出的文件可在任何装有本程序的电脑上校验，不连数据库：<code>npm run verify-ledger -- 账本.ndjson --anchor=批号:链值</code></p>
      </Section>
    </>
  )
}

function VerdictView({ verdict }: { verdict: Verdict }) {
  if (verdict.ok) return <Alert type="success" showIcon title={`账本完整：${verdict.batches} 批、${verdict.sealed} 条，逐条核对无误${verdict.unsealed ? `；另有 ${verdict.unsealed} 条待封存` : ''}。`} />
  return (
    <Alert
      type="error"
      showIcon
      title="账本有问题，请保护现场并报告"
      description={<ul>{verdict.faults.map((fault) => <li key={`${fault.batch}-${fault.line}-${fault.kind}`}>第 {fault.batch} 批：{fault.why}</li>)}</ul>}
    />
  )
}
