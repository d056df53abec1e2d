import type { Block } from '../../kernel/core/document.ts'
import { localDate } from '../../kernel/core/time.ts'
import { zhDate, zhDateTime } from '../../kernel/core/time-zh.ts'
import type { Report } from './campaign.ts'

/** 总结 as an official paper: the leader's own words first, then the facts as they stand at this moment, teams, what was common, what is still open. */
export function reportBlocks(r: Report, given: { agency: string; no: string; closing: string | null }): Block[] {
  const t = r.totals
  const para = (text: string): Block => ({ kind: 'para', runs: [{ text }] })
  const own = (given.closing ?? '').split('\n').map((line) => line.trim()).filter(Boolean)
  const teams = r.teams.filter((team) => team.visits + team.present > 0)
  return [
    { kind: 'agency', text: given.agency },
    { kind: 'number', text: given.no },
    { kind: 'title', text: `${r.name}总结${given.closing ? '' : '（草稿）'}` },
    ...own.map(para),
    { kind: 'heading', text: '一、行动情况' },
    para(`根据${r.basis}，${zhDateTime(r.startsAt)}至${zhDateTime(r.endsAt)}开展${r.name}，出动${t.people}人（${t.persons}人次），检查园区${t.parks}个、企业${t.firms}家、其他场所${t.places}家，共${t.checks}家次；名单中未查${r.unvisited}家。`),
    { kind: 'heading', text: '二、隐患和处理' },
    para(`发现隐患${t.found}宗，其中重大${t.major}宗；现场整改${t.fixed}宗，已销号${t.closed}宗，未销号${r.openHazards}宗。出具责令限期整改指令书${r.orders}份，查封、扣押${r.sealed}家。`),
    ...r.majors.map((m) => para(`重大隐患${m.no}：${m.enterpriseName}，${m.description}。`)),
    ...(r.common.length ? [{ kind: 'heading', text: '三、共性问题' } as const, ...r.common.slice(0, 10).map((g) => para(`${g.name}：${g.hazards}宗，涉及${g.sites}家（检查${g.checked}家）。`))] : []),
    ...(teams.length ? [{ kind: 'heading', text: r.common.length ? '四、各组情况' : '三、各组情况' } as const, ...teams.map((team) => para(`${team.name}${team.leaderName ? `（组长${team.leaderName}）` : ''}：检查${team.checks}家次，发现隐患${team.found}宗，现场整改${team.fixed}宗。`))] : []),
    { kind: 'closing', lines: [given.agency, zhDate(localDate(r.at))] },
    { kind: 'note', text: `数据截至${zhDateTime(r.at)}。人次：每人每个业务日期计一次；家次：每次有效检查计一次，同一场所多次检查家数只计一家；隐患不含待核定前的草稿和作废的。迟到的手机记录仍计入发生之日，截至时间之后到达的不在其中。` },
  ]
}

/** How the leader's own words may begin: what stays to be done. The numbers of the night are written beneath them by the paper itself. */
export function closingDraft(r: Pick<Report, 'name' | 'openHazards' | 'unvisited' | 'totals'>): string {
  const open = r.openHazards > 0 ? `未销号隐患${r.openHazards}处按期限跟踪整改` : r.totals.found > 0 ? `上报的隐患${r.totals.found}处均已销号` : '没有发现隐患'
  const rest = r.unvisited > 0 ? `名单中未查的${r.unvisited}家另行安排检查` : '名单已全部查完'
  return `${r.name}结束。${open}；${rest}。`
}
