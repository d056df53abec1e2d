import { Button, Input, Select, Table } from 'antd'
import { useMemo, useState } from 'react'
import { asProblem, type Problem } from '../../../kernel/web/call.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Tone } from '../../../kernel/web/tokens.ts'
import type { RunView } from '../exchange.ts'
import { operations } from '../operations.ts'

type Column = RunView['columns'][number]

const trust: Readonly<Record<Column['confidence'], { words: string; tone: Tone }>> = {
  said: { words: '人工指定', tone: 'done' }, remembered: { words: '上次如此', tone: 'done' }, sure: { words: '确定', tone: 'done' }, likely: { words: '很像', tone: 'wait' }, weak: { words: '请核对', tone: 'warn' }, none: { words: '不导入', tone: 'plain' },
}

/** The headings as they were guessed, with samples; a person puts right what is wrong, and it is remembered. */
export function MapStep({ run }: { run: RunView }) {
  const kinds = useRead(operations.kinds, {})
  const kind = kinds.data?.rows.find((row) => row.code === run.kind)
  const [fields, setFields] = useState<Readonly<Record<number, string | null>>>(() => Object.fromEntries(run.columns.map((column) => [column.column, column.field])))
  const [options, setOptions] = useState<Record<string, string>>(run.options)
  const [problem, setProblem] = useState<Problem>()
  const map = useCommand(operations.map)
  const check = useCommand(operations.check)
  const used = useMemo(() => new Set(Object.values(fields)), [fields])
  // A field stands on one column: choosing it here takes it from there.
  const choose = (column: number, field: string | null) => setFields((all) => Object.fromEntries(Object.entries(all).map(([key, value]) => [key, Number(key) === column ? field : value === field && field !== null ? null : value])))
  const go = async () => {
    setProblem(undefined)
    try {
      const mapped = await map.run({ id: run.id, baseVersion: run.version, columns: run.columns.map(({ column }) => ({ column, field: fields[column] ?? null })), options })
      await check.run({ id: run.id, baseVersion: mapped.version })
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  const choices = (kind?.fields ?? []).map(({ field, label, required }) => ({ value: field, label: `${label}${required ? ' *' : ''}${used.has(field) ? ' ✓' : ''}` }))
  return (
    <Section title="核对表头" extra={<span className="ag-faint">表头在第 {run.headingRows.first} 行{run.sheet ? `，工作表“${run.sheet}”` : ''}{run.remembered ? '；这种表头以前确认过' : ''}</span>}>
      <Table<Column>
        size="small" rowKey="column" pagination={false} dataSource={run.columns} scroll={{ x: 720 }}
        columns={[
          { title: '文件里的表头', dataIndex: 'heading', width: 200, render: (heading: string, column) => heading || <span className="ag-faint">第 {column.column + 1} 列（无表头）</span> },
          { title: '内容举例', dataIndex: 'samples', render: (samples: string[]) => <span className="im-samples">{samples.join(' ／ ') || '—'}</span> },
          { title: '导入为', width: 240, render: (_, column) => <Select style={{ width: '100%' }} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder="不导入" options={choices} value={fields[column.column] ?? null} onChange={(field: string | null | undefined) => choose(column.column, field ?? null)} aria-label={`${column.heading}导入为`} /> },
          { title: '把握', width: 110, render: (_, column) => <Trust column={column} field={fields[column.column] ?? null} /> },
        ]}
      />
      {(kind?.options ?? []).map((option) => (
        <div key={option.key} className="im-option"><span>{option.label}</span><Input aria-label={option.label} style={{ width: 220 }} placeholder={option.kind === 'date' ? '如 2026-01-01' : option.kind === 'number' ? '如 2025' : ''} value={options[option.key] ?? ''} onChange={(event) => setOptions({ ...options, [option.key]: event.target.value })} /></div>
      ))}
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="im-buttons"><Button type="primary" loading={map.running || check.running} onClick={() => void go()}>确认表头，开始核对</Button><span className="ag-faint">核对不会写入任何内容</span></div>
    </Section>
  )
}

function Trust({ column, field }: { column: Column; field: string | null }) {
  const shown = field === column.field ? trust[field === null ? 'none' : column.confidence] : trust[field === null ? 'none' : 'said']
  return <StatusTag tone={shown.tone}>{shown.words}</StatusTag>
}
