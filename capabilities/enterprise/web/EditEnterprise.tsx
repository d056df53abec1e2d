import { Skeleton } from 'antd'
import { useNavigate, useParams } from 'react-router'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { CommandForm } from '../../../kernel/web/form.tsx'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { EnterpriseView } from '../enterprise.ts'
import { operations } from '../operations.ts'
import { factFields, identityFields, placeFields } from './enterprise-fields.tsx'
import './enterprise.css'

/** Changes of the file; what is left as it was is not written, and the history keeps what it replaces. */
export default function EditEnterprise() {
  const { id = '' } = useParams()
  const navigate = useNavigate()
  const { data, error, refetch } = useRead(operations.get, { id })
  if (error && !data) return <ProblemView problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 12 }} />
  const back = `/enterprises/${id}`
  const fields = [...identityFields, { section: '基本情况' }, ...factFields, ...placeFields, { section: '说明' }, { key: 'contactsVerified', kind: 'flag' as const, hint: '今天已打通电话核实' }, { key: 'reason', kind: 'long' as const, rows: 2, max: 200, placeholder: '变更依据，如：变更登记、现场核实' }]
  return (
    <>
      <PageHead back={{ to: back, label: data.name }} title="修改资料" note="管辖区划、经营状态、标签和场所在档案页上各自办理。" />
      <Section>
        <div className="en-form">
          <CommandForm key={data.version} operation={operations.update} input={{ id, baseVersion: data.version }} initial={initialOf(data)} fields={fields} submit="保存" draft={`enterprise-edit-${id}`} onCancel={() => void navigate(back)} onDone={() => void navigate(back, { replace: true })} />
        </div>
      </Section>
    </>
  )
}

function initialOf(view: EnterpriseView): Partial<InputOf<typeof operations.update>> {
  const { identityKind, creditCode, registrationNo, name, address, legalRep, principalName, principalPhone, industryCode, extraIndustries, employees, revenueWan, assetsWan, establishedOn, standardLevel, riskColor, highRisk, gridId, parkId, lon, lat } = view
  return { identityKind, creditCode, registrationNo, name, address, legalRep, principalName, principalPhone, industryCode, extraIndustries, employees, revenueWan, assetsWan, establishedOn, standardLevel, riskColor, highRisk, gridId, parkId, lon, lat, siteKind: view.siteKind as 'OTHER' }
}
