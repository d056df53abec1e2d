import { Button, Input, Select } from 'antd'
import { serverNow } from '../../../kernel/web/clock.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { contactDutyZh, type EnterpriseView } from '../enterprise.ts'
import { type OperatingState, operatingStateZh } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { needsParentSite } from '../site-kinds.ts'
import { cleanExtra, tagFields } from '../tag-fields.ts'
import { GridPicker, HostPicker, ParkPicker } from './pickers.tsx'
import { type ChosenTag, TagEditor } from './TagEditor.tsx'
import { siteKindOptions, tagName } from './words.ts'

type Site = EnterpriseView['sites'][number]
export type Opened =
  | { kind: 'state'; to: OperatingState; label: string }
  | { kind: 'contacts' | 'tags' | 'relocate' | 'site' | 'void' | 'own' }
  | { kind: 'move' | 'close'; site: Site }

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const gridField: FormField = { key: 'gridId', kind: 'own', own: (value, set) => <GridPicker value={text(value)} onChange={set} /> }
const parkField: FormField = { key: 'parkId', kind: 'own', own: (value, set) => <ParkPicker value={text(value)} onChange={set} /> }
const sinceField: FormField = { key: 'since', kind: 'date', hint: '可补登过去的日期，不能晚于今天' }
const reasonField: FormField = { key: 'reason', kind: 'long', rows: 3, max: 200 }

/** Every act on one file, each in its dialog. */
export function EnterpriseDialogs({ view, opened, close }: { view: EnterpriseView; opened: Opened | undefined; close: () => void }) {
  if (!opened) return null
  const input = { id: view.id, baseVersion: view.version }
  const today = localDate(serverNow())
  const shared = { onClose: close, draft: `enterprise-${opened.kind}-${view.id}` }
  switch (opened.kind) {
    case 'state':
      return <ReasonDialog {...shared} title={opened.label} operation={operations.setState} input={{ ...input, state: opened.to }} initial={{ since: today }} confirm="登记" danger={opened.to === 'ORDERED_STOP' || opened.to === 'CANCELLED'} fields={[sinceField, reasonField]} act={{ does: `经营状态由“${operatingStateZh[view.state]}”改为“${operatingStateZh[opened.to]}”，此前的状态留在历次变更里`, whom: view.name }} />
    case 'own':
      return <ReasonDialog {...shared} title="更新本企业资料" operation={operations.editOwn} input={input} confirm="保存" fields={ownFields} initial={{ principalName: view.principalName, principalPhone: view.principalPhone, employees: view.employees, revenueWan: view.revenueWan, assetsWan: view.assetsWan, loadPercent: view.loadPercent }} />
    case 'contacts':
      return <ReasonDialog {...shared} title="更新联系人" width={720} operation={operations.setContacts} input={input} confirm="保存" fields={[contactsField]} initial={{ contacts: view.contacts }} act={{ does: '联系人按所填的改，并记为今天已核实' }} />
    case 'tags':
      return <TagDialog view={view} shared={shared} input={input} />
    case 'relocate':
      return <ReasonDialog {...shared} title="调整管辖区划" operation={operations.relocate} input={input} initial={{ since: today }} confirm="调整" fields={[{ key: 'areaCode', kind: 'area' }, gridField, sinceField, reasonField]} act={{ does: '自起始日期起由新的街道、社区、安格管辖；以前的检查、隐患仍记在当时的区划', whom: view.name }} />
    case 'site':
      return <ReasonDialog {...shared} title="增加经营场所" operation={operations.addSite} input={{ ...input, siteId: newId() }} confirm="增加" fields={siteFields} />
    case 'move':
      return <ReasonDialog {...shared} title={`场所迁移：${opened.site.name}`} operation={operations.moveSite} input={{ ...input, siteId: opened.site.id }} initial={{ areaCode: opened.site.areaCode, gridId: opened.site.gridId, parkId: opened.site.parkId, address: opened.site.address, since: today }} confirm="登记迁移" fields={[{ key: 'areaCode', kind: 'area' }, gridField, parkField, { key: 'address' }, sinceField, reasonField]} act={{ does: opened.site.isMain ? '主场所和企业的管辖区划一起改；以前的记录仍在原处' : '这处场所改到新址；以前的记录仍在原处', whom: view.name }} />
    case 'close':
      return <ReasonDialog {...shared} title={`停用场所：${opened.site.name}`} operation={operations.closeSite} input={{ ...input, siteId: opened.site.id }} initial={{ closedOn: today }} confirm="停用" danger fields={[{ key: 'closedOn', kind: 'date' }, reasonField]} act={{ does: '这处场所不再安排检查，已有的记录保留', whom: opened.site.name }} />
    case 'void':
      return <ReasonDialog {...shared} title="作废档案" operation={operations.void} input={input} confirm="作废" danger fields={[reasonField]} act={{ does: '这份档案不再出现在名册和统计里，经过和记录保留备查；信用代码可重新建档', whom: view.name }} />
  }
}

const ownFields: readonly FormField[] = [
  { key: 'principalName' }, { key: 'principalPhone', hint: '不改就不用动；手机或带区号的固定电话' }, { key: 'employees', kind: 'number', unit: '人' }, { key: 'revenueWan', kind: 'number', unit: '万元' }, { key: 'assetsWan', kind: 'number', unit: '万元' }, { key: 'loadPercent', kind: 'number', unit: '%' },
]

const siteFields: readonly FormField[] = [
  { key: 'name' }, { key: 'kind', kind: 'choice', options: siteKindOptions }, { key: 'parentSiteId', kind: 'own', hint: '厂中厂必填', required: true, when: (values) => needsParentSite(String(values.kind)), own: (value, set) => <HostPicker value={text(value)} onChange={set} /> },
  { key: 'areaCode', kind: 'area' }, gridField, parkField, { key: 'address' }, { key: 'floor', placeholder: '如 3 楼东侧' }, { key: 'floorAreaM2', kind: 'number', unit: '平方米' },
]

interface ContactInput {
  id: string
  name: string
  duty: string
  phone: string | null
}

const dutyOptions = Object.entries(contactDutyZh).map(([value, label]) => ({ value, label }))

const contactsField: FormField = {
  key: 'contacts', kind: 'own', required: false,
  own: (value, set) => {
    const list = Array.isArray(value) ? (value as ContactInput[]) : []
    const change = (at: number, more: Partial<ContactInput>) => set(list.map((contact, i) => (i === at ? { ...contact, ...more } : contact)))
    return (
      <div className="en-contacts">
        {list.map((contact, i) => (
          <div key={contact.id} style={{ display: 'flex', gap: 8, marginBottom: 8, flexWrap: 'wrap' }}>
            <Input style={{ width: 130 }} aria-label="姓名" placeholder="姓名" maxLength={40} value={contact.name} onChange={(event) => change(i, { name: event.target.value })} />
            <Select style={{ width: 150 }} aria-label="职责" options={dutyOptions} value={contact.duty} onChange={(duty: string) => change(i, { duty })} />
            <Input style={{ width: 180 }} aria-label="电话" placeholder="电话" maxLength={40} value={contact.phone ?? ''} onChange={(event) => change(i, { phone: event.target.value || null })} />
            <Button onClick={() => set(list.filter((_, at) => at !== i))}>删去</Button>
          </div>
        ))}
        <Button onClick={() => set([...list, { id: newId(), name: '', duty: 'SAFETY_MANAGER', phone: null }])}>增加一人</Button>
      </div>
    )
  },
}

/** A tag keeps the extra data that it had; what is left empty is not known yet. */
function TagDialog({ view, shared, input }: { view: EnterpriseView; shared: { onClose: () => void; draft: string }; input: { id: string; baseVersion: number } }) {
  const known = new Map<string, Record<string, unknown>>(view.tagDetails.map((tag) => [tag.code, tag.extra]))
  const field: FormField = {
    key: 'tags', kind: 'own', required: false, hint: '每个标签下面是法规要求掌握的情况，可以以后再补',
    own: (value, set) => <TagEditor value={Array.isArray(value) ? (value as ChosenTag[]) : []} known={known} set={set} />,
  }
  const initial = { tags: view.tags.map((code) => ({ code, extra: known.get(code) ?? {} })) as never }
  const prepare = (values: Record<string, unknown>) => ({ tags: ((values.tags ?? []) as ChosenTag[]).map(({ code, extra }) => ({ code, extra: cleanExtra(tagFields[code], extra) })) })
  return <ReasonDialog {...shared} title="类别标签" width={640} prepare={prepare} operation={operations.setTags} input={input} initial={initial} confirm="保存" fields={[field]} act={{ does: '标签决定用哪些检查表、按什么频次查', whom: view.tags.map(tagName).join('、') || '还没有标签' }} />
}
