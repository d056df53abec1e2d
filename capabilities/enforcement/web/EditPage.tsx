import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import type { PaperDetail } from '../paper.ts'
import { DraftForm } from './DraftForm.tsx'

/** 修改文书: a draft, or one that was returned. */
export default function EditPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.get, { id })
  const paper = read.data
  const ground = useRead(operations.prepare, { ...(paper?.visitId ? { visitId: paper.visitId } : {}), ...(paper?.referId ? { referId: paper.referId } : {}), ...(paper && !paper.visitId && !paper.referId ? { siteId: paper.siteId } : {}) }, { enabled: !!paper })
  const problem = read.error ?? ground.error
  if (problem) return <ProblemView problem={problem} />
  if (!paper || !ground.data) return <Skeleton active />
  return <Editing key={paper.version} paper={paper} prepared={ground.data} />
}

function Editing({ paper, prepared }: { paper: PaperDetail; prepared: OutputOf<typeof operations.prepare> }) {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(paper.choices)
  const [problem, setProblem] = useState<Problem>()
  const command = useCommand(operations.edit)
  const save = async () => {
    try {
      await command.run({ id: paper.id, baseVersion: paper.version, ...draft })
      void navigate(`/papers/${paper.id}`)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  return (
    <>
      <PageHead title={`修改：${paper.title}`} note={paper.approvalNote ? `退回意见：${paper.approvalNote}` : paper.enterpriseName} back={{ to: `/papers/${paper.id}`, label: paper.title }} />
      <Section title="文书内容">
        <DraftForm type={paper.type} prepared={prepared} value={draft} onChange={setDraft} />
        {problem ? <ProblemView problem={problem} /> : null}
        <div className="ag-form-buttons"><Button type="primary" loading={command.running} onClick={() => void save()}>保存修改</Button></div>
      </Section>
    </>
  )
}
