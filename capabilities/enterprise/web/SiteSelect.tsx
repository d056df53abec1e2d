import { Select, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useRead } from '../../../kernel/web/client.ts'
import { operations } from '../operations.ts'

export interface FoundSite {
  readonly siteId: string
  readonly enterpriseId: string
  readonly name: string
  readonly address: string
}

const labelOf = (site: FoundSite) => `${site.name}（${site.address}）`

interface SiteSelectProps {
  /** The site that is chosen; absent where a choice is taken up at once and the box is empty again. */
  readonly value?: string | undefined
  /** What stands there for a `value` that was chosen before. */
  readonly known?: string | undefined
  readonly onPick: (site: FoundSite | undefined) => void
  /** Not offered again. */
  readonly taken?: readonly string[]
  readonly placeholder?: string
  readonly clearable?: boolean
}

/** Finds an enterprise by name, code, pinyin or the last digits of a phone, and gives its main site. */
export function SiteSelect({ value, known, onPick, taken = [], placeholder = '输入企业名称、信用代码、拼音首字母', clearable = false }: SiteSelectProps) {
  const [typed, setTyped] = useState('')
  const [picked, setPicked] = useState<FoundSite>()
  const q = useDeferredValue(typed.trim())
  const read = useRead(operations.find, { q: q || '-', limit: 20 }, { enabled: q !== '' })
  const found = (q ? (read.data?.rows ?? []) : []).flatMap(({ id, mainSiteId, name, address }) => (mainSiteId && !taken.includes(mainSiteId) ? [{ siteId: mainSiteId, enterpriseId: id, name, address }] : []))
  const label = picked && picked.siteId === value ? labelOf(picked) : known
  const chosen = value && label && !found.some((site) => site.siteId === value) ? [{ value, label }] : []
  return (
    <Select
      allowClear={clearable}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      style={{ width: '100%', maxWidth: 640 }}
      value={value ?? null}
      placeholder={placeholder}
      options={[...chosen, ...found.map((site) => ({ value: site.siteId, label: labelOf(site) }))]}
      notFoundContent={read.isFetching ? <Spin size="small" /> : q ? '没有找到，换几个字试试' : '请输入两个字以上'}
      onChange={(siteId: string | null | undefined) => {
        const site = found.find((one) => one.siteId === siteId)
        setPicked(site)
        setTyped('')
        onPick(site)
      }}
    />
  )
}
