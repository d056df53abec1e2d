import { Button, Modal, Skeleton } from 'antd'
import { Link } from 'react-router'
import { useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { eventText } from '../../../kernel/web/texts.ts'
import type { RunView } from '../exchange.ts'
import { operations } from '../operations.ts'

/** What taking it back would do, to whom; or what stands in its way. */
export function UndoDialog({ run, close }: { run: RunView; close: () => void }) {
  const { data, error } = useRead(operations.undoView, { id: run.id }, { keep: false })
  if (data?.possible) {
    const does = `${data.voided} 家新建的作废，${data.restored} 家变更的恢复原值；每家的经过里都记下这次撤销`
    return <ReasonDialog title="撤销这批导入" operation={operations.undo} input={{ id: run.id, baseVersion: run.version }} confirm="整批撤销" danger onClose={close} act={{ does, whom: `${run.fileName}（${run.no}）` }} />
  }
  return (
    <Modal open title="不能整批撤销" footer={<Button onClick={close}>知道了</Button>} onCancel={close}>
      {error ? <ProblemView problem={error} /> : null}
      {!data && !error ? <Skeleton active /> : null}
      {data ? (
        <>
          <p>导入之后，下面这些已有新的内容。请逐家处理，或先撤销后来的事。</p>
          <ul className="im-built">
            {data.built.map((row) => <li key={row.target}><Link to={`/enterprises/${row.target}`}>{row.title}</Link>：{row.events.map(({ event, count }) => `${eventText(event)} ${count} 次`).join('、')}</li>)}
          </ul>
        </>
      ) : null}
    </Modal>
  )
}
