/** Who is told of what happened to a hazard without having to do anything. Derived from the event, as todos are from the state. */
import type { MessageDraft, MessageTo } from '../todo/message.ts'
import { titleOf } from './finding.ts'
import type { HazardEvent } from './fold.ts'
import type { Hazard } from './hazard.ts'
import { closedHowZh, voidZh } from './zh.ts'

interface Told {
  readonly title: string
  readonly text: string
  readonly to: readonly MessageTo[]
}

const day = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`

/** Whoever answers for the place as its enterprise. */
const firm = (h: Hazard): MessageTo => ({ verb: 'hazard.submit', areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId })
const people = (ids: readonly string[], without: readonly string[] = []): MessageTo => ({ people: ids.filter((id) => !without.includes(id)) })

function told(h: Hazard, event: HazardEvent): Told | null {
  switch (event.event) {
    case 'hazard.voided':
      return { title: '您发现的隐患已作废', text: `${voidZh[event.data.code]}：${event.data.reason}。${h.appealed ? '申诉过一次，不能再申诉。' : '认为属实的，可以申诉一次。'}`, to: [people(h.foundBy)] }
    case 'hazard.confirmed':
      return { title: '您发现的隐患已核定', text: event.data.level === 'MAJOR' ? '核定为重大隐患。' : '核定为一般隐患。', to: [people(h.foundBy, event.data.officers)] }
    case 'hazard.order_revoked':
      return { title: '责令已撤销，隐患仍待处理', text: `${event.data.orderNo}：${event.data.reason}。隐患退回已核定，没有销号${h.stopInForce ? '；停用措施仍在执行' : ''}。`, to: [firm(h), people(h.confirmedBy)] }
    case 'hazard.extension_granted':
      return { title: '延期申请已同意', text: `期限延至 ${day(event.data.dueOn)} 24:00。${event.data.reply}`, to: [firm(h)] }
    case 'hazard.extension_refused':
      return { title: '延期申请未同意', text: `${event.data.reply}${h.dueOn ? `。仍须在 ${day(h.dueOn)} 24:00 前完成整改` : ''}`, to: [firm(h)] }
    case 'hazard.transfer_refused':
      return { title: '移送申请未同意', text: event.data.reason, to: [people(h.confirmedBy)] }
    case 'hazard.transfer_returned':
      return { title: `${h.transfer?.toDept ?? '接收单位'}退回了移送`, text: event.data.reason, to: [people(h.confirmedBy)] }
    case 'hazard.transfer_closed':
      return { title: '移送的隐患已办结', text: `${h.transfer?.toDept ?? '接收单位'}：${event.data.result}`, to: [people(h.confirmedBy)] }
    case 'hazard.fix_verified':
    case 'hazard.closed':
      return { title: '隐患已销号', text: `${h.enterpriseName}，${h.closedHow ? closedHowZh[h.closedHow] : ''}`, to: [people(h.foundBy, h.closedBy), firm(h)] }
    case 'hazard.reopened':
      return { title: '已销号的隐患重新打开', text: event.data.description, to: [firm(h)] }
    default:
      return null
  }
}

/** The drafts of one event, of the hazard as it is after it. */
export function messagesOf(h: Hazard, event: HazardEvent): MessageDraft[] {
  const found = told(h, event)
  if (!found) return []
  return found.to
    .filter((to) => !('people' in to) || to.people.length > 0)
    .map((to): MessageDraft => ({ kind: event.event, dedupeKey: `${event.event}:${h.id}:${h.version}`, subject: { aggregate: 'hazard', id: h.id }, title: `${found.title}：${titleOf(h)}`, text: found.text, link: `/hazards/${h.id}`, to }))
}
