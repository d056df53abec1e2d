import { useState } from 'react'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import type { Me } from '../../../kernel/web/me.ts'
import type { Hanging } from './display.ts'

/** What 长期展示 means, before it begins; and how it ends. */
export function DisplayDialog({ me, hung, start, renew, stop, close }: Hanging & { me: Me; close: () => void }) {
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const own = !hung || hung.personId === me.personId
  const run = (act: () => Promise<void>) => async () => {
    setRunning(true)
    setProblem(undefined)
    try {
      await act()
      close()
    } catch (thrown) {
      setProblem(asProblem(thrown).title)
      setRunning(false)
    }
  }
  return (
    <>
      <div className="bs-shade" onClick={close} aria-hidden="true" />
      <div className="bs-door" role="dialog" aria-label="长期展示">
        <h1>长期展示</h1>
        {hung ? <p>这块屏幕以{own ? '您' : ` ${hung.name} `}的管辖范围展示到 {zhDateTime(hung.endsAt)}。{own ? '续期从现在起再展示 7 天。' : '停止须由本人或安全管理员在“登录会话”中办理；改由您展示后，画面按您的管辖范围。'}</p> : <p>这块屏幕以您的管辖范围连续显示 7 天，无人操作也不退出，您在别处登录也不影响。</p>}
        <ul>
          <li>只能看这幅画面；点开数字、查看清单仍须登录。</li>
          <li>您可随时在工作台“登录会话”里结束；修改口令、停用账号、不再有统计查看权限，展示随即结束。</li>
        </ul>
        {problem ? <p className="bs-refused" role="alert">{problem}</p> : null}
        <div className="bs-acts">
          {hung && own ? <><button type="button" className="bs-do" disabled={running} onClick={run(renew)}>续期 7 天</button><button type="button" disabled={running} onClick={run(stop)}>停止长期展示</button></> : <button type="button" className="bs-do" disabled={running} onClick={run(start)}>{hung ? '改由我展示' : '开始长期展示'}</button>}
          <button type="button" onClick={close}>{hung && own ? '保持不变' : '取消'}</button>
        </div>
      </div>
    </>
  )
}
