import { Form, Input, InputNumber, Modal, Select } from 'antd'
import { type ChecklistItem, EVIDENCE_KINDS, MAX_DEFAULT_DAYS, type Severity } from '../checklist.ts'
import { criteria, FALLBACK_CLAUSE, MULTIPLIER_CLAUSE, shortCitation } from '../criteria.ts'
import { basisText, readBasis } from '../laws.ts'
import { HAZARD_CATEGORY_CODES, categoryPath } from '../taxonomy.ts'
import { AUTHORITY_NAMES, EVIDENCE_NAMES, SEVERITY_NAMES } from '../zh.ts'

const clauseOptions = criteria.clauses.filter((c) => c.id !== MULTIPLIER_CLAUSE && c.id !== FALLBACK_CLAUSE).map((c) => ({ value: c.id, label: `${c.id} ${shortCitation(c)} ${c.summaryZh}` }))
const options = <T extends string>(names: Readonly<Record<T, string>>) => (Object.keys(names) as T[]).map((value) => ({ value, label: names[value] }))

type Typed = Omit<ChecklistItem, 'legalBasis'> & { basis: string }

/** One item. The basis is typed as offices write it (安法§36;GB 50054) and read back at once. */
export function ItemForm({ item, onSave, onClose }: { item: ChecklistItem | undefined; onSave: (item: ChecklistItem) => void; onClose: () => void }) {
  const [form] = Form.useForm<Typed>()
  const severity = Form.useWatch('severity', form) as Severity | undefined
  const basis = (Form.useWatch('basis', form) as string | undefined) ?? ''
  const { unread } = readBasis(basis)
  const save = ({ basis: text, transferTo, ...rest }: Typed) => onSave({ ...item, ...rest, code: rest.code.trim().toUpperCase(), majorClauseIds: rest.majorClauseIds ?? [], legalBasis: readBasis(text ?? '').basis, ...(transferTo ? { transferTo } : { transferTo: undefined }) })
  return (
    <Modal open width={720} title={item ? `修改 ${item.code}` : '添加检查项'} okText="确定" cancelText="取消" onCancel={onClose} onOk={() => form.submit()} mask={{ closable: false }}>
      <Form form={form} layout="vertical" onFinish={save} initialValues={item ? { ...item, basis: basisText(item.legalBasis) } : { severity: 'GENERAL', defaultDays: 3, evidence: 'PHOTO', majorClauseIds: [], hazardCategory: 'XC-01', basis: '' }}>
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 12 }}>
          <Form.Item name="code" label="编号" rules={[{ required: true, message: '编号：不能为空' }, { pattern: /^[A-Za-z]{1,6}-?\d{1,3}$/, message: '编号：字母加数字，例 YC-01' }]}><Input maxLength={10} /></Form.Item>
          <Form.Item name="category" label="类别" rules={[{ required: true, message: '类别：不能为空' }]}><Input maxLength={20} /></Form.Item>
          <Form.Item name="hazardCategory" label="隐患分类"><Select options={HAZARD_CATEGORY_CODES.map((value) => ({ value, label: categoryPath(value) }))} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
        </div>
        <Form.Item name="content" label="检查内容" rules={[{ required: true, message: '检查内容：不能为空' }]}><Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} /></Form.Item>
        <Form.Item name="method" label="判定方法" rules={[{ required: true, message: '判定方法：不能为空' }]}><Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} /></Form.Item>
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr 1fr', gap: 12 }}>
          <Form.Item name="severity" label="严重度"><Select options={options(SEVERITY_NAMES)} /></Form.Item>
          <Form.Item name="defaultDays" label="默认整改天数" extra={severity === 'STOP_USE' ? '立即停用须为 0' : '0 为立即'}><InputNumber min={0} max={MAX_DEFAULT_DAYS} precision={0} /></Form.Item>
          <Form.Item name="evidence" label="取证要求"><Select options={EVIDENCE_KINDS.map((value) => ({ value, label: EVIDENCE_NAMES[value] }))} /></Form.Item>
          <Form.Item name="transferTo" label="移送部门"><Select allowClear options={options(AUTHORITY_NAMES).filter((o) => o.value !== 'EMB')} /></Form.Item>
        </div>
        <Form.Item name="majorClauseIds" label="判定条款" extra={severity === 'MAJOR' ? '“重大”须写明判定条款' : '成立时按重大事故隐患；没有可不填'}><Select mode="multiple" options={clauseOptions} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
        <Form.Item name="basis" label="依据" {...(unread.length > 0 ? { validateStatus: 'error' as const, help: `看不懂：${unread.join('；')}，例：安法§36;10号令§11(3);GB 50054` } : { extra: '多个用分号隔开，例：安法§36;GB 50054' })}><Input maxLength={200} /></Form.Item>
        <Form.Item name="defaultRequirement" label="默认整改要求" rules={[{ required: true, message: '默认整改要求：不能为空' }]}><Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} /></Form.Item>
      </Form>
    </Modal>
  )
}
