import { Table } from 'antd'
import type { ReactNode } from 'react'
import { StatusTag } from '../../../kernel/web/parts.tsx'
import type { ChecklistItem } from '../checklist.ts'
import { basisText } from '../laws.ts'
import { severityText } from '../severity.ts'
import { categoryPath } from '../taxonomy.ts'
import { AUTHORITY_NAMES, EVIDENCE_NAMES } from '../zh.ts'
import { severityTone } from './words.ts'

/** Items as an office prints them; unfolded, what an officer is told on the spot. */
export function ItemTable({ items, acts, marked }: { items: readonly ChecklistItem[]; acts?: (item: ChecklistItem, index: number) => ReactNode; marked?: ReadonlySet<string> }) {
  const categories = [...new Set(items.map((i) => i.category))]
  return (
    <Table<ChecklistItem & { index: number }>
      size="small" rowKey={(row) => `${row.code}${row.index}`} pagination={false} sticky dataSource={items.map((item, index) => ({ ...item, index }))}
      rowClassName={(row) => (marked?.has(row.code) ? 'ant-table-row-selected' : '')}
      expandable={{ expandedRowRender: (i) => <ItemMore item={i} /> }}
      locale={{ emptyText: '还没有检查项' }}
      columns={[
        { title: '编号', dataIndex: 'code', width: 84, className: 'ag-num' },
        { title: '类别', dataIndex: 'category', width: 120, filters: categories.map((value) => ({ value, text: value })), onFilter: (value, i) => i.category === value },
        { title: '检查内容', dataIndex: 'content' },
        { title: '判定方法', dataIndex: 'method', responsive: ['lg'] },
        { title: '严重度', key: 'severity', width: 190, render: (_, i) => <StatusTag tone={severityTone[i.severity]}>{severityText(i)}</StatusTag> },
        { title: '天', dataIndex: 'defaultDays', width: 60, align: 'right', className: 'ag-num', render: (days: number) => (days === 0 ? '立即' : days) },
        ...(acts ? [{ title: '', key: 'acts', width: 170, render: (_: unknown, i: ChecklistItem & { index: number }) => acts(i, i.index) }] : []),
      ]}
    />
  )
}

function ItemMore({ item }: { item: ChecklistItem }) {
  const facts = [
    ['整改要求', item.defaultRequirement], ['依据', basisText(item.legalBasis) || '用整表依据'], ['隐患分类', categoryPath(item.hazardCategory)], ['取证', EVIDENCE_NAMES[item.evidence]],
    ...(item.transferTo ? [['移送', AUTHORITY_NAMES[item.transferTo]]] : []), ...(item.stopWhen ? [['立即停用', item.stopWhen]] : []), ...(item.points ? [['分值', `${item.bonus ? '加分 ' : ''}${item.points}`]] : []),
  ]
  return <p style={{ margin: 0 }}>{facts.map(([label, value]) => <span key={label} style={{ marginInlineEnd: 24 }}><span className="ag-faint">{label}：</span>{value}</span>)}</p>
}
