import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { PageSkeleton } from '../../../kernel/web/fault.tsx'
import { PageHead } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Detail } from '../campaign.ts'
import { operations } from '../operations.ts'
import './campaign.css'
import { SchemeForm, showRefused, type Typed } from './SchemeForm.tsx'

/** 修改方案, before it is approved: what was sent up has to be sent up again. */
export default function EditCampaign() {
  const { id = '' } = useParams()
  const read = useRead(operations.get, { id })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  return read.data ? <Form key={read.data.version} campaign={read.data} /> : <PageSkeleton />
}

function Form({ campaign }: { campaign: Detail }) {
  const navigate = useNavigate()
  const edit = useCommand(operations.edit)
  const [problem, setProblem] = useState<Problem>()
  const { name, kind, basis, publishedOn, areas, startsAt, endsAt, commandPost, scheme } = campaign
  const [typed, setTyped] = useState<Typed>({ name, kind, basis, publishedOn, areas, startsAt, endsAt, commandPost, scheme })
  const send = () => {
    setProblem(undefined)
    edit.run({ id: campaign.id, baseVersion: campaign.version, ...typed }).then(() => navigate(`/campaigns/${campaign.id}?tab=plan`), (thrown: unknown) => { setProblem(asProblem(thrown)); showRefused() })
  }
  return (
    <>
      <PageHead title={`修改方案：${campaign.name}`} back={{ to: `/campaigns/${campaign.id}`, label: campaign.name }} note={campaign.submittedAt ? '已经报批：保存后须重新报批。' : undefined} />
      <SchemeForm value={typed} change={(next) => setTyped({ ...typed, ...next })} problem={problem} />
      <div className="ag-form-buttons">
        <Button type="primary" loading={edit.running} onClick={send}>保存方案</Button>
        <Button onClick={() => void navigate(`/campaigns/${campaign.id}`)}>取消</Button>
      </div>
    </>
  )
}
