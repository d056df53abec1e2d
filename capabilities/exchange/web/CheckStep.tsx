import { Button, Input, Progress, Table, Tabs } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { asProblem, type Problem } from '../../../kernel/web/call.ts'
import { type RowOf, useCommand, useInfinite } from '../../../kernel/web/client.ts'
import { EmptyState, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { type RunView, type Verdict, verdicts, verdictZh } from '../exchange.ts'
import { operations } from '../operations.ts'

/** Long work: how far it is; the page may be left. */
export function Running({ run, words }: { run: RunView; words: string }) {
  const { progressDone, progressTotal } = run
  return (
    <Section>
      <p>{words}</p>
      {progressTotal ? <Progress percent={Math.floor((progressDone / progressTotal) * 100)} format={() => `${progressDone.toLocaleString('zh-CN')} / ${progressTotal.toLocaleString('zh-CN')} 行`} /> : <p className="ag-num">已读 {progressDone.toLocaleString('zh-CN')} 行</p>}
    </Section>
  )
}

const meaning: Readonly<Record<Verdict, string>> = { NEW: '名册里没有，写入后新建', CHANGED: '名册里已有，写入后改成右边的值；空格子不改', SAME: '与名册一致，不用写', DOUBTFUL: '拿不准，默认退回；确认无误的可以采用', WRONG: '不能写入，写入后可下载退回' }

/** The dry run: what will be new, changed, unchanged, doubtful, wrong, and then the one button that writes. */
export function CheckStep({ run }: { run: RunView }) {
  const [params, setParams] = useSearchParams()
  const { counts } = run
  const first = verdicts.find((verdict) => counts[verdict] > 0) ?? 'NEW'
  const tab = verdicts.find((verdict) => verdict === params.get('tab')) ?? first
  return (
    <>
      <Section>
        <Tabs activeKey={tab} onChange={(key) => setParams({ tab: key }, { replace: true })} items={verdicts.map((verdict) => ({ key: verdict, label: `${verdictZh[verdict]} ${counts[verdict].toLocaleString('zh-CN')}` }))} />
        <p className="ag-faint">{meaning[tab]}</p>
        <Rows key={tab} run={run} verdict={tab} />
      </Section>
      <ApplyBar run={run} />
    </>
  )
}

type Row = RowOf<typeof operations.rows>

function Rows({ run, verdict }: { run: RunView; verdict: Verdict }) {
  const { rows, total, loading, problem, more, loadingMore, retry } = useInfinite(operations.rows, { id: run.id, verdict, limit: 50 })
  const decide = useCommand(operations.decide)
  if (problem) return <ProblemView problem={problem} onRetry={retry} />
  if (!loading && rows.length === 0) return <EmptyState title={`没有“${verdictZh[verdict]}”的行`} />
  const set = (numbers: number[] | 'all', take: boolean) => void decide.run({ id: run.id, baseVersion: run.version, rows: numbers, take }).catch(() => undefined)
  return (
    <>
      {verdict === 'DOUBTFUL' ? <div className="im-buttons"><Button loading={decide.running} onClick={() => set('all', true)}>全部采用</Button><Button onClick={() => set('all', false)}>全部退回</Button><span className="ag-faint">已采用 {run.counts.taken} 行</span></div> : null}
      {decide.problem ? <ProblemView problem={decide.problem} /> : null}
      <Table<Row>
        size="small" rowKey="no" pagination={false} loading={loading} dataSource={rows} scroll={{ x: 760 }}
        columns={[
          { title: '行', dataIndex: 'no', width: 70, className: 'ag-num' },
          { title: '名称', dataIndex: 'title', width: 260 },
          ...(verdict === 'NEW' || verdict === 'SAME' ? [] : [{ title: verdict === 'CHANGED' ? '原值 → 新值' : '说明', render: (_: unknown, row: Row) => <Detail row={row} /> }]),
          ...(verdict === 'DOUBTFUL' ? [{ title: '处理', width: 110, render: (_: unknown, row: Row) => <Button size="small" type={row.taken ? 'primary' : 'default'} disabled={row.target === null} onClick={() => set([row.no], !row.taken)}>{row.taken ? '已采用' : '采用'}</Button> }] : []),
        ]}
      />
      {more ? <div className="im-buttons"><Button loading={loadingMore} onClick={more}>再看 50 行（共 {total?.toLocaleString('zh-CN')} 行）</Button></div> : null}
    </>
  )
}

/** Old and new side by side, and every reason under its heading. */
function Detail({ row }: { row: Row }) {
  return (
    <>
      {row.issues.map((issue) => <div key={issue.message} className="im-issue">{issue.message}</div>)}
      {row.changes.map((change) => (
        <div key={change.field} className="im-change"><span>{change.label}</span><del>{change.from || '空'}</del><ins>{change.to || '空'}</ins></div>
      ))}
    </>
  )
}

function ApplyBar({ run }: { run: RunView }) {
  const apply = useCommand(operations.apply)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const { NEW, CHANGED, taken } = run.counts
  const total = NEW + CHANGED + taken
  const back = run.counts.WRONG + run.counts.DOUBTFUL - taken
  const go = () => {
    setProblem(undefined)
    apply.run({ id: run.id, baseVersion: run.version, reason }).catch((thrown: unknown) => setProblem(asProblem(thrown)))
  }
  return (
    <Section>
      <p>写入后：新建 <b>{NEW}</b> 家，变更 <b>{CHANGED}</b> 家{taken ? <>，采用存疑 <b>{taken}</b> 行</> : null}；退回 <b>{back}</b> 行。没有在此基础上办新事之前，可以整批撤销。</p>
      {taken ? <div className="im-option"><span>采用存疑的理由</span><Input aria-label="采用存疑的理由" style={{ width: 360 }} maxLength={200} placeholder="如：已逐家核对营业执照" value={reason} onChange={(event) => setReason(event.target.value)} /></div> : null}
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="im-buttons"><Button type="primary" disabled={total === 0} loading={apply.running} onClick={go}>{total === 0 ? '没有可写入的行' : `写入 ${total.toLocaleString('zh-CN')} 行`}</Button></div>
    </Section>
  )
}
