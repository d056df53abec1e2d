import { Button } from 'antd'
import { Link } from 'react-router'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { Fields, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { operations as district } from '../../district/operations.ts'
import { MEMBER_POST_ZH } from '../../district/zh.ts'
import { type EnterpriseView, historyFieldZh, standardLevelZh } from '../enterprise.ts'
import { industryLabel } from '../industry.ts'
import { operatingStateZh } from '../lifecycle.ts'
import { sizeGradeZh } from '../size.ts'
import { said } from '../tag-fields.ts'
import type { TagCode } from '../tags.ts'
import type { Opened } from './EnterpriseDialogs.tsx'
import { siteKindName, tagName } from './words.ts'

/** Places of business: where, in which park and building, inside whose plant, under which lease. */
export function Sites({ view, onOpen }: { view: EnterpriseView; onOpen: (opened: Opened) => void }) {
  const may = view.actions.some((action) => action.action === 'addSite' && action.allowed)
  return (
    <Section title={`经营场所 ${view.sites.length} 处`} extra={may ? <Button size="small" onClick={() => onOpen({ kind: 'site' })}>增加场所</Button> : null}>
      {view.sites.map((site) => (
        <div key={site.id} className="en-site">
          <div className="en-site-head">
            <b>{site.name}</b>
            {site.isMain ? <StatusTag tone="wait">主场所</StatusTag> : null}
            <StatusTag>{siteKindName(site.kind)}</StatusTag>
            {site.closedOn ? <StatusTag tone="plain">{zhDate(site.closedOn)}停用</StatusTag> : null}
            {may && !site.closedOn ? <Button size="small" type="link" onClick={() => onOpen({ kind: 'move', site })}>迁移</Button> : null}
            {may && !site.closedOn && !site.isMain ? <Button size="small" type="link" onClick={() => onOpen({ kind: 'close', site })}>停用</Button> : null}
          </div>
          <p>{[site.areaName, site.gridName, site.parkName, site.buildingName, site.address, site.floor].filter(Boolean).join(' · ')}</p>
          {site.parentSiteName ? <p>位于 {site.parentSiteName} 厂区内</p> : null}
          {site.lease ? <p>向 {site.lease.lessor ?? '—'} 承租{site.lease.areaM2 ? ` ${site.lease.areaM2} 平方米` : ''}，{zhDate(site.lease.validFrom)}起{site.lease.validTo ? `至${zhDate(site.lease.validTo)}` : ''}；{site.lease.hasAgreement ? '已签安全生产管理协议' : <b className="en-warn">未签安全生产管理协议</b>}</p> : null}
          <p className="ag-num">{site.code}</p>
        </div>
      ))}
    </Section>
  )
}

/** What each tag's law asks to be known. */
export function TagDetails({ view }: { view: EnterpriseView }) {
  const known = view.tagDetails.filter((tag) => Object.keys(tag.extra).length > 0)
  if (!known.length) return null
  return (
    <Section title="类别附加数据">
      {known.map((tag) => (
        <div key={tag.code} className="en-site">
          <b>{tagName(tag.code)}</b>
          <Fields columns={1} items={said(tag.code as TagCode, tag.extra)} />
        </div>
      ))}
    </Section>
  )
}

/** What state, jurisdiction, industry and size were, and until when. */
export function History({ view }: { view: EnterpriseView }) {
  if (!view.history.length) return null
  return (
    <Section title="历次变更">
      <ul className="en-list">
        {view.history.map((row) => (
          <li key={`${row.field}${row.validFrom}`}>
            <span>{historyFieldZh[row.field]}：{valueText(row.field, row.value)}<small>{row.source}</small></span>
            <span className="ag-num">{zhDate(row.validFrom)}{row.validTo ? `至${zhDate(row.validTo)}` : '起'}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function valueText(field: EnterpriseView['history'][number]['field'], value: unknown): string {
  const text = String(value)
  switch (field) {
    case 'STATE':
      return (operatingStateZh as Readonly<Record<string, string>>)[text] ?? text
    case 'SIZE':
      return (sizeGradeZh as Readonly<Record<string, string>>)[text] ?? text
    case 'STANDARD':
      return (standardLevelZh as Readonly<Record<string, string>>)[text] ?? text
    case 'INDUSTRY':
      return value ? (industryLabel(text) ?? text) : '未定'
    case 'ABOVE_SCALE':
      return value ? '规上' : '非规上'
    case 'AREA':
      return value && typeof value === 'object' && 'areaCode' in value ? String(value.areaCode) : text
    case 'NAME':
      return text
  }
}

/** Who looks after the place: the grid, its officers, and by which telephone they are known. */
export function GridTeam({ gridId }: { gridId: string }) {
  const { can } = useMe()
  const { data } = useRead(district.grid, { id: gridId }, { enabled: can('district.read') })
  if (!data) return null
  return (
    <Section title="所在安格" extra={<Link to={`/grids/${gridId}`}>{data.name}</Link>}>
      {data.members.length ? (
        <ul className="en-list">
          {data.members.map((member) => (
            <li key={member.id}><span>{member.name}<small>{MEMBER_POST_ZH[member.post]}{member.isMain ? '' : ' · 兼'}</small></span><span className="ag-num">{member.phone ?? <span className="ag-faint">未登记电话</span>}</span></li>
          ))}
        </ul>
      ) : <span className="ag-faint">还没有安排安格员</span>}
    </Section>
  )
}
