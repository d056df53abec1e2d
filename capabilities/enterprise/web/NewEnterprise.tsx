import { useState } from 'react'
import { useNavigate } from 'react-router'
import { CommandForm } from '../../../kernel/web/form.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { operations } from '../operations.ts'
import { factFields, hostField, identityFields, placeFields } from './enterprise-fields.tsx'
import { tagOptions } from './words.ts'
import './enterprise.css'

/** One new file; for many there is the import. */
export default function NewEnterprise() {
  const navigate = useNavigate()
  // Made once: sending again after a timeout is the same enterprise, not a second one.
  const [ids] = useState(() => ({ id: newId(), siteId: newId() }))
  const fields = [
    ...identityFields, { section: '基本情况' }, ...factFields, hostField, ...placeFields.slice(0, 1), { key: 'areaCode', kind: 'area' as const }, ...placeFields.slice(1), { key: 'floorAreaM2', kind: 'number' as const, unit: '平方米' },
    { section: '类别' }, { key: 'tags', kind: 'choices' as const, options: tagOptions, required: false }, { key: 'duplicateConfirmed', kind: 'flag' as const, hint: '只在系统提示已有同名同址、而确是另一家时勾选' },
  ]
  return (
    <>
      <PageHead back={{ to: '/enterprises', label: '监管对象' }} title="新建监管对象" note="建档同时登记主场所。规模按国统字〔2017〕213号自动定，规上以统计名录为准。" />
      <Section>
        <div className="en-form">
          <CommandForm operation={operations.create} input={ids} initial={{ identityKind: 'CREDIT_CODE', siteKind: 'PRODUCTION_SITE', standardLevel: 'NONE', highRisk: false }} fields={fields} submit="建档" draft="enterprise-new" onCancel={() => void navigate('/enterprises')} onDone={() => void navigate(`/enterprises/${ids.id}`, { replace: true })} />
        </div>
      </Section>
    </>
  )
}
