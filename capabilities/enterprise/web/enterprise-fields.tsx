import { Select } from 'antd'
import type { FormField } from '../../../kernel/web/form.tsx'
import { needsParentSite, siteKinds } from '../site-kinds.ts'
import { GridPicker, HostPicker, IndustryPicker, ParkPicker } from './pickers.tsx'
import { identityOptions, industryTree, riskOptions, siteKindOptions, standardOptions } from './words.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const byCode = (values: Readonly<Record<string, unknown>>) => (values.identityKind ?? 'CREDIT_CODE') === 'CREDIT_CODE'

/** Who it is in law; a code whose check character is wrong is confirmed here with its reason. */
export const identityFields: readonly (FormField | { section: string })[] = [
  { section: '身份' },
  { key: 'identityKind', kind: 'radio', options: identityOptions },
  { key: 'creditCode', placeholder: '18 位', when: byCode, required: true },
  { key: 'creditCodeConfirmed', kind: 'flag', when: byCode, hint: '只在系统提示校验码不符、而执照确是如此时勾选' },
  { key: 'creditCodeReason', when: (values) => byCode(values) && values.creditCodeConfirmed === true, placeholder: '如：已核对营业执照原件' },
  { key: 'registrationNo', placeholder: '15 位', when: (values) => values.identityKind === 'REGISTRATION_NO' },
  { key: 'operatorIdNo', when: (values) => values.identityKind === 'NO_LICENSE', hint: '只保存打码后的号码' },
]

export const placeFields: readonly (FormField | { section: string })[] = [
  { section: '在哪里' },
  { key: 'gridId', kind: 'own', own: (value, set) => <GridPicker value={text(value)} onChange={set} /> },
  { key: 'parkId', kind: 'own', own: (value, set) => <ParkPicker value={text(value)} onChange={set} /> },
  { key: 'lon', kind: 'number', hint: 'WGS-84；没有可不填，走访时再定位' },
  { key: 'lat', kind: 'number' },
]

export const factFields: readonly (FormField | { section: string })[] = [
  { key: 'name' },
  { key: 'siteKind', kind: 'choice', options: siteKindOptions, hint: '三小、九小的面积、人数界限见当地规定' },
  { key: 'address' },
  { section: '人' },
  { key: 'legalRep' },
  { key: 'principalName' },
  { key: 'principalPhone', hint: '手机或带区号的固定电话；其他人只看到后四位' },
  { section: '行业和规模' },
  { key: 'industryCode', kind: 'own', own: (value, set) => <IndustryPicker value={text(value)} onChange={set} /> },
  { key: 'extraIndustries', kind: 'own', own: (value, set) => <ExtraIndustries value={Array.isArray(value) ? (value as string[]) : []} onChange={set} /> },
  { key: 'employees', kind: 'number', unit: '人' },
  { key: 'revenueWan', kind: 'number', unit: '万元' },
  { key: 'assetsWan', kind: 'number', unit: '万元' },
  { key: 'establishedOn', kind: 'date' },
  { key: 'standardLevel', kind: 'radio', options: standardOptions },
  { key: 'riskColor', kind: 'choice', options: riskOptions },
  { key: 'highRisk', kind: 'flag', hint: '矿山、金属冶炼、建筑施工、运输和危险物品（安全生产法第二十四条）' },
]

export const hostField: FormField = { key: 'parentSiteId', kind: 'own', required: true, when: (values) => needsParentSite(String(values.siteKind)), hint: siteKinds.FACTORY_IN_FACTORY.hint, own: (value, set) => <HostPicker value={text(value)} onChange={set} /> }

function ExtraIndustries({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const flat = industryTree().flatMap((section) => (section.children ?? []).map((division) => ({ value: division.value, label: division.title })))
  return <Select mode="multiple" maxCount={10} style={{ width: '100%' }} showSearch={{ optionFilterProp: 'label' }} options={flat} value={value} onChange={onChange} placeholder="大类，可多选" />
}
