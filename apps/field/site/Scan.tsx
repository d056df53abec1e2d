import { useCallback, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { operations as sync } from '../../../capabilities/sync/operations.ts'
import { asProblem, call } from '../../../kernel/web/call.ts'
import { siteOfCode } from '../data/site-index.ts'
import { keepScan, useSites } from '../data/sites.ts'
import { useWork } from '../data/work.ts'
import { Page } from '../parts/page.tsx'
import { readCode, useCameraStream } from './reader.ts'

/** The sign at the door. The code is looked up on the phone first; a picture of it, or a part of its number, does as well. */
export default function Scan() {
  const { store } = useWork()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const sites = useSites()
  const video = useRef<HTMLVideoElement>(null)
  const done = useRef(false)
  const tried = useRef<{ text: string; at: number }>({ text: '', at: 0 })
  const [said, setSaid] = useState<string>()
  const path = query.get('to') === 'report' ? '/report/' : '/site/'
  const take = useCallback(
    async (text: string) => {
      // The camera looks four times a second: a sign that is none of mine is asked about once, and again when it is shown anew.
      if (done.current || !sites || (tried.current.text === text && Date.now() - tried.current.at < AGAIN_MS)) return
      tried.current = { text, at: Date.now() }
      const site = siteOfCode(sites.entries.map((entry) => entry.site), text)
      const asked = site ? { id: site.id } : await onServer(text)
      tried.current = { text, at: Date.now() }
      if (!asked.id) return setSaid(asked.why)
      const { id } = asked
      done.current = true
      await keepScan(store, id)
      navigate(`${path}${id}`, { replace: true })
    },
    [sites, store, navigate, path],
  )
  const camera = useCameraStream(video, take)
  const fromPicture = async (file: File) => {
    const text = await readCode(await createImageBitmap(file))
    if (text) await take(text)
    if (!text) setSaid('照片里没有认出二维码')
  }
  return (
    <Page title="扫码" note="对准门口的场所码">
      <div className="f-scan">
        <video ref={video} playsInline muted aria-label="取景" />
        <i className="f-scan-frame" />
        {camera.state === 'none' ? <p>打不开相机。可以拍一张二维码照片，或输入编号后几位。</p> : null}
      </div>
      {said ? <p className="f-hint" role="status">{said}</p> : null}
      <div className="f-card-acts f-flat">
        {camera.torch ? <button type="button" className="f-btn" aria-pressed={camera.lit} onClick={() => void camera.light(!camera.lit)}>{camera.lit ? '关灯' : '开灯'}</button> : null}
        <label className="f-btn f-shoot-plain">拍照识别<input type="file" accept="image/*" capture="environment" aria-label="拍照识别" onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void fromPicture(file)
        }} /></label>
      </div>
      <Fragment onFound={(text) => navigate(`/find?q=${encodeURIComponent(text)}${query.get('to') === 'report' ? '&to=report' : ''}`, { replace: true })} />
    </Page>
  )
}

/** A sign that nobody can read any more still has its number. */
function Fragment({ onFound }: { onFound: (text: string) => void }) {
  const [text, setText] = useState('')
  return (
    <form className="f-search" onSubmit={(event) => {
      event.preventDefault()
      if (text.trim()) onFound(text.trim())
    }}>
      <input value={text} onChange={(event) => setText(event.target.value)} placeholder="扫不出？输入编号里的任意几位" aria-label="编号片段" />
      <button type="submit" className="f-btn">查找</button>
    </form>
  )
}

/** A site that is not on the phone (yet): the server may know it. */
async function onServer(text: string): Promise<{ id?: string; why?: string }> {
  try {
    const { exact, rows } = await call(sync.resolve, { code: text.slice(0, 300) }, { quiet: true })
    return exact && rows[0] ? { id: rows[0].siteId } : { why: '没有这个场所，或不在您的管辖范围内' }
  } catch (thrown) {
    const problem = asProblem(thrown)
    return { why: problem.code === 'offline' ? '本机没有这个场所，联网后再试' : problem.title }
  }
}

const AGAIN_MS = 8000

