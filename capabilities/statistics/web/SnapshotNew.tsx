import { useState } from 'react'
import { useNavigate } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { CommandForm } from '../../../kernel/web/form.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { templateOf } from '../briefing-templates.data.ts'
import { type Metric, metrics } from '../metrics.ts'
import { operations } from '../operations.ts'

const countable = (metrics as readonly Metric[]).filter((metric) => !metric.waits)

/** 冻结快照: a span, the figures, once. */
export default function SnapshotNew() {
  const navigate = useNavigate()
  const [id] = useState(newId)
  const today = localDate(serverNow())
  return (
    <>
      <PageHead title="冻结快照" note="按此刻的数据冻结；冻结后不能改，只能另立新版更正。" back={{ to: '/snapshots', label: '快照' }} />
      <Section>
        <CommandForm
          operation={operations.freeze}
          input={{ id }}
          initial={{ title: '', from: today, to: today, metrics: [...templateOf('WAR').metrics] as never }}
          fields={[
            { key: 'title', max: 80, autoFocus: true, placeholder: '如：3月5日夜查' },
            { key: 'from', kind: 'date' },
            { key: 'to', kind: 'date' },
            { key: 'metrics', kind: 'choices', options: countable.map((m) => ({ value: m.id, label: `${m.id} ${m.name}` })), hint: '比率会连同分子、分母一起冻结' },
          ]}
          submit="冻结"
          onDone={(made) => void navigate(`/snapshots/${made.id}`)}
          onCancel={() => void navigate('/snapshots')}
        />
      </Section>
    </>
  )
}
