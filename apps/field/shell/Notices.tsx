import { useOnline } from '../../../kernel/web/session.ts'
import { useWork } from '../data/work.ts'
import { openNewVersion, useNewVersion } from './version.ts'

/** What the whole page has to say: offline, signed out, a newer version, the demo. One line each, none of them in the way. */
export function Notices({ needed, onSignIn }: { needed: boolean; onSignIn: () => void }) {
  const { me } = useWork()
  const online = useOnline()
  const newer = useNewVersion()
  return (
    <div className="f-notices">
      {me.demo ? <p className="f-notice f-notice-demo">演示系统：人员、企业均为虚构</p> : null}
      {online ? null : <p className="f-notice">离线：照常填写，有网络后自动发送</p>}
      {needed ? <p className="f-notice f-notice-act">登录已失效，内容都在本机 <button type="button" onClick={onSignIn}>重新登录</button></p> : null}
      {newer ? <p className="f-notice f-notice-act">有新版本，手头工作不受影响 <button type="button" onClick={openNewVersion}>现在更新</button></p> : null}
    </div>
  )
}
