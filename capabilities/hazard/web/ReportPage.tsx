import { Select, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useRead } from '../../../kernel/web/client.ts'
import { CommandForm, type FormField } from '../../../kernel/web/form.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead } from '../../../kernel/web/parts.tsx'
import { operations as enterprise } from '../../enterprise/operations.ts'
import { operations } from '../operations.ts'
import { photosField } from './inputs.tsx'
import { categoryOptions, isEnterprise, levelOptions, sourceOptions } from './words.ts'

/** Finds the place by name, code or pinyin; an enterprise's own sites are offered at once. */
function SiteInput({ value, set }: { value: unknown; set: (id: unknown) => void }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const read = useRead(enterprise.find, { q: q || '-', limit: 20 }, { enabled: q.length > 0 })
  const found = q ? (read.data?.rows ?? []) : []
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={typeof value === 'string' ? value : null}
      placeholder="企业名称、信用代码、拼音首字母"
      notFoundContent={read.isFetching ? <Spin size="small" /> : q ? '没有找到' : '请输入两个字以上'}
      options={found.filter((e) => e.mainSiteId).map((e) => ({ value: e.mainSiteId, label: `${e.name}（${e.address}）` }))}
      onChange={(id: string) => set(id)}
    />
  )
}

/** How this person usually finds one: officers by inspection, grid officers on patrol. */
const sourceFor = (can: (verb: string) => boolean) => (can('visit.inspect') ? 'INSPECTION' : 'PATROL') as 'INSPECTION' | 'PATROL'

/** 上报隐患 (T1): where, what, photo; the rest is the confirmer's. */
export default function ReportPage() {
  const me = useMe()
  const go = useNavigate()
  const [params] = useSearchParams()
  const [id] = useState(newId)
  const own = isEnterprise(me)
  const site = params.get('siteId')
  const fields: FormField[] = [
    ...(site ? [] : [{ key: 'siteId', kind: 'own', own: (value: unknown, set: (v: unknown) => void) => <SiteInput value={value} set={set} /> } as const]),
    ...(own ? [] : [{ key: 'source', kind: 'choice', options: sourceOptions } as const]),
    { key: 'category', kind: 'choice', options: categoryOptions, required: true },
    { key: 'location', placeholder: '如 喷涂车间3号配电箱' },
    { key: 'description', kind: 'long', max: 500 },
    { ...photosField('photosBefore', ''), hint: '基础管理类可不拍照', required: false },
    { key: 'level', kind: 'radio', options: levelOptions, hint: '疑似重大的两小时内核定' },
    { key: 'immediateStop', kind: 'flag', hint: '设备须马上停用或人员须撤离' },
    { key: 'fixedOnSite', kind: 'flag', when: (v) => v.level !== 'MAJOR' },
    { ...photosField('photosAfter', ''), when: (v) => v.fixedOnSite === true, hint: '与整改前同一角度' },
    { key: 'requirement', kind: 'long', required: false },
  ]
  return (
    <>
      <PageHead title={own ? '登记自查隐患' : '上报隐患'} back={{ to: '/hazards', label: own ? '本企业隐患' : '隐患台账' }} note="同一处同一项未销号时再报，记为再次发现，只计一宗。" />
      <CommandForm operation={operations.report} fields={fields} input={{ id, ...(site ? { siteId: site } : {}), ...(own ? { source: 'SELF_CHECK' as const } : {}) }} initial={{ level: 'GENERAL', source: sourceFor(me.can) }} submit="上报" draft="hazard-report" onDone={(h) => void go(`/hazards/${h.id}`)} onCancel={() => void go('/hazards')} />
    </>
  )
}
