import { Alert, Button, Drawer, Form, Input, InputNumber, Radio, Select, Space, Switch } from 'antd'
import { useState } from 'react'
import { usePhone } from '../../../kernel/web/phone.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { Item } from '../../../kernel/web/labelled.tsx'
import { PhotoInput } from '../../attachment/web/public.tsx'
import type { ChecklistItem } from '../../checklist/checklist.ts'
import { clauseById, clauseInForce, criteria, FALLBACK_CLAUSE, MULTIPLIER_CLAUSE, shortCitation } from '../../checklist/criteria.ts'
import { categoryPath, HAZARD_CATEGORIES } from '../../checklist/taxonomy.ts'
import type { DraftFinding } from './recording.ts'

const categories = HAZARD_CATEGORIES.map((c) => ({ value: c.code, label: categoryPath(c.code) }))

/** Clauses in force today: those of the item first. The legal level is decided by a clause, not by opinion (domain §2.1). */
function clauseOptions(item: ChecklistItem | undefined) {
  const today = localDate(serverNow())
  const own = item?.majorClauseIds ?? []
  const others = criteria.clauses.filter((c) => !own.includes(c.id) && c.id !== MULTIPLIER_CLAUSE && c.id !== FALLBACK_CLAUSE && clauseInForce(c, today)).map((c) => c.id)
  return [...own, ...others].flatMap((id) => {
    const clause = clauseById(id)
    return clause && clauseInForce(clause, today) ? [{ value: id, label: `${shortCitation(clause)}：${clause.summaryZh}` }] : []
  })
}

/** What is missing before a finding can stand, in words. */
function lacks(f: DraftFinding, item: ChecklistItem | undefined): string[] {
  const photo = (item?.evidence ?? 'PHOTO') === 'PHOTO'
  return [
    !f.location.trim() && '部位', !f.description.trim() && '情况', !f.requirement.trim() && '整改要求', photo && !f.before.length && '照片', f.fixed && !f.after.length && '整改后照片', f.level === 'MAJOR' && !f.clauseId && '判定条款',
  ].filter((x): x is string => !!x)
}

/** A finding as a sheet: photo first, everything else filled in from the item and editable. */
export function FindingSheet({ value, item, enterpriseId, places, onSave, onRemove, onClose }: { value: DraftFinding; item: ChecklistItem | undefined; enterpriseId: string; places: readonly string[]; onSave: (finding: DraftFinding) => void; onRemove: (() => void) | undefined; onClose: () => void }) {
  const phone = usePhone()
  const [f, setF] = useState(value)
  const set = (more: Partial<DraftFinding>) => {
    const next = { ...f, ...more }
    setF(next)
    // Kept with every keystroke; the record itself refuses what is still missing.
    onSave(next)
  }
  const missing = lacks(f, item)
  return (
    <Drawer
      open
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 520}
      title={item ? `${item.code} ${item.content}` : '检查表以外的隐患'}
      onClose={onClose}
      footer={<Space>{onRemove ? <Button danger onClick={onRemove}>删去</Button> : null}<Button type="primary" onClick={onClose}>{missing.length ? '先存，稍后补' : '完成'}</Button>{missing.length ? <span className="quiet">还缺：{missing.join('、')}</span> : null}</Space>}
    >
      <Form layout="vertical" component="div">
        <Item label="整改前照片"><PhotoInput value={f.before} onChange={(before) => set({ before })} enterpriseId={enterpriseId} /></Item>
        <Item label="部位" required>
          <Input maxLength={100} value={f.location} onChange={(e) => set({ location: e.target.value })} placeholder="如：一车间东侧配电箱" />
          {places.length ? <Space wrap size={4} style={{ marginTop: 6 }}>{places.slice(0, 5).map((p) => <Button key={p} size="small" onClick={() => set({ location: p })}>{p}</Button>)}</Space> : null}
        </Item>
        <Item label="情况" required><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} value={f.description} onChange={(e) => set({ description: e.target.value })} /></Item>
        <Item label="整改要求" required><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} value={f.requirement} onChange={(e) => set({ requirement: e.target.value })} /></Item>
        <LevelFields f={f} set={set} item={item} />
        <Item label="现场已改" extra={f.level === 'MAJOR' ? '重大事故隐患不能按现场已改了结' : undefined}>
          <Switch checked={f.fixed} disabled={f.level === 'MAJOR'} onChange={(fixed) => set({ fixed })} />
        </Item>
        {f.fixed ? <Item label="整改后照片（同一角度）" required><PhotoInput value={f.after} onChange={(after) => set({ after })} enterpriseId={enterpriseId} /></Item> : null}
        {f.fixed ? null : (
          <Item label="整改天数" extra="0 天即立即整改，最多 30 天">
            <Space wrap>{[0, 1, 3, 7, 15].map((d) => <Button key={d} type={f.days === d ? 'primary' : 'default'} onClick={() => set({ days: d })}>{d === 0 ? '立即' : `${d}天`}</Button>)}<InputNumber min={0} max={30} precision={0} value={f.days} onChange={(d) => set({ days: d ?? 0 })} aria-label="整改天数" /></Space>
          </Item>
        )}
        <Item label="类别"><Select showSearch={{ optionFilterProp: 'label' }} value={f.category} options={categories} onChange={(category: string) => set({ category })} /></Item>
      </Form>
    </Drawer>
  )
}

function LevelFields({ f, set, item }: { f: DraftFinding; set: (more: Partial<DraftFinding>) => void; item: ChecklistItem | undefined }) {
  return (
    <>
      <Item label="级别">
        <Radio.Group value={f.level} onChange={(e) => set({ level: e.target.value as DraftFinding['level'], ...(e.target.value === 'MAJOR' ? { fixed: false, clauseId: f.clauseId ?? item?.majorClauseIds[0] } : {}) })}>
          <Radio.Button value="GENERAL">一般</Radio.Button>
          <Radio.Button value="MAJOR">重大</Radio.Button>
        </Radio.Group>
      </Item>
      {f.level === 'MAJOR' ? (
        <>
          <Alert type="warning" title="重大事故隐患以判定条款为准，并须专家意见或集体研判；未齐全的待核定。" style={{ marginBottom: 12 }} />
          <Item label="判定条款" required><Select showSearch={{ optionFilterProp: 'label' }} value={f.clauseId ?? null} options={clauseOptions(item)} onChange={(clauseId: string) => set({ clauseId })} /></Item>
          <Item label="集体研判意见"><Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} value={f.opinion} onChange={(e) => set({ opinion: e.target.value })} /></Item>
          <Item label="研判人"><Input maxLength={40} value={f.opinionBy} onChange={(e) => set({ opinionBy: e.target.value })} /></Item>
        </>
      ) : null}
      <Item label="立即停用" extra="漏气、锁闭出口、防护失效等，当场停用设备或撤人"><Switch checked={f.immediateStop} onChange={(immediateStop) => set({ immediateStop })} /></Item>
    </>
  )
}
