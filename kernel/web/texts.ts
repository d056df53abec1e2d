import { say, type Texts } from '../core/problem.ts'
import { commonZh } from '../core/zh.ts'

/** The Chinese texts of all mounted capabilities; an app fills them once at its start. */
let fields: Texts = commonZh.fields
let problems: Texts = commonZh.problems
let events: Texts = {}

export function setTexts(all: readonly { fields: Texts; problems: Texts; events: Texts }[]): void {
  fields = Object.assign({}, ...all.map((t) => t.fields), commonZh.fields) as Texts
  problems = Object.assign({}, commonZh.problems, ...all.map((t) => t.problems)) as Texts
  events = Object.assign({}, ...all.map((t) => t.events)) as Texts
}

/** Label of an input key, as the server names it in its refusals. */
export const fieldLabel = (key: string): string => fields[key] ?? key

/** Sentence of a problem or of a reason in `why`; a text that is Chinese already stays as it is. */
export const problemText = (code: string, params: Record<string, string | number> = {}): string =>
  code in problems ? say(problems, code, params) : code

/** What happened, by event name such as `hazard.closed`. */
export const eventText = (event: string): string => events[event] ?? event
