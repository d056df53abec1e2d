import { App, Button, Dropdown, Input, Modal } from 'antd'
import { useState } from 'react'
import { useKept } from './kept.ts'
import type { TableState } from './table-state.ts'
import type { View } from './table-types.ts'

/** Views as tabs: those of the screen, then one's own. An own view is a name for a set of filters; its address can be sent. */
export function ViewTabs({ name, views, state }: { name: string; views: readonly View[]; state: TableState }) {
  const [own, setOwn] = useKept<View[]>(`views.${name}`, [])
  const [naming, setNaming] = useState(false)
  const all = [{ name: '全部', set: {} }, ...views]
  const here = [...all, ...own].find((view) => same(view.set, state.set))
  const unnamed = !here && Object.keys(state.set).length > 0
  if (views.length === 0 && own.length === 0 && !unnamed) return null
  return (
    <div className="ag-views" role="tablist" aria-label="视图">
      {all.map((view) => <Tab key={view.name} view={view} on={here === view} pick={() => state.replaceAll(view.set)} />)}
      {own.map((view) => (
        <span key={`own-${view.name}`} className="ag-view-own">
          <Tab view={view} on={here === view} pick={() => state.replaceAll(view.set)} />
          <OwnMenu view={view} remove={() => setOwn(own.filter((v) => v !== view))} />
        </span>
      ))}
      {unnamed ? <Button type="link" size="small" onClick={() => setNaming(true)}>存为视图</Button> : null}
      {naming ? <NameDialog taken={[...all, ...own].map((v) => v.name)} close={() => setNaming(false)} save={(given) => setOwn([...own, { name: given, set: state.set }])} /> : null}
    </div>
  )
}

function Tab({ view, on, pick }: { view: View; on: boolean; pick: () => void }) {
  return <button type="button" role="tab" aria-selected={on} className={on ? 'ag-view ag-view-on' : 'ag-view'} onClick={pick}>{view.name}</button>
}

function OwnMenu({ view, remove }: { view: View; remove: () => void }) {
  const { message } = App.useApp()
  const copy = async () => {
    const address = `${location.href.split('#')[0]}#${location.hash.slice(1).split('?')[0]}?${new URLSearchParams(said(view.set))}`
    try {
      await navigator.clipboard.writeText(address)
      message.success('链接已复制，同事在其管辖范围内可打开')
    } catch {
      message.info(address, 8)
    }
  }
  return (
    <Dropdown trigger={['click']} menu={{ items: [{ key: 'copy', label: '复制链接', onClick: () => void copy() }, { key: 'remove', label: '删除视图', onClick: remove }] }}>
      <button type="button" className="ag-view-more" aria-label={`视图“${view.name}”的操作`}>⋯</button>
    </Dropdown>
  )
}

function NameDialog({ taken, close, save }: { taken: readonly string[]; close: () => void; save: (name: string) => void }) {
  const [name, setName] = useState('')
  const given = name.trim()
  const wrong = taken.includes(given) ? '已有同名视图' : undefined
  const done = () => {
    if (!given || wrong) return
    save(given)
    close()
  }
  return (
    <Modal open title="存为视图" okText="存下" cancelText="取消" onCancel={close} onOk={done} okButtonProps={{ disabled: !given || !!wrong }} width={400}>
      <Input autoFocus maxLength={12} placeholder="给这组筛选起个名字" value={name} onChange={(e) => setName(e.target.value)} onPressEnter={done} />
      <p className="ag-field-note">{wrong ?? '只保存在本机，供您自己使用；链接可以发给同事。'}</p>
    </Modal>
  )
}

type Values = Readonly<Record<string, string | undefined>>

const said = (values: Values): [string, string][] => Object.entries(values).filter((pair): pair is [string, string] => !!pair[1])

function same(a: Values, b: Values): boolean {
  const pairs = said(a)
  return pairs.length === said(b).length && pairs.every(([key, value]) => b[key] === value)
}
