import { useState } from 'react'
import { useNavigate } from 'react-router'
import { CommandForm, type FormField } from '../../../kernel/web/form.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { operations } from '../operations.ts'
import { parkKindZh } from '../park.ts'
import { GridPicker, ParkPicker } from './pickers.tsx'
import './enterprise.css'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

export const parkFields: readonly FormField[] = [
  { key: 'name' },
  { key: 'kind', kind: 'radio', options: Object.entries(parkKindZh).map(([value, label]) => ({ value, label })) },
  { key: 'parentParkId', kind: 'own', required: true, when: (values) => values.kind === 'PARK_IN_PARK', own: (value, set) => <ParkPicker value={text(value)} onChange={set} /> },
  { key: 'gridId', kind: 'own', own: (value, set) => <GridPicker value={text(value)} onChange={set} /> },
  { key: 'address' },
  { key: 'operatorName', hint: '承担统一协调管理责任的单位（安全生产法第四十九条）' },
  { key: 'contactName' },
  { key: 'contactPhone' },
  { key: 'landAreaM2', kind: 'number', unit: '平方米' },
  { key: 'floorAreaM2', kind: 'number', unit: '平方米' },
]

export default function NewPark() {
  const navigate = useNavigate()
  const [id] = useState(newId)
  const [name, ...rest] = parkFields
  return (
    <>
      <PageHead back={{ to: '/parks', label: '园区' }} title="新建园区" />
      <Section>
        <div className="en-form">
          <CommandForm operation={operations.createPark} input={{ id }} initial={{ kind: 'INDUSTRIAL_PARK' }} fields={[name!, { key: 'areaCode', kind: 'area' }, ...rest]} submit="建档" draft="park-new" onCancel={() => void navigate('/parks')} onDone={() => void navigate(`/parks/${id}`, { replace: true })} />
        </div>
      </Section>
    </>
  )
}
