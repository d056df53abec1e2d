import { Button, Input, Select } from 'antd'
import { useRead } from '../../../kernel/web/client.ts'
import { Section } from '../../../kernel/web/parts.tsx'
import { operations } from '../operations.ts'
import type { Draft } from './BriefingEditor.tsx'

/** What stands beside the text: numbers with a source elsewhere, quotations with their speaker, credit. */
export function Extras({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const speakers = useRead(operations.speakers, {})
  const snapshots = useRead(operations.snapshots, { limit: 50 })
  const at = <T,>(list: readonly T[], i: number, item: T | undefined): T[] => (item === undefined ? list.filter((_, k) => k !== i) : list.map((old, k) => (k === i ? item : old)))
  return (
    <>
      <Section title="另有来源的数字" extra={<Button size="small" onClick={() => onChange({ ...draft, sources: [...draft.sources, { text: '', source: '' }] })}>添加</Button>}>
        {draft.sources.length === 0 ? <p className="ag-faint">不在快照里的数字，写明出处后可以使用。</p> : null}
        {draft.sources.map((s, i) => (
          <div className="agb-row" key={String(i)}>
            <Input aria-label={`第${i + 1}个数字`} className="agb-short" placeholder="文中的数字，如300份" value={s.text} maxLength={60} onChange={(e) => onChange({ ...draft, sources: at(draft.sources, i, { ...s, text: e.target.value }) })} />
            <Input aria-label={`第${i + 1}个数字的来源`} placeholder="来源" value={s.source} maxLength={120} onChange={(e) => onChange({ ...draft, sources: at(draft.sources, i, { ...s, source: e.target.value }) })} />
            <Button onClick={() => onChange({ ...draft, sources: at(draft.sources, i, undefined) })}>删去</Button>
          </div>
        ))}
      </Section>
      <Section title="另引的快照" extra={<Button size="small" disabled={draft.annexes.length > 3} onClick={() => onChange({ ...draft, annexes: [...draft.annexes, { label: '', snapshotId: '' }] })}>添加</Button>}>
        {draft.annexes.length === 0 ? <p className="ag-faint">正文还要引别的快照（如一次夜间行动）时，给它一个简称，正文中写 {'{夜间/M07}'}。</p> : null}
        {draft.annexes.map((annex, i) => (
          <div className="agb-row" key={String(i)}>
            <Input aria-label={`第${i + 1}个快照的简称`} className="agb-short" placeholder="简称，如夜间" value={annex.label} maxLength={12} onChange={(e) => onChange({ ...draft, annexes: at(draft.annexes, i, { ...annex, label: e.target.value }) })} />
            <Select aria-label={`第${i + 1}个快照`} className="agb-grow" placeholder="快照" value={annex.snapshotId || null} options={(snapshots.data?.rows ?? []).map((s) => ({ value: s.id, label: `${s.title}（第${s.number}版）` }))} onChange={(snapshotId: string) => onChange({ ...draft, annexes: at(draft.annexes, i, { ...annex, snapshotId }) })} />
            <Button onClick={() => onChange({ ...draft, annexes: at(draft.annexes, i, undefined) })}>删去</Button>
          </div>
        ))}
      </Section>
      <Section title="引语" extra={<Button size="small" onClick={() => onChange({ ...draft, quotes: [...draft.quotes, { personId: '', words: '' }] })}>添加</Button>}>
        {draft.quotes.length === 0 ? <p className="ag-faint">领导讲话登记后由本人核可，正文中写 {'{引语1}'}。</p> : null}
        {draft.quotes.map((q, i) => (
          <div className="agb-row" key={String(i)}>
            <Select aria-label={`第${i + 1}条引语的讲话人`} className="agb-short" placeholder="讲话人" value={q.personId || null} options={(speakers.data?.rows ?? []).map((p) => ({ value: p.id, label: `${p.name}（${p.office}）` }))} onChange={(personId: string) => onChange({ ...draft, quotes: at(draft.quotes, i, { ...q, personId }) })} />
            <Input aria-label={`第${i + 1}条引语原话`} placeholder="原话，不加引号" value={q.words} maxLength={300} onChange={(e) => onChange({ ...draft, quotes: at(draft.quotes, i, { ...q, words: e.target.value }) })} />
            <Button onClick={() => onChange({ ...draft, quotes: at(draft.quotes, i, undefined) })}>删去</Button>
          </div>
        ))}
      </Section>
      <Section title="署名">
        <div className="agb-row">
          {(['writer', 'editor', 'reviewer'] as const).map((key) => <Input key={key} addonBefore={{ writer: '撰稿', editor: '责编', reviewer: '审核' }[key]} aria-label={{ writer: '撰稿', editor: '责编', reviewer: '审核' }[key]} value={draft.credit[key]} maxLength={60} onChange={(e) => onChange({ ...draft, credit: { ...draft.credit, [key]: e.target.value } })} />)}
        </div>
      </Section>
    </>
  )
}
