import { Alert, Button, Drawer, Select, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { shortDateTime, zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { blocking, useInfinite, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import type { Figure, SnapshotDetail } from '../snapshot.ts'
import { figureText, spanZh } from './words.ts'
import './report.css'

const pages: Readonly<Record<string, string>> = { hazard: '/hazards', visit: '/visits', paper: '/papers', enterprise: '/enterprises' }

/** One version of a snapshot: numbers, what they mean, who had not reported, what came later. */
export default function SnapshotPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.snapshot, { id })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 14 }} />
  return <Snapshot key={id} snapshot={read.data} />
}

function Snapshot({ snapshot }: { snapshot: SnapshotDetail }) {
  const me = useMe()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Figure>()
  const [correcting, setCorrecting] = useState(false)
  const [newSnapshot] = useState(newId)
  const late = snapshot.units.filter((unit) => !unit.reported)
  const actions = (
    <>
      {me.can('statistics.freeze') && snapshot.latest ? <Button onClick={() => setCorrecting(true)}>更正</Button> : null}
      {me.can('statistics.write') ? <Link to={`/briefings/new?snapshotId=${snapshot.id}`}><Button type="primary">用它起草简报</Button></Link> : null}
    </>
  )
  return (
    <>
      <PageHead title={snapshot.title} tags={<StatusTag tone={snapshot.latest ? 'done' : 'plain'}>第{snapshot.number}版{snapshot.latest ? '' : '，已更正'}</StatusTag>} note={`${snapshot.campaignName ?? snapshot.areaName} · ${spanZh(snapshot.from, snapshot.to)} · 数据截至${zhDateTime(snapshot.cutOff)}`} back={{ to: '/snapshots', label: '快照' }} actions={actions} />
      {snapshot.late.records > 0 ? <Alert className="agb-alert" type="info" showIcon title={`冻结后又有 ${snapshot.late.records} 条记录新增或变动，不计入这一版；需要计入请更正。`} /> : null}
      {snapshot.reason ? <Alert className="agb-alert" type="warning" showIcon title={`更正理由：${snapshot.reason}`} /> : null}
      <div className="ag-cols">
        <Section title={`指标（${snapshot.list.length}）`} flush onPaper="long"><Figures list={snapshot.list} onOpen={setOpened} /></Section>
        <aside>
          <Section title={`应报${snapshot.expected}个单位，已报${snapshot.reported}个`}>
            {late.length ? <p>未报：{late.map((unit) => unit.name).join('、')}</p> : <p>全部已报。</p>}
            {snapshot.units.filter((unit) => unit.unfinished > 0).map((unit) => <p key={unit.code} className="ag-faint">{unit.name}还有{unit.unfinished}次检查没有办结</p>)}
          </Section>
          <Section title="版本">
            <ol className="agb-versions">{snapshot.versions.map((v) => <li key={v.id}>{v.id === snapshot.id ? <b>第{v.number}版</b> : <Link to={`/snapshots/${v.id}`}>第{v.number}版</Link>} <span className="ag-faint">{shortDateTime(v.frozenAt)} {v.frozenBy}</span>{v.reason ? <div>{v.reason}</div> : null}</li>)}</ol>
            {snapshot.versions.length > 1 ? <div className="ag-noprint"><Compare snapshot={snapshot} /></div> : null}
          </Section>
          <Section title="校验"><Fields columns={1} items={[{ label: '冻结', value: `${snapshot.frozenBy} ${shortDateTime(snapshot.frozenAt)}` }, { label: '摘要', value: <code title={snapshot.hash}>{snapshot.hash.slice(0, 16)}…</code> }]} /></Section>
        </aside>
      </div>
      {opened ? <Members id={snapshot.id} figure={opened} onClose={() => setOpened(undefined)} /> : null}
      {correcting ? <ReasonDialog title={`更正快照：${snapshot.title}`} operation={operations.correctSnapshot} input={{ id: snapshot.id, newId: newSnapshot }} confirm="冻结新版" act={{ does: `按此刻的数据冻结第${snapshot.number + 1}版，旧版保留；已发布的简报不会自动改` }} onDone={(made) => void navigate(`/snapshots/${made.id}`)} onClose={() => setCorrecting(false)} /> : null}
    </>
  )
}

function Figures({ list, onOpen }: { list: readonly Figure[]; onOpen: (figure: Figure) => void }) {
  return (
    <ul className="agb-figures">
      {list.map((f) => (
        <li key={f.metric}>
          <div><b>{f.name}</b> <span className="ag-faint">{f.metric}</span></div>
          <div className="agb-value">{f.members === null ? <span className="ag-num">{figureText(f)}</span> : <button type="button" className="agb-open ag-num" onClick={() => onOpen(f)}>{figureText(f)}</button>}</div>
          <small>{f.definition}（口径第{f.definitionVersion}版{f.changedOn ? `，自${zhDate(f.changedOn)}起` : ''}）{f.source ? `来源：${f.source}` : ''}{f.before === null ? '' : ` 上年同期${f.before}${f.unit}`}</small>
        </li>
      ))}
    </ul>
  )
}

/** The frozen list: as long as the number, each with how it stands now. */
function Members({ id, figure, onClose }: { id: string; figure: Figure; onClose: () => void }) {
  const list = useInfinite(operations.members, { id, metric: figure.metric as never, limit: 50 })
  return (
    <Drawer open title={`${figure.name} ${figureText(figure)}`} onClose={onClose} size={560}>
      <p className="ag-faint">这是冻结时计入的名单，记录后来有变动也仍列在这里。</p>
      {list.problem ? <ProblemView problem={list.problem} onRetry={list.retry} /> : null}
      {list.loading ? <Skeleton active /> : null}
      {!list.loading && list.total === 0 ? <p>名单是空的。</p> : null}
      <ol className="agb-members">{list.rows.map((row) => <li key={`${row.id}${row.no}`}>{pages[row.opens] ? <Link to={`${pages[row.opens]}/${row.id}`}>{row.title || row.no || row.place}</Link> : row.title} <div className="ag-faint">{[row.no, row.title === row.place ? '' : row.place, row.day && zhDate(row.day)].filter(Boolean).join(' · ')}</div></li>)}</ol>
      {list.more ? <Button block loading={list.loadingMore} onClick={list.more}>更多</Button> : null}
    </Drawer>
  )
}

function Compare({ snapshot }: { snapshot: SnapshotDetail }) {
  const others = snapshot.versions.filter((v) => v.id !== snapshot.id)
  const [other, setOther] = useState<string>()
  const read = useRead(operations.compare, { id: snapshot.id, with: other ?? snapshot.id }, { enabled: !!other })
  const rows = (read.data?.rows ?? []).filter((row) => row.why.length > 0 || figureText(row.before) !== figureText(row.after))
  return (
    <>
      <Select aria-label="与哪一版对比" style={{ width: '100%' }} placeholder="与另一版对比" value={other ?? null} options={others.map((v) => ({ value: v.id, label: `第${v.number}版` }))} onChange={(value: string) => setOther(value)} />
      {read.error ? <ProblemView problem={read.error} /> : null}
      {other && read.data ? <Table size="small" pagination={false} rowKey="metric" dataSource={rows} locale={{ emptyText: '两版的数相同' }} columns={[{ title: '指标', dataIndex: 'name' }, { title: `第${read.data.before.number}版`, render: (_, row) => figureText(row.before) }, { title: `第${read.data.after.number}版`, render: (_, row) => <>{figureText(row.after)}{row.why.map((why) => <div key={why} className="ag-faint">{why}</div>)}</> }]} /> : null}
    </>
  )
}
