import { Alert, Button, DatePicker, Modal, Radio, Table, Upload } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { asProblem, type Problem } from '../../../kernel/web/call.ts'
import { upload, useCommand } from '../../../kernel/web/client.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { DATUMS } from '../district.ts'
import { operations } from '../operations.ts'
import { AREA_KIND_ZH } from '../zh.ts'
import { useQueryClient } from '@tanstack/react-query'

type Read = OutputOf<typeof operations.readAreaSheet>
const CHANGE = { NEW: { text: '新增', tone: 'done' }, CHANGED: { text: '变更', tone: 'warn' }, SAME: { text: '不变', tone: 'plain' } } as const

/** A table is read first and shown; nothing is taken over before it is seen. */
export function AreaImport({ onClose }: { onClose: () => void }) {
  const [read, setRead] = useState<Read>()
  const [problem, setProblem] = useState<Problem>()
  const [from, setFrom] = useState<Dayjs>(dayjs())
  const command = useCommand(operations.applyAreas, { onDone: onClose })
  const take = async (file: File) => {
    setProblem(undefined)
    try {
      setRead(await upload(operations.readAreaSheet, file, {}))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  const rows = read?.rows.filter((row) => row.change !== 'SAME') ?? []
  return (
    <Modal open width={820} title="导入区划表" onCancel={onClose} cancelText="取消" okText={`采用 ${rows.length} 行`} okButtonProps={{ disabled: rows.length === 0 }} confirmLoading={command.running} onOk={() => void command.run({ rows: rows.map(({ change: _, ...row }) => row), validFrom: from.format('YYYY-MM-DD') }).catch(() => undefined)}>
      <p className="ag-faint">.xlsx 或 .csv，须有“区划代码”“名称”两列，可有“种类”“面积”“次序”；没有次序列时按行的先后排。</p>
      <Upload accept=".xlsx,.csv" maxCount={1} showUploadList={false} beforeUpload={(file) => { void take(file); return false }}><Button>选择文件</Button></Upload>
      {read ? (
        <>
          {read.errors.length > 0 ? <Alert style={{ margin: '12px 0' }} type="warning" showIcon title={`${read.errors.length} 行没有读入`} description={<ul>{read.errors.slice(0, 20).map((e) => <li key={e.row}>第 {e.row} 行：{e.text}</li>)}</ul>} /> : null}
          <div style={{ margin: '12px 0' }}>启用日期 <DatePicker value={from} allowClear={false} onChange={(next) => setFrom(next ?? from)} /> 新增的区划从这一天起使用。</div>
          <Table size="small" rowKey="code" dataSource={read.rows} scroll={{ y: 360 }} pagination={false} columns={[
            { title: '名称', dataIndex: 'name' }, { title: '代码', dataIndex: 'code', width: 140, className: 'ag-num' }, { title: '种类', dataIndex: 'kind', width: 130, render: (kind: keyof typeof AREA_KIND_ZH) => AREA_KIND_ZH[kind] },
            { title: 'km²', dataIndex: 'areaKm2', width: 90, align: 'right', render: (km2: number | null) => km2 ?? '—' }, { title: '', dataIndex: 'change', width: 80, render: (change: keyof typeof CHANGE) => <StatusTag tone={CHANGE[change].tone}>{CHANGE[change].text}</StatusTag> },
          ]} />
        </>
      ) : null}
      {problem ? <ProblemView problem={problem} /> : null}
      {command.problem ? <ProblemView problem={command.problem} /> : null}
    </Modal>
  )
}

const DATUM_ZH = { WGS84: 'WGS84（GPS）', CGCS2000: 'CGCS2000（国家 2000）', GCJ02: 'GCJ-02（高德、腾讯）', BD09: 'BD-09（百度）' } as const

/** Boundaries by code; the datum is asked because nothing in the file tells it, and a wrong one shifts everything by some hundred metres. */
export function BoundaryImport({ onClose }: { onClose: () => void }) {
  const [datum, setDatum] = useState<(typeof DATUMS)[number]>('CGCS2000')
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<OutputOf<typeof operations.importBoundaries>>()
  const [problem, setProblem] = useState<Problem>()
  const queries = useQueryClient()
  const take = async (file: File) => {
    setProblem(undefined)
    setBusy(true)
    try {
      setDone(await upload(operations.importBoundaries, file, { datum }, { key: newId() }))
      void queries.invalidateQueries()
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title="导入边界" footer={null} onCancel={onClose}>
      <p className="ag-faint">GeoJSON 面数据（FeatureCollection）。每个面的属性 code 写区划代码或安格码，据此对上。</p>
      <p>坐标系</p>
      <Radio.Group value={datum} onChange={(e) => setDatum(e.target.value as typeof datum)} options={DATUMS.map((value) => ({ value, label: DATUM_ZH[value] }))} />
      <div style={{ marginTop: 16 }}><Upload accept=".json,.geojson" maxCount={1} showUploadList={false} beforeUpload={(file) => { void take(file); return false }}><Button type="primary" loading={busy}>选择文件并导入</Button></Upload></div>
      {done ? <Alert type={done.unmatched.length > 0 ? 'warning' : 'success'} showIcon title={`已更新 ${done.areas} 个区划、${done.grids} 个安格的边界`} description={done.unmatched.length > 0 ? `对不上的代码：${done.unmatched.slice(0, 20).join('、')}${done.unmatched.length > 20 ? ' 等' : ''}` : undefined} /> : null}
      {problem ? <ProblemView problem={problem} /> : null}
    </Modal>
  )
}
