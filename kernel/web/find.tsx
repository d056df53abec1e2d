import { SearchOutlined } from '@ant-design/icons'
import { Input, Modal, Spin } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { asProblem } from './call.ts'
import { useMe } from './me.ts'
import type { SearchHit, SearchProvider } from './screen.ts'

interface Found {
  readonly kind: string
  readonly hits: readonly SearchHit[]
}

/** The search box of the frame: two characters, pinyin initials, tail of a phone or of a paper's number. Ctrl K opens it. */
export function FindBox({ providers }: { providers: readonly SearchProvider[] }) {
  const [open, setOpen] = useState(false)
  const { can } = useMe()
  const mine = useMemo(() => providers.filter((p) => can(p.verb)), [providers, can])
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setOpen(true)
      }
    }
    window.addEventListener('keydown', key)
    return () => window.removeEventListener('keydown', key)
  }, [])
  if (mine.length === 0) return null
  return (
    <>
      <button type="button" className="ag-search" aria-label="搜索" onClick={() => setOpen(true)}>
        <SearchOutlined />
        <span className="ag-search-words">搜{mine.map((p) => p.kind).join('、')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      {open ? <FindDialog providers={mine} close={() => setOpen(false)} /> : null}
    </>
  )
}

function FindDialog({ providers, close }: { providers: readonly SearchProvider[]; close: () => void }) {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { found, busy, fault } = useFound(providers, text)
  const hits = found.flatMap((f) => f.hits)
  const go = (hit: SearchHit | undefined) => {
    if (!hit) return
    close()
    void navigate(hit.to)
  }
  const key = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || hits.length === 0) return
    event.preventDefault()
    setAt((at + step + hits.length) % hits.length)
  }
  return (
    <Modal open footer={null} closable={false} onCancel={close} width={620} style={{ top: 72 }}>
      <Input autoFocus size="large" allowClear prefix={<SearchOutlined />} suffix={busy ? <Spin size="small" /> : <span />} placeholder="名称、拼音首字母、信用代码、电话后四位、文书号" value={text} maxLength={60} onChange={(e) => { setText(e.target.value); setAt(0) }} onKeyDown={key} onPressEnter={() => go(hits[at])} />
      <Hits found={found} at={hits[at]?.key} go={go} />
      <p className="ag-field-note">{fault ?? (text.trim().length < 2 ? '至少输入两个字' : !busy && hits.length === 0 ? '没有找到，可换简称、首字母或号码后几位再试' : '↑↓ 选择，回车打开')}</p>
    </Modal>
  )
}

function Hits({ found, at, go }: { found: readonly Found[]; at: string | undefined; go: (hit: SearchHit) => void }) {
  return (
    <ul className="ag-find-list">
      {found.filter((f) => f.hits.length > 0).map((f) => (
        <li key={f.kind}>
          <div className="ag-find-kind">{f.kind}</div>
          {f.hits.map((hit) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input above moves and opens by keyboard
            <div key={hit.key} className={hit.key === at ? 'ag-find-hit ag-find-on' : 'ag-find-hit'} onClick={() => go(hit)}>
              <span>{hit.title}</span>
              <small>{hit.note}</small>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** Asks all providers a short rest after the last key; an answer that comes too late is dropped. */
function useFound(providers: readonly SearchProvider[], text: string): { found: readonly Found[]; busy: boolean; fault: string | undefined } {
  const [state, setState] = useState<{ found: readonly Found[]; busy: boolean; fault: string | undefined }>({ found: [], busy: false, fault: undefined })
  useEffect(() => {
    const wanted = text.trim()
    if (wanted.length < 2) {
      setState({ found: [], busy: false, fault: undefined })
      return undefined
    }
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      setState((s) => ({ ...s, busy: true }))
      const answers = await Promise.allSettled(providers.map(async (p) => ({ kind: p.kind, hits: await p.search(wanted, stop.signal) })))
      if (stop.signal.aborted) return
      const failed = answers.find((a) => a.status === 'rejected')
      setState({ found: answers.flatMap((a) => (a.status === 'fulfilled' ? [a.value] : [])), busy: false, fault: failed ? asProblem(failed.reason).title : undefined })
    }, 250)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [providers, text])
  return state
}
