import { Button } from 'antd'
import { Link } from 'react-router'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { areaName, useAreas } from '../../../kernel/web/areas.tsx'
import { Fields, Section } from '../../../kernel/web/parts.tsx'
import { Timeline } from '../../../kernel/web/timeline.tsx'
import { kinds } from '../../visit/kinds.ts'
import type { Detail } from '../campaign.ts'
import { useChecklists } from './checklists.ts'
import { colourZh, siteKindName, tagName } from './words.ts'

/** 方案与经过: what was decided, by whom, and all that happened since. */
export function PlanTab({ campaign: c }: { campaign: Detail }) {
  const areas = useAreas()
  const lists = useChecklists()
  const o = c.scheme.objects
  const objects = [o.siteKinds.map(siteKindName).join('、'), o.tags.map(tagName).join('、'), o.riskColours.length ? `风险${o.riskColours.map((r) => colourZh[r]).join('、')}` : '', o.aboveScale ? '规上企业' : '', o.minEmployees ? `从业人员不少于 ${o.minEmployees} 人` : '', o.majorWithinDays ? `近 ${o.majorWithinDays} 天有重大隐患` : '', o.notInspectedDays ? `${o.notInspectedDays} 天未被现场检查` : ''].filter(Boolean)
  return (
    <>
      <Section title="方案" extra={<Link to={`/campaigns/${c.id}/order`}><Button size="small">命令和附件名单</Button></Link>}>
        <Fields columns={2} items={[
          { label: '行动编号', value: c.no }, { label: '依据', value: c.basis }, { label: '方案公布', value: c.publishedOn ? zhDate(c.publishedOn) : null }, { label: '范围', value: c.areas.map((a) => areaName(areas, a)).join('、') },
          { label: '开始', value: zhDateTime(c.startsAt) }, { label: '结束', value: zhDateTime(c.endsAt) }, { label: '指挥部', value: c.commandPost }, { label: '工作线', value: c.scheme.lines.join('、') },
          { label: '目的', value: c.scheme.purpose, wide: true }, { label: '对象', value: objects.join('；') || '名单逐家确定', wide: true }, { label: '走访方式', value: c.scheme.visitKinds.map((k) => kinds[k].zh).join('、') }, { label: '检查表', value: lists.namesOf(c.scheme.checklists) },
          { label: '工作要求', value: c.scheme.requirements.length ? <ol style={{ margin: 0, paddingLeft: 18 }}>{c.scheme.requirements.map((r) => <li key={r}>{r}</li>)}</ol> : null, wide: true },
        ]} />
      </Section>
      <Section title="审批">
        <Fields columns={2} items={[
          { label: '报批', value: c.submittedAt ? zhDateTime(c.submittedAt) : null }, { label: '附件名单', value: c.annexCount === null ? null : `${c.annexCount} 家` }, { label: '审批人', value: c.decidedByName }, { label: '审批时间', value: c.decidedAt ? zhDateTime(c.decidedAt) : null },
          { label: '意见', value: c.opinion, wide: true }, { label: '名单摘要', value: c.annexHash ? <span className="cg-hash">{c.annexHash}</span> : null, wide: true },
        ]} />
      </Section>
      {c.closing ? <Section title="总结"><p style={{ whiteSpace: 'pre-wrap' }}>{c.closing}</p></Section> : null}
      <Section title="经过"><Timeline items={[...c.timeline].reverse().map((e, i) => ({ key: String(i), at: e.at, title: e.label, who: e.actor, note: e.text }))} /></Section>
    </>
  )
}
