/** One line of 经过 for each event: what was said, decided, by when. Reads only what the event itself carries. */
import { zhDate } from '../../kernel/core/time-zh.ts'
import { levelZh, voidZh } from './zh.ts'

type Data = Record<string, unknown>
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const day = (value: unknown): string => (typeof value === 'string' && value.length >= 10 ? zhDate(value.slice(0, 10)) : '')
const inner = (value: unknown): Data => (typeof value === 'object' && value !== null ? (value as Data) : {})
const join = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join('；')

const writers: Record<string, (d: Data) => string> = {
  'hazard.reported': (d) => join(text(inner(d.hazard).description), inner(d.hazard).fixClaimed === true && '称已当场整改'),
  'hazard.seen_again': (d) => text(d.description),
  'hazard.confirmed': (d) => join(`核定为${levelZh[d.level as 'GENERAL'] ?? ''}隐患`, text(d.requirement)),
  'hazard.opinion_given': (d) => join(text(inner(d.opinion).by), text(inner(d.opinion).text)),
  'hazard.voided': (d) => join(voidZh[d.code as 'FALSE'], text(d.reason)),
  'hazard.appealed': (d) => text(d.reason),
  'hazard.fix_rejected': (d) => text(d.reason),
  'hazard.ordered': (d) => join(text(d.orderNo), `限${day(d.dueOn)}前改正`),
  'hazard.order_revoked': (d) => join(`${text(d.orderNo)}已撤销，退回已核定`, text(d.reason)),
  'hazard.order_replaced': (d) => join(`${text(d.revokedNo)}已撤销，仍由${text(d.orderNo)}责令`, text(d.reason)),
  'hazard.started': (d) => `${day(d.dueOn)}前改正`,
  'hazard.acknowledged': (d) => join(text(inner(d.plan).measures), `责任人 ${text(inner(d.plan).responsible)}`, `${day(inner(d.plan).finishOn)}前完成`),
  'hazard.extension_asked': (d) => join(text(inner(d.ask).reason), `申请延至${day(inner(d.ask).dueOn)}`, text(inner(d.ask).interim)),
  'hazard.extension_granted': (d) => join(`延至${day(d.dueOn)}`, text(d.reply)),
  'hazard.extension_refused': (d) => text(d.reply),
  'hazard.submitted': (d) => text(d.note),
  'hazard.lapsed': () => '到期未报，依法仍须复查',
  'hazard.passed': (d) => text(inner(d.ask).note),
  'hazard.closure_reviewed': (d) => text(d.note),
  'hazard.closure_returned': (d) => text(d.reason),
  'hazard.closed': (d) => text(d.note),
  'hazard.failed': (d) => join(text(d.note), `新期限${day(d.dueOn)}`),
  'hazard.transfer_asked': (d) => join(`移送${text(inner(d.ask).toDept)}`, text(inner(d.ask).reason)),
  'hazard.transfer_refused': (d) => text(d.reason),
  'hazard.transferred': (d) => join(`移送${text(inner(d.transfer).toDept)}`, `${day(d.receiptDueOn)}前回执`),
  'hazard.transfer_closed': (d) => text(d.result),
  'hazard.transfer_returned': (d) => text(d.reason),
  'hazard.frozen': (d) => text(inner(d.frozen).reason),
  'hazard.unfrozen': (d) => text(d.reason),
  'hazard.reopened': (d) => text(d.description),
  'hazard.raised': (d) => text(d.reason),
  'hazard.lowered': (d) => text(d.reason),
  'hazard.escalated': (d) => `提级至E${String(d.rung)}`,
}

/** Empty when the event's name says it all. Names of those it concerned come as `people` beside the facts. */
export function timelineText(event: string, data: Data): string {
  const people = Array.isArray(data.people) ? (data.people as string[]).join('、') : ''
  return join(writers[event]?.(data) ?? '', people)
}
