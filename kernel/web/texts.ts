import { say, type Texts } from '../core/problem.ts'
import { commonZh } from '../core/zh.ts'

/** The Chinese texts of all mounted capabilities; an app fills them once at its start. */
let fields: Texts = commonZh.fields
let problems: Texts = commonZh.problems
let events: Texts = {}
/** Whose labels an operation takes first, by the capability that names its verb. */
let byVerb: Readonly<Record<string, Texts>> = {}

export function setTexts(all: readonly { fields: Texts; problems: Texts; events: Texts; verbs: Texts }[]): void {
  byVerb = Object.fromEntries(all.flatMap((t) => Object.keys(t.verbs).map((verb) => [verb, t.fields])))
  fields = Object.assign({}, ...all.map((t) => t.fields), commonZh.fields) as Texts
  problems = Object.assign({}, commonZh.problems, ...all.map((t) => t.problems)) as Texts
  events = Object.assign({}, ...all.map((t) => t.events)) as Texts
}

/** Label of an input key, as the server names it in its refusals: the operation's own capability comes first. */
export const fieldLabel = (key: string, operation?: { readonly verb: string }): string => byVerb[operation?.verb ?? '']?.[key] ?? (commonZh.fields as Texts)[key] ?? fields[key] ?? key

/** Sentence of a problem or of a reason in `why`; a text that is Chinese already stays as it is. */
export const problemText = (code: string, params: Record<string, string | number> = {}): string =>
  code in problems ? say(problems, code, params) : code

/** What happened, by event name such as `hazard.closed`. */
export const eventText = (event: string): string => events[event] ?? event
