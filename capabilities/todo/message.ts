import { z } from 'zod'
import { pageOf, paging, wire } from '../../kernel/core/operation.ts'

/** How long a message is kept; what it tells of stays in its record for good. */
export const MESSAGE_DAYS = 90

/** Named people, or whoever holds a right over a place (then never the one who acts). */
export type MessageTo =
  | { readonly people: readonly string[] }
  | { readonly verb: string; readonly areaCode: string; readonly gridId: string | null; readonly enterpriseId: string | null }

/** A message as another capability sends it: something happened that concerns somebody and asks nothing of him. */
export interface MessageDraft {
  /** `<capability>.<what>`, e.g. `hazard.voided`. */
  readonly kind: string
  /** Told once for each person and key. */
  readonly dedupeKey: string
  readonly subject: { readonly aggregate: string; readonly id: string }
  /** One line: "您发现的隐患已作废：喷涂车间配电箱无漏电保护". */
  readonly title: string
  /** Why, or what follows: "不属实：现场并无此隐患。可以申诉一次。" */
  readonly text: string
  /** Address inside the console. */
  readonly link: string
  readonly to: MessageTo
  /** Tells the one in whose name it is done as well: the end of work that went on without him. */
  readonly alsoMe?: boolean
}

export const MessageRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  link: z.string(),
  byName: z.string(),
  at: z.string(),
  readAt: z.string().nullable(),
})
export type MessageRow = z.infer<typeof MessageRow>

export const MessageFilter = z.strictObject({ ...paging, unread: wire.flag().optional() })
export const MessagePage = pageOf(MessageRow)
export const Unread = z.object({ unread: z.number().int() })

/** Without ids: everything that is unread now. */
export const ReadMessages = z.strictObject({ ids: z.array(z.uuid()).min(1).max(200).optional() })
