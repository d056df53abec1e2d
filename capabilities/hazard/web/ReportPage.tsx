import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { CommandForm, type FormField } from '../../../kernel/web/form.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead } from '../../../kernel/web/parts.tsx'
import { SiteSelect } from '../../enterprise/web/public.tsx'
import { operations } from '../operations.ts'
import { photosField } from './inputs.tsx'
import { categoryOptions, isEnterprise, levelOptions, sourceOptions } from './words.ts'

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
    ...(site ? [] : [{ key: 'siteId', kind: 'own', own: (value: unknown, set: (v: unknown) => void) => <SiteSelect value={typeof value === 'string' ? value : undefined} onPick={(found) => set(found?.siteId)} /> } as const]),
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
