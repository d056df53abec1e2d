import { Progress, Skeleton } from 'antd'
import { Link } from 'react-router'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { EmptyState, Figure, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Detail, Overview } from '../campaign.ts'
import { operations } from '../operations.ts'
import { percent, rate } from './words.ts'

/** 总览: each number opens the list it was counted from. */
export function OverviewTab({ campaign: c }: { campaign: Detail }) {
  const read = useRead(operations.overview, { id: c.id }, { everySeconds: 15 })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const o = read.data
  if (!o) return <Skeleton active />
  const t = o.totals
  const targets = t.toDo + t.taken + t.done
  return (
    <>
      <Section title="战果" extra={<small className="quiet">截至 {zhMoment(o.at, serverNow())}，限您的管辖范围</small>}>
        <div className="cg-figures">
          <Figure label="出动" value={t.persons} unit="人次" note={`${t.people} 人`} to={`/campaigns/${c.id}/muster`} />
          <Figure label="检查、巡查" value={t.checks} unit="家次" to={`/visits?campaignId=${c.id}&states=DONE&outcomes=CHECKED`} />
          <Figure label="企业" value={t.firms} unit="家" to={`/campaigns/${c.id}?tab=targets&checked=true&sorts=FIRM`} />
          <Figure label="园区" value={t.parks} unit="个" to={`/campaigns/${c.id}?tab=targets&checked=true&sorts=PARK`} />
          <Figure label="场所" value={t.places} unit="家" to={`/campaigns/${c.id}?tab=targets&checked=true&sorts=PLACE`} />
          <Figure label="上报隐患" value={t.found} unit="处" to={`/hazards?campaignId=${c.id}&voided=false`} />
          <Figure label="其中重大" value={t.major} unit="处" tone={t.major ? 'late' : 'plain'} to={`/hazards?campaignId=${c.id}&voided=false&level=MAJOR`} />
          <Figure label="现场整改" value={t.fixed} unit="处" note={`现场整改率 ${rate(t.fixed, t.found)}`} to={`/hazards?campaignId=${c.id}&closedHow=ON_SITE`} />
          <Figure label="已销号" value={t.closed} unit="处" tone="done" note={`整改率 ${rate(t.closed, t.found)}`} to={`/hazards?campaignId=${c.id}&states=CLOSED`} />
          <Figure label="名单未查" value={t.toDo + t.taken} unit="家" tone={t.toDo + t.taken ? 'warn' : 'plain'} note={`共 ${targets} 家`} to={`/campaigns/${c.id}?tab=targets&states=TO_DO,TAKEN`} />
        </div>
      </Section>
      {o.waves.length || o.quotas.length ? <div className={o.waves.length && o.quotas.length ? 'cg-two' : ''}>{o.waves.length ? <Waves c={c} waves={o.waves} /> : null}{o.quotas.length ? <Quotas quotas={o.quotas} /> : null}</div> : null}
      <div className="cg-two">
        <Streets c={c} streets={o.streets} />
        <Teams c={c} teams={o.teams} />
      </div>
    </>
  )
}

function Waves({ c, waves }: { c: Detail; waves: Overview['waves'] }) {
  return (
    <Section title="批次（先大后小）">
      <div className="cg-scroll">
        <table className="cg-table">
          <tbody>
            {waves.map((w) => (
              <tr key={w.wave}>
                <td>{w.name} {w.open ? (w.reached ? <StatusTag tone="done">已达目标</StatusTag> : <StatusTag tone="warn">进行中</StatusTag>) : <StatusTag>未开放</StatusTag>}</td>
                <td style={{ width: 130 }}><Progress status="normal" percent={(w.permille ?? 0) / 10} size="small" showInfo={false} /></td>
                <td className="cg-n"><Link to={`/campaigns/${c.id}?tab=targets&wave=${w.wave}`}>{w.done}/{w.total}</Link></td>
                <td className="cg-n">{percent(w.permille)}<small className="quiet"> 目标 {percent(w.threshold)}</small></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Quotas({ quotas }: { quotas: Overview['quotas'] }) {
  return (
    <Section title="定额">
      <table className="cg-table">
        <tbody>
          {quotas.map((q) => (
            <tr key={q.name}>
              <td>{q.name}{q.abovePool ? <small className="quiet">（定额超过名单，按名单全部计）</small> : null}{q.base > 0 && q.perRound.length > 1 ? <small className="quiet">　{q.perRound.map((n, i) => `第${i + 1}轮 ${n}/${q.base}`).join('　')}</small> : null}</td>
              <td className="cg-n">{q.base === 0 ? '无对象' : `${q.done}/${q.need}`}</td>
              <td>{q.base === 0 ? null : q.gap === 0 ? <StatusTag tone="done">已完成</StatusTag> : <StatusTag tone="warn">还差 {q.gap} 家</StatusTag>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function Streets({ c, streets }: { c: Detail; streets: Overview['streets'] }) {
  return (
    <Section title="街道">
      {streets.length ? (
        <div className="cg-scroll">
          <table className="cg-table">
            <thead><tr><th>街道</th><th className="cg-n">名单</th><th className="cg-n">已查</th><th className="cg-n">完成</th><th className="cg-n">检查、巡查家次</th><th className="cg-n">上报隐患</th></tr></thead>
            <tbody>
              {streets.map((s) => (
                <tr key={s.street}>
                  <td>{s.name}</td>
                  <td className="cg-n"><Link to={`/campaigns/${c.id}?tab=targets&areaCode=${s.street}`}>{s.targets}</Link></td>
                  <td className="cg-n">{s.done}</td><td className="cg-n">{rate(s.done, s.targets)}</td>
                  <td className="cg-n"><Link to={`/visits?campaignId=${c.id}&areaCode=${s.street}&states=DONE&outcomes=CHECKED`}>{s.visits}</Link></td>
                  <td className="cg-n"><Link to={`/hazards?campaignId=${c.id}&areaCode=${s.street}&voided=false`}>{s.found}</Link></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : <EmptyState title="还没有对象" how="在“对象”页列入名单。" />}
    </Section>
  )
}

function Teams({ c, teams }: { c: Detail; teams: Overview['teams'] }) {
  return (
    <Section title="小组">
      {teams.length ? (
        <div className="cg-scroll">
          <table className="cg-table">
            <thead><tr><th>小组</th><th>组长</th><th className="cg-n">到位</th><th className="cg-n">检查、巡查家次</th><th className="cg-n">上报隐患</th><th className="cg-n">现场整改</th></tr></thead>
            <tbody>
              {teams.map((t) => (
                <tr key={t.teamId}>
                  <td><Link to={`/campaigns/${c.id}?tab=targets&teamId=${t.teamId}`}>{t.name}</Link></td><td>{t.leaderName ?? '—'}</td><td className="cg-n">{t.present}/{t.members}</td>
                  <td className="cg-n"><Link to={`/visits?teamId=${t.teamId}&states=DONE&outcomes=CHECKED`}>{t.checks}</Link></td>
                  <td className="cg-n"><Link to={`/hazards?teamId=${t.teamId}&voided=false`}>{t.found}</Link></td><td className="cg-n">{t.fixed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : <EmptyState title="还没有编组" how="在“小组”页编组：组长、执法人员、专家、安格员。" />}
    </Section>
  )
}
