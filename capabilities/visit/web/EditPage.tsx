import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import type { Detail } from '../visit.ts'
import { type Arranged, ArrangeForm, toInput } from './ArrangeForm.tsx'
import { CapNote } from './pickers.tsx'
import { kindsFor } from './words.ts'

const arrangedOf = (visit: Detail): Arranged => ({
  kind: visit.kind, plannedOn: visit.plannedOn ?? visit.businessDate, versionIds: visit.checklists.map((c) => c.versionId), purpose: visit.purpose, jointDepartments: visit.jointDepartments, needsCooperation: visit.needsCooperation,
  taskSource: visit.taskSource ?? undefined, clueKind: visit.clueKind ?? undefined, clueNo: visit.clueNo ?? undefined, planReference: visit.planReference ?? undefined,
  people: visit.people.map((p) => ({ part: p.part, name: p.name, conflictDeclared: p.conflictDeclared, ...(p.personId ? { personId: p.personId } : {}), ...(p.organisation ? { organisation: p.organisation } : {}), ...(p.conflict ? { conflict: p.conflict } : {}) })),
})

/** 修改任务: before it is approved, or after it was refused. */
export default function EditPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.get, { id })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active />
  return <EditForm key={read.data.version} visit={read.data} />
}

function EditForm({ visit }: { visit: Detail }) {
  const me = useMe()
  const navigate = useNavigate()
  const [arranged, setArranged] = useState(() => arrangedOf(visit))
  const [problem, setProblem] = useState<Problem>()
  const edit = useCommand(operations.edit)
  const save = async () => {
    if (!arranged.kind) return
    try {
      await edit.run({ id: visit.id, baseVersion: visit.version, ...toInput({ ...arranged, kind: arranged.kind }) })
      void navigate(`/visits/${visit.id}`)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  const site = <CapNote enterpriseId={visit.enterpriseId} name={visit.enterpriseName} year={Number(arranged.plannedOn.slice(0, 4))} />
  return (
    <>
      <PageHead title={`修改：${visit.enterpriseName}`} back={{ to: `/visits/${visit.id}`, label: visit.no }} note={visit.opinion ? `审批意见：${visit.opinion}` : undefined} />
      <ArrangeForm value={arranged} onChange={setArranged} siteId={visit.siteId} problem={problem} allowed={kindsFor(me.can, 'plan')} sites={site} />
      {problem ? <ProblemView problem={problem} /> : null}
      <Button type="primary" loading={edit.running} onClick={() => void save()}>保存修改</Button>
    </>
  )
}
