import { Button, Input, Select, Skeleton } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { shortDateTime } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { BriefingDetail } from '../briefing.ts'
import { operations } from '../operations.ts'
import { HAZARD_WORDS, STYLE_ZH, STYLES } from '../wording.ts'
import { Extras } from './Extras.tsx'
import { OutsideSentences, Sentences } from './Sentences.tsx'
import { figureText } from './words.ts'
import './report.css'

const PAUSE_MS = 1200

/** 修改简报: the text at the left, the check of every sentence at the right, anew whenever the writer pauses. */
export default function BriefingEditor() {
  const { id = '' } = useParams()
  const read = useRead(operations.briefing, { id })
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 16 }} />
  return <Editor key={id} first={read.data} />
}

export type Draft = Pick<BriefingDetail, 'title' | 'issue' | 'body' | 'annexes' | 'wording' | 'sources' | 'credit' | 'snapshotId'> & { quotes: { personId: string; words: string }[] }
const draftOf = (b: BriefingDetail): Draft => ({ title: b.title, issue: b.issue, body: b.body, annexes: b.annexes, wording: b.wording, sources: b.sources, credit: b.credit, snapshotId: b.snapshotId, quotes: b.quotes.map(({ personId, words }) => ({ personId, words })) })

function Editor({ first }: { first: BriefingDetail }) {
  const navigate = useNavigate()
  const [saved, setSaved] = useState(first)
  const [draft, setDraft] = useState(() => draftOf(first))
  const [problem, setProblem] = useState<Problem>()
  const snapshot = useRead(operations.snapshot, { id: draft.snapshotId })
  const area = useRef<TextAreaRef>(null)
  const { run, running } = useCommand(operations.editBriefing)
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOf(saved))
  const ready = draft.body.trim() !== '' && draft.title.trim().length > 1 && draft.quotes.every((q) => q.personId && q.words.trim().length > 1) && draft.annexes.every((a) => a.snapshotId && /^[\p{Script=Han}\w]{1,12}$/u.test(a.label.trim())) && draft.sources.every((s) => s.text.trim() && s.source.trim().length > 1)
  useEffect(() => {
    if (!dirty || !ready || running) return undefined
    const timer = setTimeout(() => {
      run({ id: saved.id, baseVersion: saved.version, ...draft }).then((answer) => {
        setSaved(answer)
        setProblem(undefined)
      }, (thrown: unknown) => setProblem(asProblem(thrown)))
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, dirty, ready, running, run, saved])
  const put = (text: string) => {
    const box = area.current?.resizableTextArea?.textArea
    const at = box ? box.selectionStart : draft.body.length
    setDraft({ ...draft, body: `${draft.body.slice(0, at)}${text}${draft.body.slice(at)}` })
  }
  const state = problem ? '没有保存' : running ? '正在核对…' : dirty ? (ready ? '停笔后自动保存并核对' : '有栏目没有填完') : '已保存并核对'
  return (
    <>
      <PageHead title="修改简报" note={<span role="status">{state}</span>} back={{ to: `/briefings/${saved.id}`, label: saved.title }} actions={<Button type="primary" disabled={dirty} onClick={() => void navigate(`/briefings/${saved.id}`)}>看成稿</Button>} />
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="ag-cols agb-editor">
        <div>
          <Section>
              <div className="agb-row">
                <Input aria-label="标题" value={draft.title} maxLength={80} onChange={(e) => setDraft({ ...draft, title: e.target.value })} />
                <Input aria-label="期号" className="agb-short" placeholder="期号" value={draft.issue} maxLength={30} onChange={(e) => setDraft({ ...draft, issue: e.target.value })} />
              </div>
              <div className="agb-row">
                <Select aria-label="所据快照" className="agb-grow" value={draft.snapshotId} options={(snapshot.data?.versions ?? [{ id: draft.snapshotId, number: saved.snapshotNumber, frozenAt: '' }]).map((v) => ({ value: v.id, label: `数据：${saved.snapshotTitle}（第${v.number}版${v.frozenAt ? `，${shortDateTime(v.frozenAt)}冻结` : ''}）` }))} onChange={(snapshotId: string) => setDraft({ ...draft, snapshotId })} />
              </div>
              <div className="agb-row">
                <Select aria-label="插入指标" className="agb-grow" showSearch={{ optionFilterProp: 'label' }} placeholder="插入指标到光标处" value={null} options={saved.figures.map((f) => ({ value: f.metric, label: `${f.metric} ${f.name} ${figureText(f)}` }))} onChange={(value: string) => put(`{${value}}`)} />
                <Select aria-label="数字写法" value={draft.wording.style} options={STYLES.map((value) => ({ value, label: `数字：${STYLE_ZH[value]}` }))} onChange={(style) => setDraft({ ...draft, wording: { ...draft.wording, style } })} />
                <Select aria-label="隐患量词" value={draft.wording.hazardWord} options={HAZARD_WORDS.map((value) => ({ value, label: `隐患：${value}` }))} onChange={(hazardWord) => setDraft({ ...draft, wording: { ...draft.wording, hazardWord } })} />
              </div>
              <Input.TextArea ref={area} aria-label="正文" autoSize={{ minRows: 14 }} maxLength={12_000} value={draft.body} onChange={(e) => setDraft({ ...draft, body: e.target.value })} />
            <p className="ag-field-note">{'{M07}'} 数；{'{M07:余}'} 余、近、万、多；{'{M11:两数}'} 比率带分子分母；{'{M04:家次}'}；{'{M51:同比}'}；{'{M07÷M22}'} 平均；{'{范围}{期间}{截至}'}；{'{引语1}'}；{'{简称/M07}'} 另引快照的数</p>
          </Section>
          <Extras draft={draft} onChange={setDraft} />
        </div>
        <Section title={saved.refusals.length > 0 ? `${saved.refusals.length}处须改才能送审` : '逐句核对：全部成立'}>
          <OutsideSentences refusals={saved.refusals} />
          <Sentences sentences={saved.sentences} />
        </Section>
      </div>
    </>
  )
}
