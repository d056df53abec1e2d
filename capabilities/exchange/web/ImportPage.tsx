import { Button, Skeleton, Steps } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { Figure, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { useDownload } from '../../../kernel/web/use-download.ts'
import type { RunView } from '../exchange.ts'
import { importStateZh } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { CheckStep, Running } from './CheckStep.tsx'
import { stateTone } from './ImportList.tsx'
import { MapStep } from './MapStep.tsx'
import { UndoDialog } from './UndoDialog.tsx'
import './import.css'

const stepOf: Readonly<Record<RunView['state'], number>> = { UPLOADED: 1, MAPPED: 1, CHECKING: 2, CHECKED: 2, APPLYING: 3, DONE: 4, UNDONE: 4, FAILED: 2, CANCELLED: 1 }

/** One import from its headings to its end; the address alone brings a person back to where he left. */
export default function ImportPage() {
  const { id = '' } = useParams()
  const first = useRead(operations.get, { id })
  const running = first.data?.state === 'CHECKING' || first.data?.state === 'APPLYING'
  const { data, error, refetch } = useRead(operations.get, { id }, running ? { everySeconds: 1 } : {})
  if (error && !data) return <ProblemView problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />
  return (
    <>
      <PageHead back={{ to: '/imports', label: '导入' }} title={data.fileName} tags={<StatusTag tone={stateTone[data.state]}>{importStateZh[data.state]}</StatusTag>} note={`${data.kindName} · ${data.no} · ${data.createdByName} ${zhMoment(data.createdAt, serverNow())}上传`} actions={<Cancel run={data} />} />
      <Steps size="small" className="im-steps" current={stepOf[data.state]} items={['上传', '核对表头', '核对内容', '写入', '完成'].map((title) => ({ title }))} />
      {data.sameFile ? <p className="im-note">这个文件与已写入的 <Link to={`/imports/${data.sameFile.id}`}>{data.sameFile.no}</Link> 完全相同；再导一次不会改动任何内容。</p> : null}
      <Step run={data} />
    </>
  )
}

function Step({ run }: { run: RunView }) {
  switch (run.state) {
    case 'UPLOADED':
    case 'MAPPED':
      return <MapStep key={run.version} run={run} />
    case 'CHECKING':
      return <Running run={run} words="正在核对，还没有写入任何内容" />
    case 'CHECKED':
      return <CheckStep run={run} />
    case 'APPLYING':
      return <Running run={run} words="正在写入；可以离开，做完后在导入列表里看结果" />
    case 'DONE':
    case 'UNDONE':
      return <Result run={run} />
    case 'FAILED':
      return <><p className="im-note im-bad">{run.failed}</p>{run.counts.applied > 0 ? <Result run={run} /> : <MapStep key={run.version} run={run} />}</>
    case 'CANCELLED':
      return <p className="im-note">这批导入已取消，没有写入任何内容。需要时请重新上传。</p>
  }
}

function Cancel({ run }: { run: RunView }) {
  const cancel = useCommand(operations.cancel)
  const may = run.actions.some((action) => action.action === 'cancel' && action.allowed)
  if (!may) return null
  return (
    <>
      <Button loading={cancel.running} onClick={() => void cancel.run({ id: run.id, baseVersion: run.version }).catch(() => undefined)}>取消这批导入</Button>
      {cancel.problem ? <ProblemView problem={cancel.problem} /> : null}
    </>
  )
}

/** What went in, what came back, and the way to take it all back. */
function Result({ run }: { run: RunView }) {
  const save = useDownload()
  const [undoing, setUndoing] = useState(false)
  const { counts } = run
  const back = counts.WRONG + counts.DOUBTFUL - counts.taken
  const undo = run.actions.find((action) => action.action === 'undo')
  return (
    <>
      <Section title={run.state === 'UNDONE' ? '已整批撤销' : '写入结果'}>
        <div className="ag-figure-grid">
          <Figure label="已写入" value={counts.applied} unit="行" {...(run.state === 'DONE' && run.kind !== 'above_scale' ? { to: `/enterprises?importId=${run.id}`, note: '点开看本批新建的' } : {})} />
          <Figure label="不变" value={counts.SAME} unit="行" />
          <Figure label="退回" value={back} unit="行" tone={back > 0 ? 'warn' : 'plain'} note={back > 0 ? '改好后把退回的文件再导一次即可' : '没有退回的行'} />
        </div>
        {run.state === 'UNDONE' ? <p className="im-note">理由：{run.reason}。新建的已作废，变更的已恢复原值，经过里都有记录。</p> : null}
        <div className="im-buttons">
          {back > 0 ? <Button type="primary" onClick={() => save(operations.badRows, { id: run.id })}>下载退回的行（带错误原因）</Button> : null}
          {undo?.allowed ? <Button danger onClick={() => setUndoing(true)}>撤销这批导入</Button> : null}
        </div>
      </Section>
      {undoing ? <UndoDialog run={run} close={() => setUndoing(false)} /> : null}
    </>
  )
}
