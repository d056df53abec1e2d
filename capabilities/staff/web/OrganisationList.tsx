import { Button, Table } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import { ORGANISATION_KIND_ZH } from '../zh.ts'
import { organisationKindOptions } from './words.ts'

type Row = OutputOf<typeof operations.organisations>['rows'][number]

/** 单位和科室: where people belong, and the word that stands in the numbers of papers. */
export default function OrganisationList() {
  const read = useRead(operations.organisations, {})
  const [asked, setAsked] = useState<{ edit: Row | undefined } | { close: Row }>()
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const rows = read.data?.rows ?? []
  const edit = asked && 'edit' in asked ? asked.edit : undefined
  return (
    <>
      <PageHead title="单位和科室" note="应急管理局的文书代字用于文书字号，例：澜安澜应急责改〔2026〕12号。" actions={<Button type="primary" onClick={() => setAsked({ edit: undefined })}>新建单位</Button>} />
      <Section flush>
        {read.data && rows.length === 0 ? <EmptyState title="还没有单位" how="先建应急管理局，再建科室和街道应急办。" /> : (
          <Table<Row> size="small" rowKey="id" loading={!read.data} dataSource={rows} pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }} columns={[
            { title: '名称', dataIndex: 'name', render: (name: string, o) => <>{name}{o.validTo ? <small className="ag-faint">（{zhDate(o.validTo)}撤销）</small> : null}</> },
            { title: '种类', dataIndex: 'kind', width: 140, render: (kind: Row['kind']) => ORGANISATION_KIND_ZH[kind] }, { title: '区划', dataIndex: 'areaName', width: 160 },
            { title: '文书代字', dataIndex: 'paperPrefix', width: 110, render: (prefix: string | null) => prefix ?? '—' },
            { title: '人员', dataIndex: 'people', width: 90, align: 'right', render: (n: number, o) => <Link to={`/people?organisationId=${o.id}`}>{n} 人</Link> },
            { title: '', key: 'acts', width: 130, render: (_, o) => (o.validTo ? null : <><Button size="small" type="text" onClick={() => setAsked({ edit: o })}>修改</Button><Button size="small" type="text" danger onClick={() => setAsked({ close: o })}>撤销</Button></>) },
          ]} />
        )}
      </Section>
      {asked && 'edit' in asked ? (
        <ReasonDialog title={edit ? `修改${edit.name}` : '新建单位'} operation={operations.saveOrganisation} input={{ id: edit?.id ?? newId(), baseVersion: edit?.version ?? null }} confirm="保存" onClose={() => setAsked(undefined)}
          initial={edit ? { name: edit.name, kind: edit.kind, areaCode: edit.areaCode, parentId: edit.parentId, paperPrefix: edit.paperPrefix } : { kind: 'TEAM' }}
          fields={[{ key: 'name', max: 60 }, { key: 'kind', kind: 'choice', options: organisationKindOptions }, { key: 'areaCode', kind: 'area' }, { key: 'parentId', kind: 'choice', required: false, options: rows.filter((o) => o.id !== edit?.id && !o.validTo).map((o) => ({ value: o.id, label: o.name })) }, { key: 'paperPrefix', required: false, max: 10 }]}
          prepare={(values) => ({ ...values, parentId: values.parentId ?? null, paperPrefix: values.paperPrefix ?? null })} />
      ) : null}
      {asked && 'close' in asked ? <ReasonDialog title={`撤销${asked.close.name}`} operation={operations.closeOrganisation} input={{ id: asked.close.id, baseVersion: asked.close.version }} fields={[{ key: 'validTo', label: '最后一天', kind: 'date' }, { key: 'reason', kind: 'long', max: 200 }]} confirm="撤销" danger onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}
