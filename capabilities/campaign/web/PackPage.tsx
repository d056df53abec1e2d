import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { PageSkeleton } from '../../../kernel/web/fault.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { EmptyState, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Packs } from '../campaign.ts'
import { operations } from '../operations.ts'
import { type Pack, TEAM_ZH } from '../scheme.ts'
import './campaign.css'
import { SchemeParts, showRefused } from './SchemeForm.tsx'
import { kindOptions, packSource } from './words.ts'

type Shown = Packs['packs'][number]

/** One pack: changed it becomes the bureau's own next version, copied it becomes a pack beside it. */
export default function PackPage() {
  const { code = '' } = useParams()
  const [params] = useSearchParams()
  const read = useRead(operations.packs, {})
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <PageSkeleton />
  const pack = read.data.packs.find((p) => p.code === code)
  if (!pack) return <EmptyState title="没有这个行动包" how="请从行动包列表选取。" />
  return <Editor key={`${code}${params.get('copy')}${pack.version}`} shown={pack} copy={params.get('copy') === '1'} taken={read.data.packs.map((p) => p.code)} />
}

function Editor({ shown, copy, taken }: { shown: Shown; copy: boolean; taken: readonly string[] }) {
  const me = useMe()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { own: _o, version, savedAt: _s, savedByName: _n, ...first } = shown
  const [pack, setPack] = useState<Pack>(copy ? { ...first, code: nextCode(first.code, taken), name: `${first.name}（本局）` } : first)
  const [problem, setProblem] = useState<Problem>()
  const save = useCommand(operations.savePack)
  const set = (next: Partial<Pack>) => setPack({ ...pack, ...next })
  const wrong = (path: string) => problem?.fields.find((f) => f.path === `pack.${path}`)?.message
  const area = me.posts.find((p) => p.areaCode)?.areaCode ?? ''
  const send = () => {
    setProblem(undefined)
    save.run({ areaCode: area, pack, ...(copy ? { baseVersion: 0 } : { baseVersion: version }) }).then((saved) => {
      void message.success(`已存为本局第${saved.version}版`)
      void navigate('/campaigns/packs')
    }, (thrown: unknown) => {
      setProblem(asProblem(thrown))
      showRefused()
    })
  }
  return (
    <>
      <PageHead title={copy ? `新建行动包：以“${first.name}”为底` : `行动包：${first.name}`} back={{ to: '/campaigns/packs', label: '行动包' }} note={copy ? '存下后列在行动包里，供拟制行动时选用。' : `${packSource(shown)}；存下后为本局的新一版，已建立的行动不变。`} />
      <Form layout="vertical" className="ag-form" component="div">
        <Section title="名称、依据、时间"><Head pack={pack} set={set} wrong={wrong} /></Section>
        <SchemeParts scheme={pack.scheme} change={(scheme) => set({ scheme })} wrong={wrong} />
        <Section title="小组"><TeamRows pack={pack} set={set} /></Section>
        {pack.kind === 'YEARS' || pack.tasks.length ? <Section title="任务（挂图作战）"><TaskRows pack={pack} set={set} /></Section> : null}
        {problem ? <ProblemView problem={problem} /> : null}
      </Form>
      <div className="ag-form-buttons">
        <Button type="primary" loading={save.running} disabled={!me.can('campaign.plan')} onClick={send}>{copy ? '存为新的行动包' : '存为本局的新一版'}</Button>
        <Button onClick={() => void navigate('/campaigns/packs')}>取消</Button>
      </div>
    </>
  )
}

/** NIGHT → NIGHT_2, the first that is free. */
function nextCode(code: string, taken: readonly string[]): string {
  const stem = code.slice(0, 36)
  for (let n = 2; ; n++) if (!taken.includes(`${stem}_${n}`)) return `${stem}_${n}`
}

interface Part {
  pack: Pack
  set: (next: Partial<Pack>) => void
}

function Head({ pack, set, wrong }: Part & { wrong: (path: string) => string | undefined }) {
  const item = (label: string, path: string) => ({ label, required: true, ...(wrong(path) ? { validateStatus: 'error' as const, help: wrong(path) } : {}) })
  const time = (key: 'startTime' | 'endTime', label: string) => <Form.Item {...item(label, key)}><Input style={{ width: 120 }} value={pack[key]} maxLength={5} placeholder="20:00" onChange={(e) => set({ [key]: e.target.value })} /></Form.Item>
  return (
    <>
      <Form.Item {...item('名称', 'name')}><Input value={pack.name} maxLength={60} onChange={(e) => set({ name: e.target.value })} /></Form.Item>
      <Form.Item {...item('类型', 'kind')}><Select style={{ width: 220 }} value={pack.kind} options={kindOptions} onChange={(kind) => set({ kind })} /></Form.Item>
      <Form.Item {...item('说明', 'summary')}><Input value={pack.summary} maxLength={300} onChange={(e) => set({ summary: e.target.value })} /></Form.Item>
      <Form.Item {...item('依据提示', 'basisHint')}><Input value={pack.basisHint} maxLength={120} onChange={(e) => set({ basisHint: e.target.value })} /></Form.Item>
      <Space size={16} wrap>
        <Form.Item {...item('历时', 'days')}><InputNumber min={1} max={1500} suffix="天" style={{ width: 140 }} value={pack.days} onChange={(days) => set({ days: days ?? 1 })} /></Form.Item>
        {time('startTime', '首日开始')}{time('endTime', '末日结束')}
      </Space>
    </>
  )
}

const teamKinds = Object.entries(TEAM_ZH).map(([value, label]) => ({ value, label }))

function TeamRows({ pack, set }: Part) {
  const { teams } = pack
  const put = (i: number, next: Partial<Pack['teams'][number]>) => set({ teams: teams.map((t, n) => (n === i ? { ...t, ...next } : t)) })
  return (
    <>
      {teams.map((team, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a team has no name of its own before it is typed
        <Form.Item key={i}>
          <Space wrap>
            <Input aria-label={`第${i + 1}组名称`} style={{ width: 240 }} value={team.name} maxLength={40} onChange={(e) => put(i, { name: e.target.value })} />
            <Select aria-label={`第${i + 1}组类型`} style={{ width: 120 }} value={team.kind} options={teamKinds} onChange={(kind) => put(i, { kind: kind as Pack['teams'][number]['kind'] })} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={`删除${team.name}`} onClick={() => set({ teams: teams.filter((_, n) => n !== i) })} />
          </Space>
        </Form.Item>
      ))}
      {teams.length < 40 ? <Button icon={<PlusOutlined />} onClick={() => set({ teams: [...teams, { name: `第${teams.length + 1}检查组`, kind: 'CHECK' }] })}>加一组</Button> : null}
    </>
  )
}

function TaskRows({ pack, set }: Part) {
  const { tasks } = pack
  const put = (i: number, next: Partial<Pack['tasks'][number]>) => set({ tasks: tasks.map((t, n) => (n === i ? { ...t, ...next } : t)) })
  const text = (i: number, key: 'line' | 'title' | 'measure' | 'unit', label: string, width: number) => <Input aria-label={`第${i + 1}项${label}`} placeholder={label} style={{ width }} value={tasks[i]![key]} maxLength={120} onChange={(e) => put(i, { [key]: e.target.value })} />
  const day = (i: number, key: 'fromDay' | 'dueDay', label: string) => <InputNumber aria-label={`第${i + 1}项${label}`} min={0} max={1500} prefix={label} suffix="天" style={{ width: 150 }} value={tasks[i]![key]} onChange={(n) => put(i, { [key]: n ?? 0 })} />
  return (
    <>
      {tasks.map((task, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a task is its place in the order
        <Form.Item key={i}>
          <Space wrap>
            {text(i, 'line', '工作线', 130)}{text(i, 'title', '任务', 260)}{text(i, 'measure', '措施', 260)}{text(i, 'unit', '责任单位', 140)}{day(i, 'fromDay', '第')}{day(i, 'dueDay', '至第')}
            <Button type="text" icon={<DeleteOutlined />} aria-label={`删除${task.title}`} onClick={() => set({ tasks: tasks.filter((_, n) => n !== i) })} />
          </Space>
        </Form.Item>
      ))}
      {tasks.length < 100 ? <Button icon={<PlusOutlined />} onClick={() => set({ tasks: [...tasks, { line: tasks.at(-1)?.line ?? '', title: '', measure: '', unit: '', fromDay: 0, dueDay: 30 }] })}>加一项任务</Button> : null}
    </>
  )
}
