import { Table } from 'antd'
import { Link } from 'react-router'
import { operations } from '../../../capabilities/statistics/operations.ts'
import type { StreetFigures } from '../../../capabilities/statistics/statistics.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { Section } from '../../../kernel/web/parts.tsx'
import { StreetMap } from './StreetMap.tsx'

/** A leader's first look: the streets in the bureau's order with what is open and late, and their sum. */
export function Streets() {
  const { data } = useRead(operations.home, {})
  if (!data || data.streets.length < 2) return null
  const figure = (key: Exclude<keyof StreetFigures, 'street' | 'name'>, title: string, list: string) => ({
    key,
    title,
    align: 'right' as const,
    className: 'ag-num',
    render: (_: unknown, row: StreetFigures) => (row[key] === 0 ? <span className="quiet">0</span> : <Link to={`${list}${row.street ? `&areaCode=${row.street}` : ''}`}>{row[key].toLocaleString('zh-CN')}</Link>),
  })
  const columns = [
    { key: 'name', title: '街道', dataIndex: 'name' },
    figure('overdue', '逾期', '/hazards?overdue=true'),
    figure('open', '未销号', '/hazards?open=true'),
    figure('major', '重大未销号', '/hazards?open=true&level=MAJOR'),
    figure('found', '今日上报', `/hazards?foundFrom=${data.day}&foundTo=${data.day}&voided=false`),
    figure('closed', '今日销号', `/hazards?closedFrom=${data.day}&closedTo=${data.day}`),
    figure('checked', '今日检查（家次）', `/visits?from=${data.day}&to=${data.day}&states=DONE&outcomes=CHECKED`),
  ]
  return (
    <Section title="各街道逾期隐患" flush>
      <StreetMap streets={data.streets} />
      <Table size="small" rowKey="street" columns={columns} dataSource={[...data.streets, data.total]} pagination={false} scroll={{ x: 'max-content' }} rowClassName={(row) => (row.street === '' ? 'ag-sum' : '')} />
    </Section>
  )
}
