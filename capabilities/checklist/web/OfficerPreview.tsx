import { Select } from 'antd'
import { useState } from 'react'
import { ANSWER_CODES } from '../answers.ts'
import type { ChecklistItem } from '../checklist.ts'
import { ANSWER_NAMES } from '../zh.ts'
import './checklist.css'

/** One category as the phone shows it: one question a card, four large choices. Nothing can be pressed here. */
export function OfficerPreview({ items }: { items: readonly ChecklistItem[] }) {
  const categories = [...new Set(items.map((item) => item.category))]
  const [picked, setPicked] = useState<string>()
  const category = picked && categories.includes(picked) ? picked : categories[0]
  if (!category) return <p className="ag-faint">添加检查项后，这里显示手机上一个类别的样子。</p>
  return (
    <div className="cl-phone">
      <Select style={{ width: '100%' }} value={category} onChange={setPicked} options={categories.map((value) => ({ value, label: `${value}（${items.filter((i) => i.category === value).length}）` }))} />
      {items.filter((item) => item.category === category).map((item) => (
        <div key={item.code} className="cl-card">
          <b>{item.content}</b>
          <small>{item.method}</small>
          <div className="cl-answers">{ANSWER_CODES.map((code) => <span key={code}>{ANSWER_NAMES[code]}</span>)}</div>
          {item.evidence === 'PHOTO' ? <small>发现问题须拍照</small> : null}
        </div>
      ))}
    </div>
  )
}
