import { Button, Drawer, Skeleton } from 'antd'
import { Link } from 'react-router'
import { industryLabel } from '../../../capabilities/enterprise/industry.ts'
import { operatingStateZh } from '../../../capabilities/enterprise/lifecycle.ts'
import { operations } from '../../../capabilities/enterprise/operations.ts'
import { sizeGradeZh } from '../../../capabilities/enterprise/size.ts'
import { tagName } from '../../../capabilities/enterprise/web/words.ts'
import { OpenHazardsOf } from '../../../capabilities/hazard/web/public.tsx'
import { useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { Fields, RiskTag } from '../../../kernel/web/parts.tsx'
import { usePhone } from '../../../kernel/web/phone.ts'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'

/** One place of the map: who it is, what is open there, and the way to its file. */
export function EnterpriseDrawer({ id, close }: { id: string | undefined; close: () => void }) {
  const phone = usePhone()
  const { data, error, refetch } = useRead(operations.get, { id: id ?? '' }, { enabled: id !== undefined })
  const shown = data?.id === id ? data : undefined
  return (
    <Drawer open={id !== undefined} size={phone ? '100%' : 480} title={shown?.name ?? '监管对象'} onClose={close} destroyOnHidden>
      {error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : null}
      {shown ? <Brief id={shown.id} data={shown} /> : error ? null : <Skeleton active />}
    </Drawer>
  )
}

type View = NonNullable<ReturnType<typeof useRead<typeof operations.get>>['data']>

function Brief({ id, data }: { id: string; data: View }) {
  const me = useMe()
  return (
    <>
      <Fields
        columns={1}
        items={[
          { label: '风险等级', value: <RiskTag colour={data.riskColor} long /> },
          { label: '经营状态', value: operatingStateZh[data.state] },
          { label: '行业', value: data.industryCode ? industryLabel(data.industryCode) : null },
          { label: '规模', value: `${sizeGradeZh[data.sizeGrade]}${data.aboveScale ? ' · 规上' : ''}` },
          { label: '类别标签', value: data.tags.map(tagName).join('、') },
          { label: '所在', value: [data.streetName, data.areaName, data.gridName, data.parkName].filter((name, i, all) => name && all.indexOf(name) === i).join(' · ') },
          { label: '地址', value: data.address },
          { label: '主要负责人', value: [data.principalName, data.principalPhone].filter(Boolean).join(' ') },
        ]}
      />
      {me.can('hazard.read') ? <><h3 className="ag-map-sub">未销号隐患</h3><OpenHazardsOf enterpriseId={id} /></> : null}
      <p style={{ marginTop: 16 }}><Link to={`/enterprises/${id}`}><Button type="primary">打开一企一档</Button></Link></p>
    </>
  )
}
