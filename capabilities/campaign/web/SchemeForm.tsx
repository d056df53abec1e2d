import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Select, Space, TreeSelect } from 'antd'
import dayjs from 'dayjs'
import { useAreas, type AreaNode } from '../../../kernel/web/areas.tsx'
import type { Problem } from '../../../kernel/web/client.ts'
import { Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { CampaignKind, Quota, Scheme, Wave } from '../scheme.ts'
import { useChecklists } from './checklists.ts'
import { colourOptions, siteKindOptions, tagOptions, visitKindOptions } from './words.ts'

/** What is typed of a campaign before it is sent; times are ISO instants, rates thousandths. */
export interface Typed {
  name: string
  kind: CampaignKind
  basis: string
  publishedOn: string | null
  areas: string[]
  startsAt: string
  endsAt: string
  commandPost: string
  scheme: Scheme
}

interface SchemePart {
  value: { scheme: Scheme }
  change: (next: { scheme: Scheme }) => void
  wrong: (path: string) => string | undefined
}

interface Part {
  value: Typed
  change: (next: Partial<Typed>) => void
  /** Sentence under a field, from the server's refusal. */
  wrong: (path: string) => string | undefined
}

/** The first refused field comes into view once it is drawn; where the refusal names none, its sentence does. */
export const showRefused = (): void => void setTimeout(() => document.querySelector('main .ant-form-item-has-error, main .ag-problem')?.scrollIntoView({ block: 'center' }), 50)

const item = (label: string, wrong: string | undefined, required = false) => ({ label, required, ...(wrong ? { validateStatus: 'error' as const, help: wrong } : {}) })
const toTree = (area: AreaNode): { value: string; title: string; children?: object[] } => ({ value: area.code, title: area.name, ...(area.children?.length ? { children: area.children.map(toTree) } : {}) })

/** 方案: everything of a campaign on one page, in the order in which a plan is written. */
export function SchemeForm({ value, change, problem }: { value: Typed; change: (next: Partial<Typed>) => void; problem: Problem | undefined }) {
  const wrong = (path: string) => problem?.fields.find((f) => f.path === path)?.message
  const part = { value, change, wrong }
  return (
    <Form layout="vertical" className="ag-form" component="div">
      <Section title="名称、依据、时间、范围"><Basics {...part} /></Section>
      <SchemeParts scheme={value.scheme} change={(scheme) => change({ scheme })} wrong={wrong} />
      {problem ? <ProblemView problem={problem} /> : null}
    </Form>
  )
}

/** Whom, how, in which order and how much: the parts that a plan and a pack have in common. */
export function SchemeParts({ scheme, change, wrong }: { scheme: Scheme; change: (scheme: Scheme) => void; wrong: (path: string) => string | undefined }) {
  const part: SchemePart = { value: { scheme }, change: (next) => change(next.scheme), wrong }
  return (
    <>
      <Section title="检查对象"><ObjectsPart {...part} /></Section>
      <Section title="怎样做"><WaysPart {...part} /></Section>
      <Section title="批次（先大后小）" extra={<small className="quiet">前一批达到比例，后一批自动开放；不分批的不填</small>}><WavesPart {...part} /></Section>
      <Section title="定额"><QuotasPart {...part} /></Section>
    </>
  )
}

function Basics({ value, change, wrong }: Part) {
  const areas = useAreas()
  const moment = (key: 'startsAt' | 'endsAt', label: string) => (
    <Form.Item {...item(label, wrong(key), true)}>
      <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} style={{ width: 220 }} value={dayjs(value[key])} onChange={(d) => d && change({ [key]: d.toISOString() })} />
    </Form.Item>
  )
  return (
    <>
      <Form.Item {...item('行动名称', wrong('name'), true)}><Input value={value.name} maxLength={80} onChange={(e) => change({ name: e.target.value })} /></Form.Item>
      <Form.Item {...item('依据文件（名称、文号）', wrong('basis'), true)}><Input value={value.basis} maxLength={200} onChange={(e) => change({ basis: e.target.value })} /></Form.Item>
      <Form.Item {...item('方案公布日期', wrong('publishedOn'), value.scheme.visitKinds.includes('ADMIN_SPECIAL'))} extra="含专项行政检查的，公布之后才能开展"><DatePicker style={{ width: 220 }} value={value.publishedOn ? dayjs(value.publishedOn) : null} onChange={(d) => change({ publishedOn: d?.format('YYYY-MM-DD') ?? null })} /></Form.Item>
      <Space size={16} wrap>{moment('startsAt', '开始')}{moment('endsAt', '结束')}</Space>
      <Form.Item {...item('实施范围', wrong('areas.0') ?? wrong('areas'), true)}>
        <TreeSelect treeCheckable showCheckedStrategy="SHOW_PARENT" allowClear style={{ width: '100%', maxWidth: 640 }} treeData={areas.map(toTree)} value={value.areas} onChange={(next: string[]) => change({ areas: next })} placeholder="选择区划" treeNodeFilterProp="title" />
      </Form.Item>
      <Form.Item {...item('指挥部', wrong('commandPost'))}><Input value={value.commandPost} maxLength={200} onChange={(e) => change({ commandPost: e.target.value })} placeholder="夜查、统一行动的集结和指挥地点" /></Form.Item>
    </>
  )
}

function ObjectsPart({ value, change, wrong }: SchemePart) {
  const { objects } = value.scheme
  const set = (next: Partial<Scheme['objects']>) => change({ scheme: { ...value.scheme, objects: { ...objects, ...next } } })
  const number = (key: 'minEmployees' | 'majorWithinDays' | 'notInspectedDays', label: string, unit: string) => (
    <Form.Item {...item(label, wrong(`scheme.objects.${key}`))}><InputNumber min={1} value={objects[key] ?? null} suffix={unit} style={{ width: 180 }} onChange={(n) => set({ [key]: n ?? undefined })} /></Form.Item>
  )
  return (
    <>
      <p className="quiet">写明的条件须同时具备；不写的不作要求。列入名单时按此筛选，也可以逐家添加。</p>
      <Form.Item label="场所类别"><Select mode="multiple" allowClear options={siteKindOptions} value={objects.siteKinds} onChange={(siteKinds) => set({ siteKinds })} placeholder="不限" /></Form.Item>
      <Form.Item label="风险标签"><Select mode="multiple" allowClear options={tagOptions} value={objects.tags} onChange={(tags) => set({ tags })} placeholder="不限" /></Form.Item>
      <Form.Item label="风险等级"><Checkbox.Group options={colourOptions} value={objects.riskColours} onChange={(riskColours) => set({ riskColours })} /></Form.Item>
      <Space size={16} wrap>{number('minEmployees', '从业人员不少于', '人')}{number('majorWithinDays', '有重大隐患，在近', '天')}{number('notInspectedDays', '未被现场检查，已有', '天')}</Space>
      <Form.Item><Checkbox checked={objects.aboveScale === true} onChange={(e) => set({ aboveScale: e.target.checked ? true : undefined })}>只要规上企业</Checkbox></Form.Item>
    </>
  )
}

function WaysPart({ value, change, wrong }: SchemePart) {
  const lists = useChecklists()
  const set = (next: Partial<Scheme>) => change({ scheme: { ...value.scheme, ...next } })
  const lines = (key: 'lines' | 'requirements', label: string, rows: number) => (
    <Form.Item label={label} extra="一行一条"><Input.TextArea autoSize={{ minRows: rows, maxRows: 12 }} value={value.scheme[key].join('\n')} onChange={(e) => set({ [key]: e.target.value.split('\n').map((l) => l.trimStart()) })} onBlur={() => set({ [key]: value.scheme[key].map((l) => l.trim()).filter(Boolean) })} /></Form.Item>
  )
  return (
    <>
      <Form.Item label="目的"><Input value={value.scheme.purpose} maxLength={1000} onChange={(e) => set({ purpose: e.target.value })} /></Form.Item>
      <Form.Item {...item('走访方式', wrong('scheme.visitKinds'), true)}><Select mode="multiple" options={visitKindOptions} value={value.scheme.visitKinds} onChange={(visitKinds) => set({ visitKinds })} /></Form.Item>
      <Form.Item label="检查表"><Select mode="multiple" allowClear showSearch={{ optionFilterProp: 'label' }} options={[...lists.options, ...value.scheme.checklists.filter((code) => !lists.options.some((o) => o.value === code)).map((code) => ({ value: code, label: code }))]} value={value.scheme.checklists} onChange={(checklists) => set({ checklists })} placeholder="不限" /></Form.Item>
      {lines('lines', '工作线', 1)}
      {lines('requirements', '工作要求', 3)}
    </>
  )
}

function WavesPart({ value, change, wrong }: SchemePart) {
  const { waves } = value.scheme
  const put = (next: Wave[]) => change({ scheme: { ...value.scheme, waves: next } })
  const set = (i: number, next: Partial<Wave>) => put(waves.map((w, n) => (n === i ? { ...w, ...next } : w)))
  return (
    <>
      {waves.map((wave, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a wave is its place in the order
        <Form.Item key={i} {...item(`第${i + 1}批`, wrong(`scheme.waves.${i}`))}>
          <Space wrap>
            <Input style={{ width: 200 }} value={wave.name} maxLength={40} placeholder="名称" onChange={(e) => set(i, { name: e.target.value })} />
            <Checkbox checked={wave.aboveScale === true} onChange={(e) => set(i, { aboveScale: e.target.checked ? true : undefined })}>规上</Checkbox>
            <InputNumber min={1} style={{ width: 150 }} prefix="≥" suffix="人" value={wave.minEmployees ?? null} onChange={(n) => set(i, { minEmployees: n ?? undefined })} placeholder="从业人员" />
            <Select mode="multiple" style={{ minWidth: 130 }} options={colourOptions} value={wave.riskColours} onChange={(riskColours) => set(i, { riskColours })} placeholder="风险等级" />
            {i < waves.length - 1 ? <InputNumber min={0} max={100} step={0.1} precision={1} style={{ width: 170 }} prefix="达到" suffix="%" value={wave.threshold / 10} onChange={(n) => set(i, { threshold: Math.round((n ?? 100) * 10) })} /> : null}
            <Button type="text" icon={<DeleteOutlined />} aria-label={`删除第${i + 1}批`} onClick={() => put(waves.filter((_, n) => n !== i))} />
          </Space>
        </Form.Item>
      ))}
      {waves.length < 9 ? <Button icon={<PlusOutlined />} onClick={() => put([...waves, { name: `第${waves.length + 1}批`, riskColours: [], threshold: 1000 }])}>加一批</Button> : null}
    </>
  )
}

const quotaKinds = [{ value: 'COVERAGE', label: '全覆盖' }, { value: 'RATE', label: '比例（进一取整）' }, { value: 'COUNT', label: '家数' }, { value: 'ROUNDS', label: '轮次' }]

function QuotasPart({ value, change, wrong }: SchemePart) {
  const { quotas } = value.scheme
  const put = (next: Quota[]) => change({ scheme: { ...value.scheme, quotas: next } })
  const set = (i: number, next: Partial<Quota>) => put(quotas.map((q, n) => (n === i ? { ...q, ...next } : q)))
  return (
    <>
      {quotas.map((quota, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a quota has no name of its own before it is typed
        <Form.Item key={i} {...item('', wrong(`scheme.quotas.${i}`))}>
          <Space wrap>
            <Input style={{ width: 240 }} value={quota.name} maxLength={60} placeholder="名称" onChange={(e) => set(i, { name: e.target.value })} />
            <Select style={{ width: 160 }} options={quotaKinds} value={quota.kind} onChange={(kind) => put(quotas.map((q, n) => (n === i ? { name: q.name, kind } : q)))} />
            {quota.kind === 'RATE' ? <InputNumber min={0.1} max={100} precision={1} style={{ width: 150 }} prefix="≥" suffix="%" value={quota.permille ? quota.permille / 10 : null} onChange={(n) => set(i, { permille: n ? Math.round(n * 10) : undefined })} /> : null}
            {quota.kind === 'COUNT' ? <InputNumber min={1} style={{ width: 150 }} suffix="家" value={quota.count ?? null} onChange={(n) => set(i, { count: n ?? undefined })} /> : null}
            {quota.kind === 'ROUNDS' ? <InputNumber min={1} max={52} style={{ width: 150 }} prefix="每处" suffix="次" value={quota.rounds ?? null} onChange={(n) => set(i, { rounds: n ?? undefined })} /> : null}
            <Button type="text" icon={<DeleteOutlined />} aria-label={`删除定额${quota.name}`} onClick={() => put(quotas.filter((_, n) => n !== i))} />
          </Space>
        </Form.Item>
      ))}
      {quotas.length < 12 ? <Button icon={<PlusOutlined />} onClick={() => put([...quotas, { name: '', kind: 'COVERAGE' }])}>加一项定额</Button> : null}
    </>
  )
}
