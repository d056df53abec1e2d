import { InboxOutlined } from '@ant-design/icons'
import { Button, Progress, Radio, Skeleton, Upload } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { asProblem, type Problem } from '../../../kernel/web/call.ts'
import { upload, useRead } from '../../../kernel/web/client.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { useDownload } from '../../../kernel/web/use-download.ts'
import { operations } from '../operations.ts'
import './import.css'

/** First step: what it is, and the file. The headings are read at once; nothing is written. */
export default function NewImport() {
  const [params, setParams] = useSearchParams()
  const { data, error, refetch } = useRead(operations.kinds, {})
  const save = useDownload()
  if (error && !data) return <ProblemView problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const kind = data.rows.find((row) => row.code === params.get('kind')) ?? data.rows[0]
  return (
    <>
      <PageHead back={{ to: '/imports', label: '导入' }} title="新的导入" note="用现成的花名册，不必改表头。支持 .xlsx 和 .csv（UTF-8 或 GBK）。" />
      {kind ? (
        <Section>
          <p className="im-label">导入什么</p>
          <Radio.Group options={data.rows.map((row) => ({ value: row.code, label: row.name }))} value={kind.code} onChange={(event) => setParams({ kind: String(event.target.value) }, { replace: true })} />
          <Button type="link" onClick={() => save(operations.template, { kind: kind.code })}>下载“{kind.name}”模板</Button>
          <FileDoor kind={kind.code} />
        </Section>
      ) : <EmptyState title="您的岗位还不能导入任何内容" how="需要时请联系本单位的安全管理员调整岗位权限。" />}
    </>
  )
}

function FileDoor({ kind }: { kind: string }) {
  const navigate = useNavigate()
  const [share, setShare] = useState<number>()
  const [problem, setProblem] = useState<Problem>()
  const send = async (file: File) => {
    setProblem(undefined)
    setShare(0)
    const id = newId()
    try {
      await upload(operations.upload, file, { id, kind }, { key: newId(), onProgress: setShare })
      void navigate(`/imports/${id}`, { replace: true })
    } catch (thrown) {
      setProblem(asProblem(thrown))
      setShare(undefined)
    }
  }
  return (
    <div className="im-door">
      <Upload.Dragger accept=".xlsx,.csv,.txt,.xls,.et" multiple={false} showUploadList={false} disabled={share !== undefined} beforeUpload={(file) => { void send(file); return false }}>
        <p><InboxOutlined style={{ fontSize: 32 }} /></p>
        <p>把文件拖到这里，或点一下选择</p>
        <p className="ag-faint">最大 60 MB；合计行、说明行、示例行会自动跳过</p>
      </Upload.Dragger>
      {share !== undefined ? <Progress percent={Math.round(share * 100)} {...(share >= 1 ? { format: () => '正在读表头…' } : {})} /> : null}
      {problem ? <ProblemView problem={problem} /> : null}
    </div>
  )
}
