import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { zhDateTime, zhMoment } from '../../../kernel/core/time-zh.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useKept } from '../../../kernel/web/kept.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { ActionBar, EmptyState, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { useDownload } from '../../../kernel/web/use-download.ts'
import { operations as visits } from '../../visit/operations.ts'
import { commitmentOf, REPLACE_ZH } from '../draw.ts'
import { type Draw, DRAW_ZH } from '../drawing.ts'
import { operations } from '../operations.ts'
import { TARGET_ZH, type TargetState } from '../scheme.ts'
import './campaign.css'
import { drawTone } from './DrawsTab.tsx'
import { targetTone } from './words.ts'

type Result = Draw['results'][number]
type Asked = { what: 'commit' | 'reveal' | 'run' | 'publish' | 'void' } | { what: 'replace' | 'arrange'; site: Result }

/** 随机抽取: frozen, committed, revealed, drawn, published; each step says what the next one is. */
export default function DrawPage() {
  const { id = '', drawId = '' } = useParams()
  const read = useRead(operations.draw, { id, drawId }, { everySeconds: 20 })
  const [asked, setAsked] = useState<Asked>()
  const save = useDownload()
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const d = read.data
  if (!d) return <Skeleton active />
  const on = {
    commit: () => setAsked({ what: 'commit' }), reveal: () => setAsked({ what: 'reveal' }), run: () => setAsked({ what: 'run' }), publish: () => setAsked({ what: 'publish' }), void: () => setAsked({ what: 'void' }),
    file: () => save(operations.drawFile, { id, drawId }),
  }
  const mayReplace = d.actions.some((a) => a.action === 'replace' && a.allowed)
  return (
    <>
      <PageHead title={d.title} back={{ to: `/campaigns/${id}?tab=draws`, label: d.campaignName }} tags={<StatusTag tone={drawTone[d.state]}>{DRAW_ZH[d.state]}</StatusTag>} note={nextOf(d)} actions={<><a href={`public/draws/${d.id}`} target="_blank" rel="noreferrer"><Button>公示页</Button></a><ActionBar actions={d.actions} on={on} primary={['run', 'reveal', 'commit', 'publish'].find((step) => d.actions.some((a) => a.action === step && a.allowed)) ?? ''} /></>} />
      <Section title="名单和种子">
        <Fields columns={2} items={[
          { label: '抽取编号', value: d.no }, { label: '名单', value: `${d.poolSize} 家，执法人员 ${d.officers} 名` }, { label: '冻结', value: `${zhDateTime(d.frozenAt)} ${d.frozenByName}` }, { label: '抽取', value: d.drawnAt ? `${zhDateTime(d.drawnAt)} ${d.drawnByName ?? ''}` : null },
          { label: '公共随机值', value: `${d.publicSource}${d.publicValue ? `：${d.publicValue}` : ''}`, wide: true }, { label: '产生时间', value: zhDateTime(d.publicAt), wide: true },
          { label: '名单和规则的摘要', value: <span className="cg-hash">{d.poolHash}</span>, wide: true }, { label: '种子', value: d.seed ? <span className="cg-hash">{d.seed}</span> : null, wide: true },
        ]} />
        <div className="cg-scroll"><table className="cg-table"><thead><tr><th>层</th><th className="cg-n">名单</th><th className="cg-n">抽取</th><th className="cg-n">备选</th></tr></thead><tbody>{d.strata.filter((s) => s.size > 0).map((s) => <tr key={s.stratum}><td>{s.name}</td><td className="cg-n">{s.size}</td><td className="cg-n">{s.asked}</td><td className="cg-n">{s.reserves}</td></tr>)}</tbody></table></div>
      </Section>
      <Section title="承诺与揭示">
        {d.parties.length ? (
          <div className="cg-scroll"><table className="cg-table"><thead><tr><th>承诺方</th><th>承诺</th><th>承诺时间</th><th>原文</th></tr></thead><tbody>{d.parties.map((p) => <tr key={p.personId}><td>{p.name}<br /><small className="quiet">{p.organisation}</small></td><td><span className="cg-hash">{p.commitment}</span></td><td>{zhMoment(p.committedAt, serverNow())}</td><td>{p.secret ?? <StatusTag tone="warn">未揭示</StatusTag>}</td></tr>)}</tbody></table></div>
        ) : <EmptyState title="还没有人交承诺" how="请两方以上（如局领导、法制、街道、内勤）各交一个承诺；承诺看不出内容，也不能更改。" />}
      </Section>
      {d.results.length ? <Results d={d} mayReplace={mayReplace} ask={(what, site) => setAsked({ what, site })} /> : null}
      {asked ? <AskDialog d={d} asked={asked} close={() => setAsked(undefined)} /> : null}
    </>
  )
}

function nextOf(d: Draw): string {
  if (d.state === 'VOID') return `作废：${d.voidReason ?? ''}`
  if (d.state === 'PUBLISHED') return '已公示。更换须写明理由，公示页同时更新。'
  if (d.state === 'DRAWN') return '下一步：安排检查；检查后公示结果。'
  if (d.parties.length < 2) return '下一步：两方以上交承诺。'
  return d.parties.some((p) => p.secret === null) ? '下一步：各方在公共随机值产生之前揭示原文。' : `下一步：${zhDateTime(d.publicAt)} 之后填入公共随机值抽取。`
}

function Results({ d, mayReplace, ask }: { d: Draw; mayReplace: boolean; ask: (what: 'replace' | 'arrange', site: Result) => void }) {
  const me = useMe()
  const shown = d.results.filter((r) => !r.reserve)
  return (
    <Section title={`抽中 ${shown.filter((r) => !r.replaced).length} 家`} extra={<small className="quiet">备选 {d.results.length - shown.length} 家</small>}>
      <div className="cg-scroll">
        <table className="cg-table">
          <thead><tr><th>次序</th><th>对象</th><th>执法人员</th><th>状态</th><th>说明</th><th /></tr></thead>
          <tbody>
            {shown.map((r) => (
              <tr key={r.siteId}>
                <td className="ag-num">{d.strata.find((s) => s.stratum === r.stratum)?.name}-{r.order}</td>
                <td className={r.replaced ? 'cg-gone' : ''}>{r.name}</td>
                <td>{r.officers.map((o) => o.name).join('、') || '—'}</td>
                <td>{r.state && !r.replaced ? <StatusTag tone={targetTone[r.state as TargetState]}>{TARGET_ZH[r.state as TargetState]}</StatusTag> : null}</td>
                <td><small>{[r.replaced ? `已更换：${r.replaced.reason}，${r.replaced.note}（${r.replaced.byName}）` : '', ...r.notes].filter(Boolean).join('；')}</small></td>
                <td style={{ whiteSpace: 'nowrap' }}>{!r.replaced && r.state === 'TO_DO' && r.officers.length === 2 && me.can('visit.plan') ? <Button size="small" type="link" onClick={() => ask('arrange', r)}>安排检查</Button> : null}{!r.replaced && mayReplace ? <Button size="small" type="link" onClick={() => ask('replace', r)}>更换</Button> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">任何人可以下载文件，用 npm run verify-draw -- 文件名 重算。<Link to={`/campaigns/${d.campaignId}?tab=targets`}>打开行动名单</Link></p>
    </Section>
  )
}

/** A secret of one's own making, kept in this browser until it is told. */
function useSecret(drawId: string) {
  const [kept, keep] = useKept(`draw.secret.${drawId}`, '')
  const [made] = useState(() => `${newId()}${newId()}`.replace(/-/g, ''))
  return { secret: kept || made, keep }
}

function AskDialog({ d, asked, close }: { d: Draw; asked: Asked; close: () => void }) {
  const me = useMe()
  const { secret, keep } = useSecret(d.id)
  const at = { id: d.campaignId, drawId: d.id }
  const shared = { onClose: close }
  switch (asked.what) {
    case 'commit':
      return <ReasonDialog {...shared} title="交承诺" operation={operations.commitSeed} input={{ ...at, commitment: commitmentOf(d.id, me.personId, secret) }} confirm="交承诺" fields={[]} onDone={() => keep(secret)} act={{ does: '交出原文的摘要（SHA-256），不能更改；原文保存在本浏览器，请同时抄下，届时揭示', whom: d.title, until: zhDateTime(d.publicAt) }} below={<p>原文：<span className="cg-hash">{secret}</span></p>} />
    case 'reveal':
      return <ReasonDialog {...shared} title="揭示原文" operation={operations.revealSeed} input={at} initial={{ secret }} confirm="揭示" fields={[{ key: 'secret', label: '原文', kind: 'long', rows: 2 }]} act={{ does: '公布您的原文，与承诺核对一致后计入种子', whom: d.title, until: zhDateTime(d.publicAt) }} />
    case 'run':
      return <ReasonDialog {...shared} title="抽取" operation={operations.runDraw} input={at} confirm="抽取" fields={[{ key: 'publicValue', label: d.publicSource, hint: '照公布的原样填写；填错会被重算发现' }]} act={{ does: '由冻结摘要、各方原文和公共随机值得出种子，抽出对象和执法人员', whom: `${d.title}，名单 ${d.poolSize} 家` }} />
    case 'publish':
      return <ReasonDialog {...shared} title="公示抽取结果" operation={operations.publishDraw} input={at} confirm="公示" fields={[]} act={{ does: '不登录即可查看抽中的对象、执法人员、更换情况，并下载文件重算', whom: d.title }} />
    case 'void':
      return <ReasonDialog {...shared} title="作废这次抽取" operation={operations.voidDraw} input={at} confirm="作废" danger act={{ does: '名单和承诺作废，理由留档并公示；需要时重新冻结', whom: d.title }} />
    case 'replace':
      return <ReasonDialog {...shared} title={`更换：${asked.site.name}`} operation={operations.replaceDrawn} input={{ ...at, siteId: asked.site.siteId }} confirm="更换" fields={[{ key: 'reason', label: '理由', kind: 'radio', options: Object.entries(REPLACE_ZH).map(([value, label]) => ({ value, label })) }, { key: 'officerId', label: '回避的执法人员', kind: 'choice', options: asked.site.officers.map((o) => ({ value: o.id, label: o.name })), when: (v) => v.reason === 'RECUSAL' }, { key: 'note', label: '说明', kind: 'long', rows: 2 }]} act={{ does: '停产、搬迁、重复：划去并由同层备选递补；回避：只换人。理由在公示页列出' }} />
    case 'arrange':
      return <ReasonDialog {...shared} title={`安排检查：${asked.site.name}`} operation={visits.plan} input={{ kind: 'ADMIN_DAILY', visits: [{ id: newId(), siteId: asked.site.siteId }], people: asked.site.officers.map((o) => ({ personId: o.id, part: 'OFFICER' as const })), taskSource: 'RANDOM_DRAW', campaignId: d.campaignId }} initial={{ plannedOn: localDate(serverNow()), purpose: `双随机抽查（${d.no}）` }} confirm="安排" fields={[{ key: 'plannedOn', label: '计划日期', kind: 'date' }, { key: 'purpose', label: '检查事由' }]} act={{ does: '按抽中的两名执法人员安排日常检查，随后报批', whom: asked.site.officers.map((o) => o.name).join('、') }} />
  }
}
