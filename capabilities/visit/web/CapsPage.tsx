import { Button, DatePicker, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, Figure, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import type { OutputOf } from '../../../kernel/core/operation.ts'

const classes = { HAZCHEM_METALLURGY: '危化品、金属冶炼', HIGH_RISK: '其他高危', OTHER: '非高危' } as const
const levels = { FIRST: '一级', SECOND: '二级', THIRD: '三级', NONE: '未定级' } as const
type Row = OutputOf<typeof operations.caps>['rows'][number]
type Editing = Pick<Row, 'industryClass' | 'standardLevel'> & { row: Row | undefined }

/** 频次上限: the published ceilings as a table, beside how much of them is used. */
export default function CapsPage() {
  const me = useMe()
  const [year, setYear] = useState(Number(localDate(serverNow()).slice(0, 4)))
  const [editing, setEditing] = useState<Editing>()
  const read = useRead(operations.caps, { year })
  const area = me.posts.find((p) => p.areaCode)?.areaCode ?? '000000000000'
  const rows = read.data?.rows ?? []
  const of = (industryClass: string, standardLevel: string) => rows.find((r) => r.areaCode === area && r.industryClass === industryClass && r.standardLevel === standardLevel)
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  return (
    <>
      <PageHead title="年度检查频次上限" note="未填写即未配置：只提示，不拦截。达到上限后，只有有线索的个案检查写明理由才能进行。" actions={<DatePicker picker="year" allowClear={false} value={dayjs(`${year}-01-01`)} onChange={(d) => d && setYear(d.year())} />} />
      {me.can('statistics.read') ? <BurdenLine year={year} /> : null}
      <Section title="上限（次/年）">
        {read.isLoading ? <Skeleton active /> : null}
        {rows.length === 0 && !read.isLoading ? <EmptyState title="本年度尚未配置频次上限" how="按公布的频次文件逐格填写，填写时注明依据文件。" /> : null}
        <div style={{ overflowX: 'auto' }}><table className="ag-num" style={{ width: '100%', borderCollapse: 'collapse' }}>
          <thead><tr><th style={{ textAlign: 'left' }}>行业类别</th>{Object.entries(levels).map(([key, zh]) => <th key={key} style={{ whiteSpace: 'nowrap', padding: '0 6px' }}>标准化{zh}</th>)}</tr></thead>
          <tbody>
            {(Object.keys(classes) as (keyof typeof classes)[]).map((industryClass) => (
              <tr key={industryClass}>
                <td>{classes[industryClass]}</td>
                {Object.keys(levels).map((standardLevel) => {
                  const row = of(industryClass, standardLevel)
                  const text = row?.capPerYear ?? '未配置'
                  return <td key={standardLevel} style={{ textAlign: 'center', height: 44 }} title={row?.sourceDoc}>{me.can('visit.cap') ? <Button type="text" onClick={() => setEditing({ industryClass, standardLevel, row })}>{text}</Button> : text}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table></div>
      </Section>
      {editing ? (
        <ReasonDialog
          title={`${classes[editing.industryClass as keyof typeof classes]} · 标准化${levels[editing.standardLevel as keyof typeof levels]} · ${year}年`}
          operation={operations.setCap}
          input={{ id: editing.row?.id ?? newId(), ...(editing.row ? { baseVersion: editing.row.version } : {}), areaCode: area, year, industryClass: editing.industryClass as 'OTHER', standardLevel: editing.standardLevel as 'NONE' }}
          initial={{ capPerYear: editing.row?.capPerYear ?? null, sourceDoc: editing.row?.sourceDoc ?? '' }}
          confirm="保存"
          fields={[{ key: 'capPerYear', kind: 'number', unit: '次', hint: '留空即未配置' }, { key: 'sourceDoc', hint: '公布频次的文件名称、文号' }]}
          onClose={() => setEditing(undefined)}
        />
      ) : null}
    </>
  )
}

function BurdenLine({ year }: { year: number }) {
  const { data } = useRead(operations.burden, { year })
  if (!data) return null
  return (
    <Section title="涉企检查负担">
      <div style={{ display: 'flex', flexWrap: 'wrap' }}>
        <Figure label="受检企业" value={data.enterprises} unit="家" />
        <Figure label="计入频次的检查" value={data.counted} unit="次" />
        <Figure label="全部走访" value={data.contacts} unit="次" to={`/visits?from=${year}-01-01&to=${year}-12-31`} />
        <Figure label="达到上限" value={data.atCap} unit="家" tone="warn" />
        <Figure label="超过上限" value={data.overCap} unit="家" tone="late" />
        <Figure label="未配置上限" value={data.notConfigured} unit="家" />
      </div>
      {data.most.length ? <p className="quiet">检查最多：{data.most.slice(0, 5).map((m, i) => <span key={m.enterpriseId}>{i ? '、' : ''}<Link to={`/visits?q=${encodeURIComponent(m.enterpriseName)}`}>{m.enterpriseName}</Link> {m.used} 次{m.cap === null ? '' : `/${m.cap}`}</span>)}</p> : null}
    </Section>
  )
}
