import { enqueue } from '../../../kernel/web/outbox/sender.ts'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'
import type { CommandInput, CommandName } from './commands.ts'
import type { FieldStore } from './work.ts'

/** Release of the page: stored with every command, so that a server knows what an old phone meant. */
export const APP = '1'

interface Made<N extends CommandName> {
  readonly name: N
  readonly aggregate: string
  readonly input: CommandInput<N>
  readonly photos?: readonly string[]
  readonly needs?: readonly string[]
  readonly title: string
  readonly draft?: OutboxItem['draft']
}

/** Queues one command, typed by its operation. */
export const queueCommand = <N extends CommandName>(store: FieldStore, { name, input, ...rest }: Made<N>, also?: () => Promise<unknown>): Promise<OutboxItem> =>
  enqueue(store, { ...rest, operation: name, input: input as Record<string, unknown>, app: APP }, also)
