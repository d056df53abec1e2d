import { Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useRead } from '../../../kernel/web/client.ts'
import { CommandForm } from '../../../kernel/web/form.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { KIND_ZH } from '../briefing.ts'
import { templates } from '../briefing-templates.data.ts'
import { operations } from '../operations.ts'
import { spanZh } from './words.ts'

const newest = { latest: 'true' as const, limit: 100 }

/** 起草简报: a template and the snapshot it takes its numbers from. */
export default function BriefingNew() {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const [id] = useState(newId)
  const read = useRead(operations.snapshots, newest)
  const asked = search.get('snapshotId') ?? read.data?.rows[0]?.id
  return (
    <>
      <PageHead title="起草简报" note="选定模板和快照，正文按模板生成，可以再改。" back={{ to: '/briefings', label: '简报' }} />
      {read.error ? <ProblemView problem={read.error} onRetry={() => void read.refetch()} /> : null}
      {!read.data && !read.error ? <Skeleton active /> : null}
      {read.data && read.data.rows.length === 0 ? <EmptyState title="还没有快照" how="简报的数字都引自快照，请先冻结一个。" action={<Link to="/snapshots/new">冻结快照</Link>} /> : null}
      {read.data && read.data.rows.length > 0 ? (
        <Section>
          <CommandForm
            operation={operations.draftBriefing}
            input={{ id }}
            initial={{ kind: 'WAR', issue: '', title: '', ...(asked ? { snapshotId: asked } : {}) }}
            fields={[
              { key: 'kind', kind: 'radio', options: templates.map((t) => ({ value: t.kind, label: `${KIND_ZH[t.kind]}：${t.note}` })) },
              { key: 'snapshotId', kind: 'choice', options: read.data.rows.map((s) => ({ value: s.id, label: `${s.title}（${spanZh(s.from, s.to)}，第${s.number}版）` })) },
              { key: 'title', max: 80 },
              { key: 'issue', max: 30, placeholder: '不填则按种类和年度顺编，如：2026年第12期' },
            ]}
            submit="起草"
            onDone={(made) => void navigate(`/briefings/${made.id}/edit`)}
            onCancel={() => void navigate('/briefings')}
          />
        </Section>
      ) : null}
    </>
  )
}
