import { Button, DatePicker, Input, Select, Skeleton, Table } from 'antd'
import dayjs from 'dayjs'
import { useSearchParams } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { EmptyState, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Regime } from '../criteria.ts'
import { operations } from '../operations.ts'
import type { Clause } from '../records.ts'
import { AUTHORITY_NAMES, REGIME_NAMES, SECTOR_NAMES } from '../zh.ts'
import { GradingHelper } from './GradingHelper.tsx'
import { regimeOptions } from './words.ts'

const range = (c: Clause): string => `${c.from ? zhDate(c.from) : ''}起${c.to ? `至${zhDate(c.to)}` : ''}`

/** 判定标准: the clauses in force on a day, and a helper that judges by what was found. The address keeps what is looked at. */
export default function CriteriaPage() {
  const [search, setSearch] = useSearchParams()
  const date = search.get('date') ?? localDate(serverNow())
  const regime = (search.get('regime') ?? undefined) as Regime | undefined
  const q = search.get('q') ?? ''
  const chosen = search.get('clause') ?? undefined
  const put = (more: Record<string, string | undefined>) => setSearch(Object.fromEntries(Object.entries({ date, regime, q: q || undefined, clause: chosen, ...more }).filter((e): e is [string, string] => !!e[1])), { replace: true })
  const read = useRead(operations.clauses, { date, ...(regime ? { regime } : {}), ...(q ? { q } : {}) })
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const clauses = read.data?.clauses ?? []
  const clause = clauses.find((c) => c.id === chosen)
  return (
    <>
      <PageHead title="重大事故隐患判定标准" note={`按事件当天适用的条款判定；这里是 ${zhDate(date)} 适用的。非本部门的事项只移送，不判定等级。`} />
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 16 }}>
        <DatePicker aria-label="按哪天的规定" value={dayjs(date)} allowClear={false} onChange={(next) => put({ date: next?.format('YYYY-MM-DD'), clause: undefined })} />
        <Select aria-label="监管事项" style={{ width: 200 }} allowClear placeholder="全部事项" value={regime ?? null} options={regimeOptions} onChange={(next: string | null | undefined) => put({ regime: next ?? undefined, clause: undefined })} />
        <Input.Search aria-label="按情形查找" style={{ width: 300, maxWidth: '100%' }} allowClear placeholder="按情形查找，例：除尘、有限空间、煤气罐" defaultValue={q} onSearch={(text) => put({ q: text.trim() || undefined, clause: undefined })} />
      </div>
      <div className="ag-cols">
        <Section title={`条款 ${clauses.length}`} flush>
          {!read.data ? <Skeleton active /> : clauses.length === 0 ? <EmptyState title="没有对得上的条款" how="换个说法，或放宽日期和事项类别。" /> : (
            <Table<Clause> size="small" rowKey="id" scroll={{ x: 620 }} dataSource={clauses} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} rowClassName={(c) => (c.id === chosen ? 'ant-table-row-selected' : '')} onRow={(c) => ({ onClick: () => put({ clause: c.id }) })}
              columns={[
                { title: '条款', key: 'citation', width: 210, render: (_, c) => <><b>{c.citation}</b><br /><small className="ag-faint">{c.industry}</small></> },
                { title: '情形', key: 'summary', render: (_, c) => <>{c.summary}{c.topicOnly ? <StatusTag tone="warn">只录主题，须查原文</StatusTag> : null}{c.mark !== 'VERIFIED' ? <StatusTag tone="warn">待法制核对</StatusTag> : null}</> },
                { title: '适用', key: 'range', width: 170, render: (_, c) => <small>{REGIME_NAMES[c.regime]}{c.sector ? ` · ${SECTOR_NAMES[c.sector]}` : ''}<br />{range(c)}</small> },
                { title: '', key: 'go', width: 70, render: (_, c) => <Button size="small" type="text" onClick={() => put({ clause: c.id })}>判定</Button> },
              ]} />
          )}
        </Section>
        <Section title="判定助手">
          {clause ? (clause.authority === 'EMB' ? <GradingHelper key={clause.id} clause={clause} date={date} /> : <p>《{clause.document}》由{AUTHORITY_NAMES[clause.authority]}判定：本部门不认定等级，移送处理；现场危险先行停用、撤人。</p>) : <EmptyState title="选一条条款开始判定" how="按看到的事实逐项回答，助手说明是否构成、还缺什么；结论由执法人员负责。" />}
        </Section>
      </div>
    </>
  )
}
