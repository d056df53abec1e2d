import type { z } from 'zod'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import type { CertificatesAnswer } from '../people.ts'
import { CERTIFICATE_KIND_ZH, CERTIFICATE_STATE_ZH } from '../zh.ts'
import { certificateKindOptions, certificateTone } from './words.ts'

type Row = z.output<typeof CertificatesAnswer>['rows'][number]

const columns: readonly Column<Row>[] = [
  { key: 'person', title: '持证人', width: 130, always: true },
  { key: 'organisation', title: '单位', width: 200 },
  { key: 'kind', title: '证件', width: 170, render: (c) => CERTIFICATE_KIND_ZH[c.kind] },
  { key: 'no', title: '证号', render: (c) => <span className="ag-num">{c.no}</span> },
  { key: 'validTo', title: '有效期至', width: 150, render: (c) => zhDate(c.validTo) },
  { key: 'state', title: '状态', width: 100, render: (c) => <StatusTag tone={certificateTone[c.state]}>{CERTIFICATE_STATE_ZH[c.state]}</StatusTag> },
  { key: 'issuedBy', title: '发证机关', width: 180, off: true },
]
const filters: readonly Filter[] = [{ key: 'kind', label: '证件', kind: 'choice', options: certificateKindOptions }]

/** 执法证件, the soonest to end first: without one in force on the day nobody inspects or signs. */
export default function CertificateList() {
  return (
    <>
      <PageHead title="执法证件" note="检查和签文书按行为当天核对；六十天内到期的列为快到期。" />
      <DataTable
        operation={operations.certificates}
        columns={columns}
        filters={filters}
        figures={(page) => {
          const f = page?.figures
          return [
            { label: '有效', value: f?.inForce, set: { state: 'IN_FORCE' } }, { label: '快到期', value: f?.expiring, set: { state: 'EXPIRING' }, tone: 'warn' },
            { label: '已过期', value: f?.expired, set: { state: 'EXPIRED' }, tone: 'late' }, { label: '已注销', value: f?.revoked, set: { state: 'REVOKED' } },
          ]
        }}
        rowLink={(c) => `/people/${c.personId}`}
        empty={{ title: '还没有登记证件', how: '在人员页由安全管理员登记行政执法证、专家聘书或考核合格证。' }}
      />
    </>
  )
}
