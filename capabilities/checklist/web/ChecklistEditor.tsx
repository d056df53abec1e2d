import { Alert, Button, Input, Select, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { ChecklistItem, ChecklistVersion } from '../checklist.ts'
import { operations } from '../operations.ts'
import { refusePublish } from '../rules.ts'
import { refusalText } from '../zh.ts'
import { ItemForm } from './ItemForm.tsx'
import { ItemTable } from './ItemTable.tsx'
import { OfficerPreview } from './OfficerPreview.tsx'
import { SheetImport } from './SheetImport.tsx'
import { sectorOptions, visitKindOptions } from './words.ts'

/** A new list, or a draft that is there. */
export default function ChecklistEditor() {
  const { id } = useParams()
  const read = useRead(operations.get, { id: id ?? '' }, { enabled: !!id })
  const [fresh] = useState<ChecklistVersion>(() => ({ id: newId(), code: '', name: '', version: 1, state: 'DRAFT', visitKinds: [], appliesTo: { tags: [], siteKinds: [], sectors: [] }, legalBasis: [], items: [] }))
  if (!id) return <Editor key="new" given={fresh} recordVersion={null} />
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 12 }} />
  if (read.data.list.state !== 'DRAFT') return <Alert type="info" showIcon title="这一版已发布，内容不能再改。请回到检查表修订出新版。" />
  return <Editor key={id} given={read.data.list} recordVersion={read.data.recordVersion} />
}

/** The draft, what keeps it from publication as it is typed, and beside it what an officer will see. */
function Editor({ given, recordVersion }: { given: ChecklistVersion; recordVersion: number | null }) {
  const navigate = useNavigate()
  const [list, setList] = useState(given)
  const [asked, setAsked] = useState<'sheet' | 'add' | { index: number }>()
  const saved = { onDone: (done: { list: ChecklistVersion }) => void navigate(`/checklists/${done.list.id}`) }
  const draft = useCommand(operations.draft, saved)
  const edit = useCommand(operations.edit, saved)
  const change = (more: Partial<ChecklistVersion>) => setList({ ...list, ...more })
  const blockers = useMemo(() => refusePublish(list, [], localDate(serverNow())), [list])
  const { name, visitKinds, appliesTo, legalBasis, items } = list
  const content = { name, visitKinds, appliesTo, legalBasis, items }
  const save = () => void (recordVersion === null ? draft.run({ id: list.id, code: list.code, ...content }) : edit.run({ id: list.id, baseVersion: recordVersion, ...content })).catch(() => undefined)
  const problem = draft.problem ?? edit.problem
  const put = (index: number, next: ChecklistItem[]) => change({ items: [...items.slice(0, index), ...next, ...items.slice(index + 1)] })
  const move = (index: number, by: number) => {
    const next = [...items]
    const [item] = next.splice(index, 1)
    if (item) next.splice(index + by, 0, item)
    change({ items: next })
  }
  const acts = (_: ChecklistItem, index: number) => (
    <>
      <Button size="small" type="text" onClick={() => setAsked({ index })}>改</Button>
      <Button size="small" type="text" disabled={index === 0} onClick={() => move(index, -1)}>上移</Button>
      <Button size="small" type="text" danger onClick={() => put(index, [])}>删</Button>
    </>
  )
  return (
    <>
      <PageHead back={{ to: recordVersion === null ? '/checklists' : `/checklists/${list.id}`, label: recordVersion === null ? '检查表库' : '检查表' }} title={recordVersion === null ? '新建检查表' : `修改《${given.name}》第 ${given.version} 版草稿`} note="编号用过就不要改作他用：隐患和历次对比都认编号。"
        actions={<><Button onClick={() => setAsked('sheet')}>从表格导入</Button><Button type="primary" loading={draft.running || edit.running} disabled={!name.trim() || !list.code} onClick={save}>保存草稿</Button></>} />
      {problem ? <ProblemView problem={problem} /> : null}
      <Section title="用在哪里">
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))', gap: 16 }}>
          <div><span>名称</span><Input aria-label="名称" value={name} maxLength={60} onChange={(e) => change({ name: e.target.value })} /></div>
          <div><span>代号</span><Input aria-label="代号" value={list.code} maxLength={6} disabled={recordVersion !== null} placeholder="2 至 6 个大写字母" onChange={(e) => change({ code: e.target.value.toUpperCase() })} /></div>
          <div><span>走访方式</span><Select aria-label="走访方式" mode="multiple" style={{ width: '100%' }} value={visitKinds} options={visitKindOptions} onChange={(next: string[]) => change({ visitKinds: next })} /></div>
          <div><span>行业（不选为不限）</span><Select aria-label="行业（不选为不限）" mode="multiple" style={{ width: '100%' }} value={appliesTo.sectors} options={sectorOptions} onChange={(sectors: string[]) => change({ appliesTo: { ...appliesTo, sectors } })} /></div>
          <div><span>场所种类代码（不填为不限）</span><Select aria-label="场所种类代码（不填为不限）" mode="tags" style={{ width: '100%' }} value={appliesTo.siteKinds} onChange={(siteKinds: string[]) => change({ appliesTo: { ...appliesTo, siteKinds } })} /></div>
          <div><span>标签代码（不填为不限）</span><Select aria-label="标签代码（不填为不限）" mode="tags" style={{ width: '100%' }} value={appliesTo.tags} onChange={(tags: string[]) => change({ appliesTo: { ...appliesTo, tags } })} /></div>
        </div>
      </Section>
      {blockers.length > 0 && items.length > 0 ? <Alert style={{ marginBottom: 16 }} type="warning" showIcon title={`草稿可以先存；发布前还有 ${blockers.length} 处要改`} description={<ul>{blockers.slice(0, 12).map((b) => <li key={`${b.field}${b.code}`}>{refusalText(b)}</li>)}</ul>} /> : null}
      <div className="ag-cols">
        <Section title={`检查项 ${items.length}`} extra={<Button onClick={() => setAsked('add')}>添加检查项</Button>} flush>
          <ItemTable items={items} acts={acts} marked={new Set(blockers.map((b) => String(b.params?.item ?? '')))} />
        </Section>
        <Section title="现场看到的样子"><OfficerPreview items={items} /></Section>
      </div>
      {asked === 'sheet' ? <SheetImport onClose={() => setAsked(undefined)} onTake={(taken, replace) => { change({ items: replace ? taken : [...items, ...taken] }); setAsked(undefined) }} /> : null}
      {asked === 'add' ? <ItemForm item={undefined} onClose={() => setAsked(undefined)} onSave={(item) => { change({ items: [...items, item] }); setAsked(undefined) }} /> : null}
      {asked && typeof asked === 'object' ? <ItemForm item={items[asked.index]} onClose={() => setAsked(undefined)} onSave={(item) => { put(asked.index, [item]); setAsked(undefined) }} /> : null}
    </>
  )
}
