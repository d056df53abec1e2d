import type { BaseName } from './bases.ts'

/**
 * How each count of the dictionary is read from its register: a condition over the register's rows (`x`), and what makes two
 * rows the same thing (去重口径). `thing` is the column whose record the list shows.
 */
export interface Counting {
  readonly base: BaseName
  readonly where?: string
  /** Column counted once; absent where every row is a thing of its own. */
  readonly once?: string
  /** Column added up instead of rows counted. */
  readonly sum?: string
  /** Which contact kinds, where the asker names none. */
  readonly kinds?: 'INSPECTION' | 'PATROL' | 'GUIDANCE' | 'ON_SITE'
  /** Paper type that must exist in the register of forms; otherwise the figure is no zero but unknown. */
  readonly form?: string
}

const checked = `x.outcome = 'CHECKED' and x.clue_kind is distinct from 'REINSPECTION'`

export const countings: Readonly<Record<string, Counting>> = {
  M01: { base: 'presence', once: `x.who || x.duty` },
  M02: { base: 'presence', once: 'x.who' },
  M03: { base: 'team', once: 'x.once' },
  M04: { base: 'visit', where: checked, once: 'x.once', kinds: 'INSPECTION' },
  M04P: { base: 'visit', where: checked, once: 'x.once', kinds: 'PATROL' },
  M04R: { base: 'visit', where: `x.outcome = 'CHECKED' and x.clue_kind = 'REINSPECTION'`, once: 'x.once', kinds: 'INSPECTION' },
  M04T: { base: 'visit', once: 'x.site_id', kinds: 'ON_SITE' },
  M04I: { base: 'visit', where: `x.outcome = 'CHECKED'`, once: 'x.site_id', kinds: 'ON_SITE' },
  M05: { base: 'visit', where: `${checked} and x.sort = 'FIRM'`, once: 'x.enterprise_id', kinds: 'INSPECTION' },
  M06P: { base: 'visit', where: `${checked} and x.sort = 'PARK'`, once: 'x.park', kinds: 'INSPECTION' },
  M06S: { base: 'visit', where: `${checked} and x.sort = 'PLACE'`, once: 'x.site_id', kinds: 'INSPECTION' },
  M07: { base: 'found', where: 'x.confirmed' },
  M07W: { base: 'found', where: 'not x.confirmed' },
  M08: { base: 'found', where: `x.closed and x.closed_how = 'ON_SITE'` },
  M09: { base: 'closed' },
  M09C: { base: 'found', where: 'x.closed' },
  M11O: { base: 'found', where: 'x.confirmed and not x.closed' },
  M10D: { base: 'due' },
  M10N: { base: 'due', where: 'x.in_time' },
  M12: { base: 'paper', where: `x.type = 'D09'`, once: 'x.enterprise_id', form: 'D09' },
  M12N: { base: 'paper', where: `x.type = 'D09'`, form: 'D09' },
  M13: { base: 'paper', where: 'x.stops', once: 'x.enterprise_id', form: 'D05' },
  M14: { base: 'found', where: `x.confirmed and x.level = 'MAJOR'` },
  M14C: { base: 'found', where: `x.closed and x.level = 'MAJOR'` },
  M14L: { base: 'open', where: `x.overdue and x.level = 'MAJOR'` },
  M15: { base: 'open', where: 'x.overdue' },
  M15O: { base: 'open' },
  M16D: { base: 'reinspection', once: 'x.once' },
  M16N: { base: 'reinspection', where: 'x.in_time', once: 'x.once' },
  M17: { base: 'paper' },
  M19: { base: 'paper', where: `x.type = 'D27'`, form: 'D27' },
  M19E: { base: 'paper', where: `x.type = 'D27'`, once: 'x.enterprise_id', form: 'D27' },
  M20: { base: 'transfer', once: 'x.once' },
  M20C: { base: 'transfer', where: 'x.answered', once: 'x.once' },
  M21B: { base: 'enterprise' },
  M21N: { base: 'enterprise', where: `x.state = 'ACTIVE'` },
  M21AB: { base: 'enterprise', where: 'x.above' },
  M21AN: { base: 'enterprise', where: `x.above and x.state = 'ACTIVE'` },
  M22: { base: 'visit', where: `x.outcome = 'CHECKED'`, once: 'x.enterprise_id', kinds: 'GUIDANCE' },
  M22N: { base: 'enterprise', where: `x.state = 'ACTIVE' and x.guided` },
  M22V: { base: 'visit', where: `x.outcome = 'CHECKED'`, once: 'x.once', kinds: 'GUIDANCE' },
  M23N: { base: 'enterprise', where: `x.state = 'ACTIVE' and x.verified` },
  M25B: { base: 'target', once: 'x.site_id' },
  M25N: { base: 'target', where: 'x.checked', once: 'x.site_id' },
  M25P: { base: 'target', where: 'x.patrolled', once: 'x.site_id' },
  M26B: { base: 'draw', once: 'x.once' },
  M26D: { base: 'draw', where: 'x.drawn', once: 'x.once' },
  M26N: { base: 'draw', where: 'x.done', once: 'x.once' },
  M26P: { base: 'draw', where: 'x.done and x.published', once: 'x.once' },
  M27N: { base: 'capVisit', once: 'x.once' },
  M27B: { base: 'cap', sum: 'x.ceiling' },
  M27O: { base: 'cap', where: 'x.over' },
  M36N: { base: 'found', where: `x.confirmed and x.source = 'SELF_CHECK'` },
  M52B: { base: 'visit', where: checked, kinds: 'INSPECTION' },
  M52C: { base: 'visit', where: `${checked} and x.answer_count > 0 and x.answer_count * 10 >= 9 * (select coalesce(sum(c.item_count), 0) from checklist_version c where c.id = any(x.version_ids))`, kinds: 'INSPECTION' },
}

const ownKinds = {
  INSPECTION: ['ADMIN_DAILY', 'ADMIN_SPECIAL', 'ADMIN_CASE', 'JOINT'],
  PATROL: ['PATROL'],
  GUIDANCE: ['GUIDANCE'],
  ON_SITE: ['ADMIN_DAILY', 'ADMIN_SPECIAL', 'ADMIN_CASE', 'JOINT', 'PATROL', 'GUIDANCE', 'THIRD_PARTY'],
} as const

/** The contact kinds a count is of where the asker names none; none where it has no kinds of its own. */
export const kindList = (counting: Counting): readonly string[] => (counting.kinds ? ownKinds[counting.kinds] : [])
const kindsOf = (kinds: keyof typeof ownKinds): string => `x.kind in (${ownKinds[kinds].map((kind) => `'${kind}'`).join(',')})`

/** The whole condition over `x`. Kinds that the asker names replace the metric's own: the filter is applied to the rows. */
export function conditionOf(counting: Counting, kindsNamed: boolean): string {
  const parts = [counting.where, counting.kinds && !kindsNamed ? kindsOf(counting.kinds) : undefined].filter((part) => part !== undefined)
  return parts.length ? parts.join(' and ') : 'true'
}

const uuids: readonly string[] = ['x.id', 'x.enterprise_id', 'x.site_id', 'x.park']
/** Told apart by their bytes: to sort a year of texts by a language takes several times as long, and the number is the same. */
const byBytes = (key: string): string => (uuids.includes(key) ? key : `(${key}) collate "C"`)

/** The number as SQL over `x`. @param repeated a row may stand there several times (once for each of its tags) */
export function countSql(counting: Counting, kindsNamed: boolean, repeated: boolean): string {
  const only = `filter (where ${conditionOf(counting, kindsNamed)})`
  if (counting.sum) return `coalesce(sum(${counting.sum}) ${only}, 0)::int`
  const key = counting.once ?? (repeated ? 'x.id' : undefined)
  return key ? `count(distinct ${byBytes(key)}) ${only}::int` : `count(*) ${only}::int`
}
