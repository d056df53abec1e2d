import { Button, Input, Segmented } from 'antd'
import { localDate } from '../../../kernel/core/time.ts'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { operations } from '../operations.ts'
import { type Correction, type PaperDetail, type Recall, RECALL_KIND_ZH, RECALL_STATE_ZH, SERVICE_ZH, type Service } from '../paper.ts'

type Shared = { paper: PaperDetail; onClose: () => void }
const based = (paper: PaperDetail) => ({ id: paper.id, baseVersion: paper.version })
const whom = (paper: PaperDetail) => `${paper.enterpriseName}（${paper.siteName}）`
export const openRecall = (paper: PaperDetail): Recall | undefined => paper.recalls.find((r) => r.state === 'ASKED' || r.state === 'APPROVED')

/** What a revocation does in law: to the hazards, and what it leaves standing. */
function revokes(paper: PaperDetail): string {
  const hazards = paper.type === 'D05' || paper.type === 'D06' ? `；列入的 ${paper.itemCount} 项隐患没有其他责令的退回“已核定”，不销号，须重新处理` : ''
  const stop = paper.content.measures.length > 0 ? '；停产停用不因撤销自动解除，须另行审查同意恢复' : ''
  return `文书失效，文号保留并标明撤销${hazards}${stop}`
}

const service: FormField[] = [
  { key: 'method', kind: 'radio', options: (['DIRECT', 'LEFT', 'MAIL', 'NOTICE'] as const).map((value) => ({ value, label: SERVICE_ZH[value] })) },
  { key: 'servedOn', kind: 'date' },
  { key: 'receiver', label: '收件人', when: (v) => v.method === 'DIRECT' || v.method === 'MAIL', max: 40 },
  { key: 'witness', label: '见证人', required: true, when: (v) => v.method === 'LEFT', max: 40 },
  { key: 'reference', label: '邮件单号或公告载体', required: true, when: (v) => v.method === 'MAIL' || v.method === 'NOTICE', max: 120 },
  { key: 'note', label: '说明', kind: 'long', rows: 2, max: 300 },
]

export function AskRecallDialog({ paper, onClose }: Shared) {
  const mayRevoke = paper.type !== 'D07'
  const fields: FormField[] = [
    { key: 'kind', kind: 'own', own: (value, set) => <Segmented value={value as string} onChange={set} options={[{ value: 'REVOKE', label: '撤销', disabled: !mayRevoke }, { value: 'CORRECT', label: '更正笔误' }]} />, ...(mayRevoke ? {} : { hint: '复查意见书不能撤销：结论有误的，重新打开隐患后再复查' }) },
    { key: 'corrections', label: '更正内容', kind: 'own', required: true, when: (v) => v.kind === 'CORRECT', hint: '只更正笔误；期限、要求、措施和隐患是决定的内容，不能更正', own: (value, set) => <Corrections value={(value as Correction[] | undefined) ?? []} onChange={set} /> },
    { key: 'reason', kind: 'long', rows: 3, max: 500 },
  ]
  return (
    <ReasonDialog
      title={`提请撤销或更正：${paper.title}`}
      operation={operations.askRecall}
      input={{ ...based(paper), recallId: newId() }}
      initial={{ kind: mayRevoke ? 'REVOKE' : 'CORRECT', corrections: [{ wrong: '', right: '' }] }}
      fields={fields}
      prepare={(values) => (values.kind === 'CORRECT' ? values : { kind: values.kind, reason: values.reason })}
      confirm="报负责人决定"
      danger
      act={{ does: `报负责人决定；同意并送达前文书照常有效。撤销送达后：${revokes(paper)}。更正送达后：文号和内容不变，笔误注明更正。`, whom: whom(paper) }}
      onClose={onClose}
      width={640}
    />
  )
}

function Corrections({ value, onChange }: { value: readonly Correction[]; onChange: (value: Correction[]) => void }) {
  const set = (i: number, more: Partial<Correction>) => onChange(value.map((c, j) => (j === i ? { ...c, ...more } : c)))
  return (
    <>
      {value.map((c, i) => (
        <div key={i} className="agp-correction">
          <Input aria-label={`第${i + 1}处原文`} value={c.wrong} maxLength={300} placeholder="文书上的原文" onChange={(e) => set(i, { wrong: e.target.value })} />
          <Input aria-label={`第${i + 1}处更正为`} value={c.right} maxLength={300} placeholder="更正为" onChange={(e) => set(i, { right: e.target.value })} />
          {value.length > 1 ? <Button onClick={() => onChange(value.filter((_, j) => j !== i))}>去掉</Button> : null}
        </div>
      ))}
      <Button type="link" size="small" onClick={() => onChange([...value, { wrong: '', right: '' }])}>再加一处</Button>
    </>
  )
}

export function DecideRecallDialog({ paper, onClose }: Shared) {
  const open = openRecall(paper)
  const what = open ? RECALL_KIND_ZH[open.kind] : ''
  const fields: FormField[] = [
    { key: 'agree', label: '决定', kind: 'own', own: (value, set) => <Segmented value={value === false ? 'no' : 'yes'} onChange={(v) => set(v === 'yes')} options={[{ value: 'yes', label: `同意${what}` }, { value: 'no', label: '不同意' }]} /> },
    { key: 'note', label: '意见', kind: 'long', rows: 2, max: 300, hint: '不同意须写明理由' },
  ]
  return (
    <ReasonDialog
      title={`决定${what}：${paper.title}`}
      operation={operations.decideRecall}
      input={based(paper)}
      initial={{ agree: true }}
      fields={fields}
      confirm="作出决定"
      danger
      act={{ does: open?.kind === 'REVOKE' ? `同意后由执法人员送达；送达后${revokes(paper)}` : '同意后由执法人员送达；文号和决定内容不变，笔误注明更正', whom: whom(paper), ...(open ? { clause: `提请理由：${open.reason}（${open.askedByName}）` } : {}) }}
      onClose={onClose}
    />
  )
}

export function ServeRecallDialog({ paper, onClose }: Shared) {
  const open = openRecall(paper)
  const revoke = open?.kind === 'REVOKE'
  return (
    <ReasonDialog
      title={`送达${open ? RECALL_KIND_ZH[open.kind] : ''}：${paper.title}`}
      operation={operations.serveRecall}
      input={based(paper)}
      initial={{ method: 'DIRECT', servedOn: localDate(serverNow()) } as Partial<Service>}
      fields={service}
      confirm="登记送达"
      danger={revoke}
      act={{ does: revoke ? revokes(paper) : '文书末尾注明更正，文号和决定内容不变', whom: whom(paper), clause: '行政处罚法第六十一条' }}
      onClose={onClose}
    />
  )
}

export function WithdrawRecallDialog({ paper, onClose }: Shared) {
  return <ReasonDialog title={`撤回提请：${paper.title}`} operation={operations.withdrawRecall} input={based(paper)} fields={[]} confirm="撤回提请" act={{ does: '不再报负责人决定，文书照常有效', whom: whom(paper) }} onClose={onClose} />
}

const tone = { ASKED: 'wait', APPROVED: 'warn', REFUSED: 'plain', WITHDRAWN: 'plain', SERVED: 'done' } as const

/** Every revocation and correction of a paper with who asked, who decided and when it was served. */
export function Recalls({ recalls }: { recalls: readonly Recall[] }) {
  if (recalls.length === 0) return null
  return (
    <Section title="撤销与更正">
      {recalls.map((r) => (
        <div key={r.id} className="agp-recall">
          <b>{RECALL_KIND_ZH[r.kind]}</b> <StatusTag tone={tone[r.state]}>{RECALL_STATE_ZH[r.state]}</StatusTag>
          <div>{r.reason}</div>
          {r.corrections.map((c) => <div key={c.wrong}>“{c.wrong}”更正为“{c.right}”</div>)}
          <small className="ag-faint">
            {r.askedByName ? `${r.askedByName} ${zhDateTime(r.askedAt)}提请` : ''}
            {r.decidedAt ? `${r.askedByName ? '；' : ''}${r.decidedByName} ${zhDateTime(r.decidedAt)}${r.state === 'REFUSED' ? '未同意' : '同意'}${r.decisionNote ? `：${r.decisionNote}` : ''}` : ''}
            {r.servedOn ? `；${zhDate(r.servedOn)}送达` : ''}
          </small>
        </div>
      ))}
    </Section>
  )
}
