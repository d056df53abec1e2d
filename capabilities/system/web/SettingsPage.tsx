import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { AreaPicker } from '../../../kernel/web/areas.tsx'
import { useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import { useCan } from '../../../kernel/web/me.ts'
import { Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'

type Row = OutputOf<typeof operations.settings>['rows'][number]

/** 参数: what may differ from place to place, each with its bounds and where they come from. */
export default function SettingsPage() {
  const [area, setArea] = useState<string>()
  const { data, error, refetch } = useRead(operations.settings, area ? { areaCode: area } : {})
  const [editing, setEditing] = useState<Row>()
  const mayWrite = useCan('setting.write')
  return (
    <>
      <PageHead title="参数" note="每次修改都须写明理由，记入经过和审计。法定的底线不能突破。选定区划只列可以因地而异的参数。" actions={<AreaPicker value={area} onChange={setArea} placeholder="全局" style={{ width: 220 }} />} />
      {error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : null}
      {(data?.rows ?? []).map((row) => (
        <Section key={row.key} title={row.label} extra={mayWrite ? <Button onClick={() => setEditing(row)}>修改</Button> : undefined}>
          <p>{row.help}</p>
          <Fields
            items={[
              { label: '当前值', value: <>{words(row)} {row.shipped ? <StatusTag>出厂值</StatusTag> : null}</> },
              { label: '允许范围', value: range(row) },
              { label: '依据', value: row.clause, wide: true },
            ]}
          />
        </Section>
      ))}
      {editing ? <EditDialog row={editing} area={area} onClose={() => setEditing(undefined)} /> : null}
    </>
  )
}

function words(row: Row): string {
  if (row.kind === 'numbers') return numberWords(row)
  if (row.kind === 'choice') return row.options.find((option) => option.value === row.value)?.label ?? String(row.value)
  if (row.kind !== 'calendar') return `${String(row.value)}${row.unit ?? ''}`
  const years = Object.keys(row.value as object)
  return years.length ? `已录入 ${years.join('、')} 年` : '使用内置节假日'
}

function numberWords(row: Row): string {
  const value = row.value as Record<string, number>
  const set = row.parts.filter((part) => value[part.name] !== undefined)
  return set.length ? set.map((part) => `${part.label} ${value[part.name]} ${part.unit}`).join('；') : '都按默认值或上级区划'
}

function range(row: Row): string | undefined {
  if (row.floor === null && row.ceiling === null) return undefined
  return `${row.floor ?? ''}–${row.ceiling ?? ''}${row.unit ?? ''}`
}

/** A calendar is typed as lines, a year each: `2027 放假 01-01,02-05 上班 02-07`. */
function EditDialog({ row, area, onClose }: { row: Row; area: string | undefined; onClose: () => void }) {
  if (row.kind === 'numbers') return <NumbersDialog row={row} area={area} onClose={onClose} />
  const value: FormField =
    row.kind === 'calendar'
      ? { key: 'value', label: '节假日', kind: 'long', rows: 8, hint: '一年一行，例如：2027 放假 01-01,01-02 上班 01-03' }
      : row.kind === 'integer'
        ? { key: 'value', label: row.label, kind: 'number', ...(row.unit ? { unit: row.unit } : {}) }
        : row.kind === 'choice'
          ? { key: 'value', label: row.label, kind: 'radio', options: row.options }
          : { key: 'value', label: row.label, kind: 'text', max: 500 }
  return (
    <ReasonDialog
      title={`修改：${row.label}`}
      operation={operations.setSetting}
      input={{ key: row.key, baseVersion: row.version, ...(area ? { areaCode: area } : {}) }}
      initial={{ value: (row.kind === 'calendar' ? linesOf(row.value as Calendar) : row.value) as never }}
      fields={[value, { key: 'reason', label: '理由', kind: 'long', rows: 2, max: 200 }]}
      prepare={(values) => (row.kind === 'calendar' ? { ...values, value: calendarOf(String(values.value ?? '')) } : values)}
      confirm="保存"
      onClose={onClose}
    />
  )
}

/** One field a number; what is left empty follows the area above. */
function NumbersDialog({ row, area, onClose }: { row: Row; area: string | undefined; onClose: () => void }) {
  const fields = row.parts.map((part): FormField => ({ key: part.name, label: part.label, kind: 'number', unit: part.unit, required: false, hint: `${part.floor}–${part.ceiling}${part.unit}，不填为默认` }))
  return (
    <ReasonDialog title={`修改：${row.label}`} width={640} operation={operations.setSetting} input={{ key: row.key, baseVersion: row.version, ...(area ? { areaCode: area } : {}) }} initial={row.value as never}
      fields={[...fields, { key: 'reason', label: '理由', kind: 'long', rows: 2, max: 200 }]}
      prepare={({ reason, ...rest }) => ({ reason, value: Object.fromEntries(row.parts.flatMap(({ name }) => (typeof rest[name] === 'number' ? [[name, rest[name]]] : []))) })}
      confirm="保存" onClose={onClose} />
  )
}

type Calendar = Record<string, { offDays: string[]; workDays: string[] }>

const short = (days: readonly string[]) => days.map((day) => day.slice(5)).join(',')

function linesOf(calendar: Calendar): string {
  return Object.entries(calendar).map(([year, { offDays, workDays }]) => `${year} 放假 ${short(offDays)} 上班 ${short(workDays)}`).join('\n')
}

/** What is typed as the setting's value; a line that is none stays a wrong year, which the server names. */
function calendarOf(text: string): Calendar {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const [, year = line, off = '', work = ''] = /^(\d{4})\s*放假\s*([\d\-,，、\s]*?)\s*(?:上班\s*([\d\-,，、\s]*))?$/.exec(line) ?? []
      const days = (part: string) => part.split(/[,，、\s]+/).filter((day) => day !== '').map((day) => `${year}-${day}`)
      return [year, { offDays: days(off), workDays: days(work) }]
    }),
  )
}
