import type { Refusal } from '../../../kernel/core/problem.ts'
import type { LocalDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { extensionRefusals, releaseRefusals, sealingRefusals, twiceRefusals } from '../measure-rules.ts'
import type { PaperType } from '../doc-type.ts'
import type { Choices, PaperContent } from '../paper.ts'
import { talkRefusals } from '../talk.ts'
import * as measures from './measure-store.ts'

export interface OwnPart {
  content: Pick<PaperContent, 'sealing' | 'extension' | 'release' | 'talk'>
  wrong: Refusal[]
  unfinished: Refusal[]
}
const none: OwnPart = { content: {}, wrong: [], unfinished: [] }

/** What only the papers of a measure and the record of a talk say, with every refusal of it. At most one statement. */
export async function ownPartOf(ctx: Ctx, type: PaperType, choices: Choices, at: { siteId: string; referId: string | null; paperId: string; on: LocalDate }): Promise<OwnPart> {
  const { sealing, extension, release, talk } = choices
  if (type === 'D27') return { content: talk ? { talk } : {}, wrong: [], unfinished: talkRefusals(talk, ctx.now) }
  if (type === 'D09') {
    const held = (await measures.heldAt(ctx.tx, at.siteId))
    return { content: sealing ? { sealing } : {}, wrong: twiceRefusals(sealing, held), unfinished: sealingRefusals(sealing) }
  }
  if (type !== 'D10' && type !== 'D11') return none
  const m = at.referId ? ((await measures.ofPaper(ctx.tx, at.referId)) ?? null) : null
  const facts = m && { state: m.state, dueOn: m.due_on, extendedDays: m.extended_days }
  if (type === 'D10') return { content: extension && m ? { extension: { ...extension, from: m.due_on, sealKind: m.kind } } : {}, wrong: [], unfinished: extensionRefusals(extension, facts, at.on) }
  return { content: release && m ? { release: { ...release, things: m.things } } : {}, wrong: [], unfinished: releaseRefusals(release, facts) }
}
