import { Dialog, Switch } from 'antd-mobile'
import { Link } from 'react-router'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { setLook, useLook } from '../data/device.ts'
import { useWork } from '../data/work.ts'
import { Block } from '../parts/page.tsx'
import { SyncDot } from '../queue/SyncDot.tsx'

const modes = [['day', '日间'], ['night', '夜间'], ['contrast', '高对比']] as const

/** Who I am here, how the page looks, and the way out. */
export default function Me() {
  const { me, store, leave, can } = useWork()
  const papers = useLive(() => store.paper.count(), [store])
  const look = useLook()
  const left = useLive(async () => (await store.outbox.where('state').anyOf('waiting', 'sending', 'refused', 'held').count()) + (await store.drafts.count()), [store])
  const out = async () => {
    const note = left ? `本机还有 ${left} 件没有发出或没有做完，会原样留在本机，您再次登录后接着办。` : '本机的离线内容会保留，只有您登录后才能看到。'
    if (await Dialog.confirm({ title: '退出登录', content: note, confirmText: '退出', cancelText: '不退出' })) leave()
  }
  return (
    <div className="f-page f-page-tab">
      <header className="f-head f-head-top"><div className="f-head-title"><h1>{me.name}</h1><p>{[me.organisation, ...new Set(me.posts.map((post) => post.roleName))].filter(Boolean).join(' · ')}</p></div><SyncDot /></header>
      <main className="f-body">
        <Block title="显示">
          <div className="f-choice" role="radiogroup" aria-label="显示方式">
            {modes.map(([mode, word]) => <button key={mode} type="button" role="radio" aria-checked={look.mode === mode} onClick={() => setLook({ mode })}>{word}</button>)}
          </div>
          <div className="f-line"><span>大字（放大 25%）</span><Switch checked={look.large} onChange={(large) => setLook({ large })} aria-label="大字" /></div>
        </Block>
        <Block title="工作" flush>
          <Link to="/queue" className="f-line f-line-link">同步中心<span className="f-quiet">待发、照片、存储、导出</span></Link>
          {can('enforcement.read') ? <Link to="/papers" className="f-line f-line-link">执法文书<span className="f-quiet">{papers ? `${papers} 份` : '还没有'}</span></Link> : null}
          {me.posts.map((post) => <div key={post.id} className="f-line">{post.roleName}<span className="f-quiet">{post.reach}</span></div>)}
        </Block>
        <button type="button" className="f-btn f-btn-wide" onClick={() => void out()}>退出登录</button>
      </main>
    </div>
  )
}
