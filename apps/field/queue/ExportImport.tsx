import { Toast } from 'antd-mobile'
import { useRef, useState } from 'react'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { Block } from '../parts/page.tsx'
import { Refusal } from '../parts/states.tsx'
import { exportUnsent, importUnsent } from './unsent-file.ts'

/** The last resort: everything unsent as one file, taken in again at the office by the same person. Keys stay, so nothing is done twice. */
export function ExportImport() {
  const { me, store, sender } = useWork()
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const unsent = useLive(async () => store.outbox.where('state').anyOf('waiting', 'sending', 'refused', 'held').count(), [store])
  const save = async () => {
    const blob = await exportUnsent(store, me)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `安格未发送-${me.name}-${new Date().toISOString().slice(0, 10)}.angrid`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  const load = async (file: File) => {
    setProblem(undefined)
    const answer = await importUnsent(store, me, await file.text())
    if ('problem' in answer) return setProblem(answer.problem)
    Toast.show({ content: `导入 ${answer.items} 件、${answer.photos} 张照片` })
    void sender.wake(true)
  }
  return (
    <Block title="导出与导入">
      <p className="f-quiet">长期没有网络或手机将停用时，把未发送的内容导出成文件，回到办公室由本人登录后导入。</p>
      {problem ? <Refusal title={problem} /> : null}
      <div className="f-card-acts f-flat">
        <button type="button" className="f-btn" disabled={!unsent} onClick={() => void save()}>导出 {unsent ?? 0} 件</button>
        <button type="button" className="f-btn" onClick={() => input.current?.click()}>导入文件</button>
      </div>
      <input ref={input} type="file" accept=".angrid,application/json" hidden aria-label="导入未发送文件" onChange={(event) => {
        const file = event.target.files?.[0]
        event.target.value = ''
        if (file) void load(file)
      }} />
    </Block>
  )
}
