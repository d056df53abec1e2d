import { App, Button, Modal, Segmented, Select, Skeleton, Space, TreeSelect } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { type AreaNode, areaName, useAreas } from '../../../kernel/web/areas.tsx'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, type RowOf, useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { Figure, RiskTag, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import type { RiskColour } from '../../../kernel/web/tokens.ts'
import { kinds, type VisitKind } from '../../visit/kinds.ts'
import { type FoundSite, SiteSelect } from '../../enterprise/web/public.tsx'
import type { Detail } from '../campaign.ts'
import { operations } from '../operations.ts'
import { SORT_ZH, TARGET_ZH } from '../scheme.ts'
import { siteKindName, sortOptions, targetOptions, targetTone } from './words.ts'

type Row = RowOf<typeof operations.targets>

/** 对象: the annex while it is drafted, the working list while it runs. */
export function TargetsTab({ campaign: c }: { campaign: Detail }) {
  const me = useMe()
  const areas = useAreas()
  const [adding, setAdding] = useState(false)
  const [dropping, setDropping] = useState<readonly Row[]>()
  const [sending, setSending] = useState<readonly Row[]>()
  const teams = useRead(operations.teams, { id: c.id })
  const arranges = c.actions.some((a) => a.action === 'arrange' && a.allowed)
  const columns: readonly Column<Row>[] = [
    { key: 'enterpriseName', title: '对象', always: true, render: (r) => <>{r.enterpriseName}{r.also.length ? <small className="quiet"> 也在：{r.also.join('、')}</small> : null}</> },
    { key: 'siteKind', title: '类别', width: 120, render: (r) => siteKindName(r.siteKind) },
    { key: 'sort', title: '计入', width: 70, render: (r) => SORT_ZH[r.sort] },
    { key: 'riskColour', title: '风险', width: 80, render: (r) => <RiskTag colour={r.riskColour as RiskColour | null} /> },
    { key: 'areaCode', title: '区划', width: 130, render: (r) => areaName(areas, r.areaCode) },
    ...(c.scheme.waves.length ? [{ key: 'wave', title: '批次', width: 150, render: (r: Row) => c.scheme.waves[r.wave - 1]?.name ?? `第${r.wave}批` }] : []),
    { key: 'state', title: '状态', width: 90, render: (r) => <StatusTag tone={targetTone[r.state]}>{TARGET_ZH[r.state]}</StatusTag> },
    { key: 'teamName', title: '小组', width: 120 },
    { key: 'checks', title: '已查', width: 70, number: true },
    { key: 'lastOn', title: '最近', width: 100, render: (r) => (r.lastOn ? zhDay(r.lastOn, serverNow()) : '—') },
    { key: 'address', title: '地址', width: 220, off: true },
    { key: 'droppedReason', title: '移出理由', width: 180, off: true },
  ]
  const filters: readonly Filter[] = [
    { key: 'q', label: '查找', kind: 'text', placeholder: '企业名称' },
    { key: 'states', label: '状态', kind: 'choices', options: targetOptions },
    { key: 'areaCode', label: '区划', kind: 'area' },
    ...(c.scheme.waves.length ? [{ key: 'wave', label: '批次', kind: 'choice' as const, options: c.scheme.waves.map((w, i) => ({ value: String(i + 1), label: w.name })) }] : []),
    { key: 'teamId', label: '小组', kind: 'choice', options: (teams.data?.teams ?? []).map((t) => ({ value: t.id, label: t.name })) },
    { key: 'sorts', label: '计入', kind: 'choices', options: sortOptions, more: true },
    { key: 'checked', label: '已检查', kind: 'flag', more: true },
  ]
  const dispatches = me.can('visit.plan') && (c.state === 'APPROVED' || c.state === 'RUNNING')
  const batch = [
    ...(dispatches ? [{ label: '派给小组', run: (rows: readonly Row[]) => setSending(rows), why: (rows: readonly Row[]) => (rows.length > 60 ? '一次最多 60 家' : undefined) }] : []),
    ...(arranges ? [{ label: '移出名单', danger: true, run: (rows: readonly Row[]) => setDropping(rows), why: (rows: readonly Row[]) => (rows.some((r) => r.checks > 0) ? '已查的不能移出' : undefined) }] : []),
  ]
  const add = arranges ? <Button type="primary" onClick={() => setAdding(true)}>列入对象</Button> : undefined
  return (
    <>
      <DataTable operation={operations.targets} input={{ id: c.id }} columns={columns} filters={filters} rowKey="siteId" rowLink={(r) => `/enterprises/${r.enterpriseId}`} name="campaign.targets" tools={add} {...(batch.length ? { batch } : {})} empty={{ title: '名单是空的', how: '按方案的条件列入，或逐家添加；行动中发现的场所会自动列入。', action: add }} />
      {adding ? <AddDialog c={c} close={() => setAdding(false)} /> : null}
      {dropping ? <ReasonDialog title={`移出 ${dropping.length} 家`} operation={operations.dropTargets} input={{ id: c.id, siteIds: dropping.map((r) => r.siteId) }} confirm="移出" danger onClose={() => setDropping(undefined)} /> : null}
      {sending ? <DispatchDialog c={c} rows={sending} teams={teams.data?.teams ?? []} close={() => setSending(undefined)} /> : null}
    </>
  )
}

function AddDialog({ c, close }: { c: Detail; close: () => void }) {
  const { message } = App.useApp()
  const areas = useAreas()
  const [one, setOne] = useState(false)
  const [picked, setPicked] = useState<readonly FoundSite[]>([])
  const [codes, setCodes] = useState<string[]>([])
  const [problem, setProblem] = useState<Problem>()
  const add = useCommand(operations.addTargets)
  const { data: p, error } = useRead(operations.preview, { id: c.id, ...(codes.length ? { areaCodes: codes.join(',') } : {}) })
  const send = () => {
    setProblem(undefined)
    add.run({ id: c.id, ...(one ? { siteIds: picked.map((s) => s.siteId) } : { areaCodes: codes }) }).then((answer) => { void message.success(`列入 ${answer.added} 家，名单共 ${answer.total} 家`); close() }, (thrown: unknown) => setProblem(asProblem(thrown)))
  }
  return (
    <Modal open title="列入对象" onCancel={close} okText={one ? `列入 ${picked.length} 家` : p ? `列入 ${p.fitting} 家` : '列入'} cancelText="取消" onOk={send} confirmLoading={add.running} okButtonProps={{ disabled: one ? picked.length === 0 : !p?.fitting }} width={640}>
      <Space orientation="vertical" style={{ width: '100%' }}>
        <Segmented block aria-label="怎样列入" value={one ? 'one' : 'all'} options={[{ value: 'all', label: '按方案的条件' }, { value: 'one', label: '逐家添加' }]} onChange={(way) => { setOne(way === 'one'); setProblem(undefined) }} />
        {one ? <OneByOne picked={picked} change={setPicked} /> : <ByConditions codes={codes} setCodes={setCodes} areas={areas} error={error} p={p} c={c} />}
        {problem ? <ProblemView problem={problem} /> : null}
      </Space>
    </Modal>
  )
}

/** Known by name to whoever leads the night: found and put on the list whatever the conditions say. */
function OneByOne({ picked, change }: { picked: readonly FoundSite[]; change: (next: readonly FoundSite[]) => void }) {
  return (
    <>
      <SiteSelect taken={picked.map((s) => s.siteId)} onPick={(site) => site && change([...picked, site])} />
      {picked.map((s) => <div key={s.siteId} className="cg-picked"><span>{s.name}<small className="quiet"> {s.address}</small></span><Button size="small" type="text" aria-label={`不列入${s.name}`} onClick={() => change(picked.filter((x) => x.siteId !== s.siteId))}>移除</Button></div>)}
      {picked.length ? null : <p className="quiet">按名称、拼音首字母、信用代码、电话后几位或地址查找；方案条件以外的也可以列入。</p>}
    </>
  )
}

interface Conditions {
  readonly codes: string[]
  readonly setCodes: (next: string[]) => void
  readonly areas: readonly AreaNode[]
  readonly error: Problem | null
  readonly p: OutputOf<typeof operations.preview> | undefined
  readonly c: Detail
}

function ByConditions({ codes, setCodes, areas, error, p, c }: Conditions) {
  return (
    <>
      <TreeSelect treeCheckable showCheckedStrategy="SHOW_PARENT" allowClear style={{ width: '100%' }} treeData={areas.map(function toTree(a): { value: string; title: string; children?: object[] } { return { value: a.code, title: a.name, ...(a.children?.length ? { children: a.children.map(toTree) } : {}) } })} value={codes} onChange={(next: string[]) => setCodes(next)} placeholder="不选则为整个实施范围" treeNodeFilterProp="title" />
      {error ? <ProblemView problem={error} /> : p ? (
        <>
          <div className="cg-figures"><Figure label="符合条件" value={p.fitting} unit="家" /><Figure label="已在名单" value={p.listed} unit="家" />{p.waves.length > 1 ? p.waves.map((w) => <Figure key={w.wave} label={c.scheme.waves[w.wave - 1]?.name ?? `第${w.wave}批`} value={w.n} unit="家" />) : null}</div>
          {p.streets.length ? <p className="quiet">{p.streets.map((s) => `${s.name} ${s.n}`).join('，')}</p> : null}
          {p.others.length ? <p className="quiet">同时在查：{p.others.map((o) => `${o.name} ${o.n} 家`).join('，')}，可以合并为一次入企（综合查一次）。</p> : null}
        </>
      ) : <Skeleton active />}
    </>
  )
}

interface TeamLike { id: string; name: string; members: readonly { personId: string; name: string; certificateNo: string | null; part: string }[] }

/** The same warning once, with whom it concerns. */
function warningsOf(sites: readonly { siteId: string; warnings: readonly string[] }[], rows: readonly Row[]): { warning: string; whom: string }[] {
  const nameOf = new Map(rows.map((r) => [r.siteId, r.enterpriseName]))
  return [...new Set(sites.flatMap((s) => s.warnings))].map((warning) => {
    const names = sites.filter((s) => s.warnings.includes(warning)).map((s) => nameOf.get(s.siteId) ?? '')
    return { warning, whom: names.length > 1 && names.length === rows.length ? `${names.length} 家均是` : `${names.slice(0, 3).join('、')}${names.length > 3 ? ` 等 ${names.length} 家` : ''}` }
  })
}

/** Tasks for a team: what stands against it is said before anything is planned. */
function DispatchDialog({ c, rows, teams, close }: { c: Detail; rows: readonly Row[]; teams: readonly TeamLike[]; close: () => void }) {
  const { message } = App.useApp()
  const [teamId, setTeamId] = useState<string | undefined>(teams.length === 1 ? teams[0]?.id : undefined)
  const [kind, setKind] = useState<VisitKind | undefined>(c.scheme.visitKinds[0])
  const [officers, setOfficers] = useState<string[]>([])
  const today = localDate(serverNow())
  const first = c.businessDate > today ? c.businessDate : today
  const days = Array.from({ length: 14 }, (_, i) => addDays(first, i)).filter((d) => d <= c.lastDate)
  const [on, setOn] = useState(days[0] ?? c.businessDate)
  const [problem, setProblem] = useState<Problem>()
  const dispatch = useCommand(operations.dispatch)
  const siteIds = rows.map((r) => r.siteId)
  const { data: checked } = useRead(operations.checkTasks, { id: c.id, teamId: teamId ?? '', kind: kind ?? 'PATROL', plannedOn: on, siteIds: siteIds.join(',') }, { enabled: !!teamId && !!kind })
  const warnings = warningsOf(checked?.sites ?? [], rows)
  const team = teams.find((t) => t.id === teamId)
  const send = () => {
    if (!teamId || !kind) return
    setProblem(undefined)
    dispatch.run({ id: c.id, teamId, kind, plannedOn: on, siteIds, officerIds: officers }).then((answer) => { void message.success(`已派 ${answer.visits.length} 家`); close() }, (thrown: unknown) => setProblem(asProblem(thrown)))
  }
  return (
    <Modal open title={`派任务：${rows.length} 家`} onCancel={close} okText="派任务" cancelText="取消" onOk={send} confirmLoading={dispatch.running} okButtonProps={{ disabled: !teamId || !kind }} width={600}>
      <Space orientation="vertical" style={{ width: '100%' }} size={12}>
        <Select style={{ width: '100%' }} placeholder="选择小组" options={teams.map((t) => ({ value: t.id, label: `${t.name}（${t.members.length} 人）` }))} value={teamId ?? null} onChange={(v: string) => { setTeamId(v); setOfficers([]) }} />
        <Space wrap>
          <Select style={{ width: 220 }} options={c.scheme.visitKinds.map((k) => ({ value: k, label: kinds[k].zh }))} value={kind ?? null} onChange={(v: VisitKind) => setKind(v)} />
          <Select style={{ width: 160 }} options={days.map((d) => ({ value: d, label: zhDay(d, serverNow()) }))} value={on} onChange={setOn} />
        </Space>
        {team ? <Select mode="multiple" allowClear style={{ width: '100%' }} placeholder="全组；也可以指定去的人" options={team.members.map((m) => ({ value: m.personId, label: m.certificateNo ? `${m.name}（持证）` : m.name }))} value={officers} onChange={setOfficers} /> : null}
        {warnings.map(({ warning, whom }) => <p key={warning} className="quiet">{whom}：{warning}</p>)}
        {problem ? <ProblemView problem={problem} /> : null}
      </Space>
    </Modal>
  )
}
