import { Input, Table } from 'antd'
import { useState } from 'react'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { Section } from '../../../kernel/web/parts.tsx'
import { type Metric, metrics } from '../metrics.ts'
import { dimensionZh } from '../words.ts'

const natureZh: Readonly<Record<Metric['nature'], string>> = { FLOW: '期间数', STOCK: '时点数', DISTINCT: '期间去重数', RATE: '比率' }

/** 口径: what every figure means, as it may be quoted. */
export function Definitions() {
  const [q, setQ] = useState('')
  const rows = (metrics as readonly Metric[]).filter((m) => `${m.id}${m.name}${m.definition}`.includes(q.trim()))
  return (
    <Section title="指标口径" onPaper="long" extra={<Input.Search className="ag-noprint" style={{ width: 260, maxWidth: '60vw' }} aria-label="查找指标" placeholder="名称、编号、口径" allowClear value={q} onChange={(event) => setQ(event.target.value)} />} flush>
      <Table<Metric>
        size="small"
        rowKey="id"
        dataSource={rows}
        pagination={false}
        scroll={{ x: 960 }}
        locale={{ emptyText: '没有这样的指标，换个词试试' }}
        columns={[
          { title: '编号', dataIndex: 'id', width: 76 },
          { title: '指标', dataIndex: 'name', width: 160 },
          { title: '口径', dataIndex: 'definition', render: (text: string, m) => (m.waits ? `${text}。${m.waits}，暂印“—”` : text) },
          { title: '去重', dataIndex: 'once', width: 170 },
          { title: '性质', dataIndex: 'nature', width: 96, render: (nature: Metric['nature']) => natureZh[nature] },
          { title: '可按', dataIndex: 'dimensions', width: 210, render: (list: Metric['dimensions']) => list.map((d) => dimensionZh[d]).join('、') },
          { title: '版本', key: 'version', width: 150, render: (_, m) => `第${m.version}版，${zhDate(m.validFrom)}起` },
        ]}
      />
    </Section>
  )
}
