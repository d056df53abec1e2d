import { Alert, Button, Modal, Upload } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { asProblem, type Problem } from '../../../kernel/web/call.ts'
import { download, upload } from '../../../kernel/web/client.ts'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { ChecklistItem } from '../checklist.ts'
import { operations } from '../operations.ts'
import { ItemTable } from './ItemTable.tsx'

type Read = OutputOf<typeof operations.readSheet>

/** The rows that were not read, with their reasons, as a file that WPS opens and that can be read again. */
function saveCorrection(rows: readonly (readonly string[])[]): void {
  const text = rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n')
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = '检查表-待改正.csv'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Reads a spreadsheet and shows it; good rows go into the editor, bad ones come back to be corrected. */
export function SheetImport({ onTake, onClose }: { onTake: (items: ChecklistItem[], replace: boolean) => void; onClose: () => void }) {
  const [read, setRead] = useState<Read>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const take = async (file: File) => {
    setProblem(undefined)
    setBusy(true)
    try {
      setRead(await upload(operations.readSheet, file, {}))
    } catch (thrown) {
      setProblem(asProblem(thrown))
    } finally {
      setBusy(false)
    }
  }
  const count = read?.items.length ?? 0
  return (
    <Modal open width={980} title="从表格导入" onCancel={onClose} mask={{ closable: false }} footer={
      <>
        <Button onClick={onClose}>取消</Button>
        <Button disabled={count === 0} onClick={() => onTake(read?.items ?? [], false)}>追加 {count} 项</Button>
        <Button type="primary" disabled={count === 0} onClick={() => onTake(read?.items ?? [], true)}>替换为这 {count} 项</Button>
      </>
    }>
      <p className="ag-faint">.xlsx 或 .csv；列名按模板，次序不限，多出的列不管。导入后先在编辑页查看，保存才算数。</p>
      <div style={{ display: 'flex', gap: 8, marginBottom: 12 }}>
        <Upload accept=".xlsx,.csv" maxCount={1} showUploadList={false} beforeUpload={(file) => { void take(file); return false }}><Button type="primary" loading={busy}>选择文件</Button></Upload>
        <Button onClick={() => void download(operations.template, {}).catch((thrown) => setProblem(asProblem(thrown)))}>下载模板</Button>
      </div>
      {read && read.errors.length > 0 ? (
        <Alert style={{ marginBottom: 12 }} type="warning" showIcon title={`${new Set(read.errors.map((e) => e.row)).size} 行没有读入`} action={read.correction.length > 1 ? <Button size="small" onClick={() => saveCorrection(read.correction)}>下载这些行去改</Button> : undefined}
          description={<ul style={{ maxHeight: 140, overflow: 'auto' }}>{read.errors.slice(0, 100).map((e) => <li key={`${e.row}${e.heading}${e.text}`}>第 {e.row} 行 {e.heading}：{e.text}</li>)}</ul>} />
      ) : null}
      {count > 0 ? <div style={{ maxHeight: 420, overflow: 'auto' }}><ItemTable items={read?.items ?? []} /></div> : null}
      {problem ? <ProblemView problem={problem} /> : null}
    </Modal>
  )
}
