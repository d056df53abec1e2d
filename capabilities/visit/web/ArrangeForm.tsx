import { DatePicker, Form, Input, Select, Switch } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import type { Problem } from '../../../kernel/web/client.ts'
import { Section } from '../../../kernel/web/parts.tsx'
import { Item as LabelledItem } from '../../../kernel/web/labelled.tsx'
import { CLUE_ZH, type ClueKind, kinds, SOURCE_ZH, type TaskSource, type VisitKind } from '../kinds.ts'
import type { Participant } from '../visit.ts'
import { ChecklistPicker, KindPicker, TeamPicker } from './pickers.tsx'

/** What a person has typed of an arrangement; the same for a new one and a changed one. */
export interface Arranged {
  kind: VisitKind | undefined
  plannedOn: string
  people: Participant[]
  versionIds: string[]
  purpose: string
  taskSource?: TaskSource | undefined
  clueKind?: ClueKind | undefined
  clueNo?: string | undefined
  planReference?: string | undefined
  jointDepartments: string[]
  convertedFromId?: string | undefined
  needsCooperation: boolean
}

export const blankArrangement = (today: string): Arranged => ({ kind: undefined, plannedOn: today, people: [], versionIds: [], purpose: '', jointDepartments: [], needsCooperation: true })

/** The input of the command: texts left empty are not sent. */
export const toInput = (a: Arranged & { kind: VisitKind }) => ({
  kind: a.kind, plannedOn: a.plannedOn, people: a.people, versionIds: a.versionIds, purpose: a.purpose.trim(), jointDepartments: a.jointDepartments, needsCooperation: a.needsCooperation,
  ...(a.convertedFromId && a.kind === 'ADMIN_CASE' ? { convertedFromId: a.convertedFromId } : {}), ...(a.taskSource ? { taskSource: a.taskSource } : {}), ...(a.clueKind ? { clueKind: a.clueKind } : {}), ...(a.clueNo?.trim() ? { clueNo: a.clueNo.trim() } : {}), ...(a.planReference?.trim() ? { planReference: a.planReference.trim() } : {}),
})

/** Sentences of a refusal that belong to one input, its list entries included. */
function refusalOf(problem: Problem | undefined, key: string): ReactNode {
  const texts = (problem?.fields ?? []).filter((f) => f.path === key || f.path.startsWith(`${key}.`)).map((f) => f.message)
  return texts.length ? [...new Set(texts)].join('；') : undefined
}

function Item({ label, name, problem, required = false, extra, children }: { label: string; name: string; problem: Problem | undefined; required?: boolean; extra?: ReactNode; children: ReactNode }) {
  const help = refusalOf(problem, name)
  return <LabelledItem label={label} required={required} {...(help ? { help, validateStatus: 'error' as const } : {})} extra={extra}>{children}</LabelledItem>
}

/** Kind, grounds, day, people, checklists: one column, labels above; what the kind does not ask is not shown. */
export function ArrangeForm({ value, onChange, siteId, problem, allowed, sites }: { value: Arranged; onChange: (next: Arranged) => void; siteId: string | undefined; problem: Problem | undefined; allowed: readonly VisitKind[]; sites: ReactNode }) {
  const set = (more: Partial<Arranged>) => onChange({ ...value, ...more })
  const { kind } = value
  return (
    <Form layout="vertical" className="ag-form" component="div">
      <Section title="一、走访方式">
        <KindPicker value={kind} allowed={allowed} onChange={(next) => set({ kind: next, versionIds: [], taskSource: kinds[next].sources.length === 1 ? kinds[next].sources[0] : undefined })} />
      </Section>
      {kind ? (
        <>
          <Section title="二、监管对象">{sites}</Section>
          <Section title="三、事由"><GroundFields kind={kind} value={value} set={set} problem={problem} /></Section>
          <Section title="四、日期与人员">
            <Item label="计划日期" name="plannedOn" problem={problem} required>
              <DatePicker value={value.plannedOn ? dayjs(value.plannedOn) : null} onChange={(d) => set({ plannedOn: d?.format('YYYY-MM-DD') ?? value.plannedOn })} allowClear={false} />
            </Item>
            <Item label="参加人员" name="people" problem={problem} required extra={`${kinds[kind].who}。协助人员须在审批中列明，不能临时增加。`}>
              <TeamPicker kind={kind} siteId={siteId} on={value.plannedOn} value={value.people} onChange={(people) => set({ people })} />
            </Item>
          </Section>
          <Section title="五、检查表">
            <Item label="检查表" name="versionIds" problem={problem}><ChecklistPicker kind={kind} value={value.versionIds} onChange={(versionIds) => set({ versionIds })} /></Item>
          </Section>
        </>
      ) : null}
    </Form>
  )
}

function GroundFields({ kind, value, set, problem }: { kind: VisitKind; value: Arranged; set: (more: Partial<Arranged>) => void; problem: Problem | undefined }) {
  const rule = kinds[kind]
  const asksPlan = kind === 'ADMIN_SPECIAL' || kind === 'GUIDANCE'
  return (
    <>
      <Item label="任务来源" name="taskSource" problem={problem} required={kind === 'GUIDANCE'}>
        <Select allowClear style={{ width: 280 }} value={value.taskSource ?? null} options={rule.sources.map((s) => ({ value: s, label: SOURCE_ZH[s] }))} onChange={(taskSource: TaskSource | null) => set({ taskSource: taskSource ?? undefined })} />
      </Item>
      {asksPlan ? (
        <Item label={kind === 'GUIDANCE' ? '邀请或服务计划' : '专项方案（已公布）'} name="planReference" problem={problem} required>
          <Input maxLength={120} value={value.planReference ?? ''} onChange={(e) => set({ planReference: e.target.value })} />
        </Item>
      ) : null}
      {kind === 'ADMIN_CASE' ? (
        <>
          <Item label="线索种类" name="clueKind" problem={problem} required>
            <Select style={{ width: 280 }} value={value.clueKind ?? null} options={(Object.keys(CLUE_ZH) as ClueKind[]).map((c) => ({ value: c, label: CLUE_ZH[c] }))} onChange={(clueKind: ClueKind) => set({ clueKind })} />
          </Item>
          <Item label="线索编号" name="clueNo" problem={problem} required><Input style={{ width: 280 }} maxLength={60} value={value.clueNo ?? ''} onChange={(e) => set({ clueNo: e.target.value })} /></Item>
        </>
      ) : null}
      {kind === 'JOINT' ? (
        <Item label="参加部门" name="jointDepartments" problem={problem} required extra="一次入企，只计一次。">
          <Select mode="tags" style={{ maxWidth: 560 }} value={value.jointDepartments} onChange={(jointDepartments: string[]) => set({ jointDepartments })} tokenSeparators={['、', '，', ',']} />
        </Item>
      ) : null}
      {kind === 'ADMIN_OFFSITE' ? <Item label="需要企业配合" name="needsCooperation" problem={problem} extra="需要企业配合的非现场检查须先审批。"><Switch checked={value.needsCooperation} onChange={(needsCooperation) => set({ needsCooperation })} /></Item> : null}
      <Item label="事由" name="purpose" problem={problem} required={rule.officers === 2}><Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2 }} value={value.purpose} onChange={(e) => set({ purpose: e.target.value })} /></Item>
    </>
  )
}
