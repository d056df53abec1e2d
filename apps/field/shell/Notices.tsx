import { Dialog } from 'antd-mobile'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useOnline } from '../../../kernel/web/session.ts'
import { WIPE } from '../data/intake.ts'
import { useWork } from '../data/work.ts'
import { openNewVersion, useNewVersion } from './version.ts'

/** What the whole page has to say: offline, signed out, a newer version, the demo. One line each, none of them in the way. */
export function Notices({ needed, onSignIn }: { needed: boolean; onSignIn: () => void }) {
  const { me, store, leave } = useWork()
  const online = useOnline()
  const newer = useNewVersion()
  const wipe = useLive(async () => ((await store.read<boolean>(WIPE)) ? { unsent: (await store.outbox.where('state').anyOf('waiting', 'sending', 'refused', 'held').count()) + (await store.drafts.count()) + (await store.photos.where('state').equals('waiting').and((photo) => photo.originalOf !== undefined).count()) } : null), [store])
  // Nothing leaves by itself: whoever holds the phone has seen what is unsent.
  const give = async () => {
    if (wipe?.unsent && !(await Dialog.confirm({ title: '清除本机数据', content: `${wipe.unsent} 件没有发出的内容将一并清除。已导出的可以在办公室导入。`, confirmText: '清除', cancelText: '先不清除' }))) return
    await import('../paper/keeping.ts').then(({ leaveNumbers }) => leaveNumbers(store, me)).catch(() => undefined)
    await store.delete()
    leave()
  }
  return (
    <div className="f-notices">
      {me.demo ? <p className="f-notice f-notice-demo">演示系统：人员、企业均为虚构</p> : null}
      {online ? null : <p className="f-notice">离线：照常填写，有网络后自动发送</p>}
      {needed ? <p className="f-notice f-notice-act">登录已失效，内容都在本机 <button type="button" onClick={onSignIn}>重新登录</button></p> : null}
      {wipe ? <p className="f-notice f-notice-act">这台设备已被停用{wipe.unsent ? `，还有 ${wipe.unsent} 件没有发出，请先发送或导出` : ''} <button type="button" onClick={() => void give()}>清除本机数据</button></p> : null}
      {newer ? <p className="f-notice f-notice-act">有新版本，手头工作不受影响 <button type="button" onClick={openNewVersion}>现在更新</button></p> : null}
    </div>
  )
}
