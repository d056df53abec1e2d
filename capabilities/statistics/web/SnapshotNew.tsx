import { Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { type AreaNode, useAreas } from '../../../kernel/web/areas.tsx'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { CommandForm } from '../../../kernel/web/form.tsx'
import { operations as campaigns } from '../../campaign/operations.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageSkeleton } from '../../../kernel/web/fault.tsx'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { templateOf } from '../briefing-templates.data.ts'
import { type Metric, metrics } from '../metrics.ts'
import { operations } from '../operations.ts'

const countable = (metrics as readonly Metric[]).filter((metric) => !metric.waits)

const underWay = { states: 'RUNNING,CLOSING,CLOSED', limit: 100 }

/** Streets and what stands beside them: the units that report. */
const streetsOf = (areas: readonly AreaNode[]): { value: string; label: string }[] =>
  areas.flatMap((area) => (area.code.endsWith('000') && !area.code.endsWith('000000') ? [{ value: area.code, label: area.name }] : streetsOf(area.children ?? [])))

/** 冻结快照: a span, the figures, once. */
export default function SnapshotNew() {
  const navigate = useNavigate()
  const [id] = useState(newId)
  const [search] = useSearchParams()
  const asked = search.get('campaignId') ?? undefined
  const today = localDate(serverNow())
  const areas = streetsOf(useAreas())
  const list = useRead(campaigns.list, underWay)
  const own = useRead(campaigns.get, { id: asked ?? '' }, { enabled: !!asked })
  if (asked && !own.data && !own.error) return <PageSkeleton />
  const options = [...(own.data ? [own.data] : []), ...(list.data?.rows ?? []).filter((c) => c.id !== asked)].map((c) => ({ value: c.id, label: `${c.name}（${c.no}）` }))
  const span = own.data ? { from: own.data.businessDate, to: own.data.lastDate < today ? own.data.lastDate : today } : { from: today, to: today }
  return (
    <>
      <PageHead title="冻结快照" note="按此刻的数据冻结；冻结后不能改，只能另立新版更正。" back={{ to: '/snapshots', label: '快照' }} />
      <Section>
        <CommandForm
          operation={operations.freeze}
          input={{ id }}
          initial={{ title: own.data?.name ?? '', ...span, ...(asked ? { campaignId: asked } : {}), areas: [], metrics: [...templateOf('WAR').metrics] as never }}
          fields={[
            { key: 'title', max: 80, autoFocus: true, placeholder: '如：3月5日夜查' },
            { key: 'campaignId', label: '专项行动', kind: 'choice', options, placeholder: '不限，全部检查和隐患', required: false, hint: '选定后只数这个行动的检查和隐患，应报单位是它的小组' },
            { key: 'areas', label: '范围', kind: 'own', required: false, hint: '不选为您管辖的全部范围；应报单位是其中的街道', own: (value, set) => <Select aria-label="范围" mode="multiple" allowClear placeholder="全部范围" options={areas} showSearch={{ optionFilterProp: 'label' }} value={Array.isArray(value) ? value : []} onChange={set} /> },
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
