import type pg from 'pg'
import { Part, type Sent, type Statement, type Wire } from './statement.ts'

export type { Sent } from './statement.ts'

/** The statements of one transaction, in the order in which they were issued. */
export interface Line {
  /** After one has failed every later one fails with it: the transaction is lost. */
  query(text: string, values: readonly unknown[]): Promise<Sent>
  /** `commit` or `rollback`; nothing may follow. */
  end(text: string): Promise<void>
}

type Send = (statements: readonly Statement[], over: () => void) => void

/**
 * Statements issued in the same turn of the event loop go to the server together and are answered together: `begin` travels
 * with the first ones, `commit` with the last ones, and what stands in one Promise.all costs one round trip. PostgreSQL
 * works on them one after the other and skips the rest once one has failed, so order and meaning are those of a sequence.
 * The embedded database takes them one by one: its socket server cannot read ahead.
 */
export function openLine(client: pg.PoolClient, given: { together: boolean; nameOf: (text: string) => string | undefined }): Line {
  const send: Send = given.together ? batched(client, given.nameOf) : oneByOne(client)
  let waiting: Statement[] = []
  let underWay = false
  let broken: Error | undefined
  let ended = false
  const over = () => {
    underWay = false
    if (waiting.length) process.nextTick(go)
  }
  const go = () => {
    if (underWay || !waiting.length) return
    underWay = true
    const now = waiting
    waiting = []
    send(now, over)
  }
  const issue = (text: string, values: readonly unknown[]) =>
    new Promise<Sent>((done, fail) => {
      // After the microtasks of this turn: whatever they still issue goes along.
      if (!waiting.length) process.nextTick(go)
      waiting.push({ text, values, done, fail: (error) => fail((broken ??= error)) })
    })
  return {
    query: (text, values) => {
      if (broken || ended) return Promise.reject(broken ?? new Error('the transaction has ended'))
      const answer = issue(text, values)
      answer.catch(() => undefined) // nobody need wait for it: `end` tells
      return answer
    },
    end: async (text) => {
      ended = true
      await issue(text, [])
      // A transaction that has failed answers a commit with ROLLBACK and no error.
      if (broken && text === 'commit') throw broken
    },
  }
}

function oneByOne(client: pg.PoolClient): Send {
  let lost: Error | undefined
  return async (statements, over) => {
    for (const { text, values, done, fail } of statements) {
      if (lost && text !== 'rollback') fail(lost)
      else await client.query({ text, values: [...values] }).then(done, (error: Error) => fail((lost = error)))
    }
    over()
  }
}

const batched = (client: pg.PoolClient, nameOf: (text: string) => string | undefined): Send => (statements, over) => submit(client, statements.map((statement) => new Part(statement, nameOf(statement.text))), over)

const submit = (client: pg.PoolClient, parts: readonly Part[], over: () => void): void => void client.query(new Batch(parts, over) as unknown as pg.Submittable)

/** One statement outside a transaction. */
export const ask = (client: pg.PoolClient, text: string, values: readonly unknown[], name: string | undefined): Promise<Sent> =>
  new Promise((done, fail) => submit(client, [new Part({ text, values, done, fail }, name)], () => undefined))

/** Several statements with one Sync, in one piece: pg takes it for one query. */
class Batch {
  private at = 0
  private readonly parts: readonly Part[]
  private readonly over: () => void

  constructor(parts: readonly Part[], over: () => void) {
    this.parts = parts
    this.over = over
  }

  /** pg notes under these what the server has parsed: the answers come in order. */
  get name(): string | undefined {
    return this.parts[this.at]?.name
  }
  get text(): string | undefined {
    return this.parts[this.at]?.text
  }

  /** A value that cannot be written: nothing has left, and nothing of this batch may, its commit least of all. */
  submit(wire: Wire): Error | null {
    const pieces: Buffer[] = []
    const gathering = Object.create(wire, { stream: { value: { writable: true, write: (piece: Buffer) => pieces.push(piece) } } }) as Wire
    try {
      for (const part of this.parts) part.write(gathering)
    } catch (error) {
      return error instanceof Error ? error : new Error('a value that cannot be written')
    }
    gathering.sync()
    wire.stream.write(Buffer.concat(pieces))
    return null
  }
  handleRowDescription(message: unknown): void {
    this.parts[this.at]?.rowDescription(message)
  }
  handleDataRow(message: unknown): void {
    this.parts[this.at]?.dataRow(message)
  }
  handleCommandComplete(message: unknown, wire: Wire): void {
    this.parts[this.at++]?.complete(message, wire)
  }
  handleReadyForQuery(): void {
    for (const part of this.parts) part.settle()
    this.over()
  }
  /** The server skips everything up to the Sync. */
  handleError(error: Error, wire: Wire): void {
    this.parts.forEach((part, i) => (i < this.at ? part.settle() : part.undone(error, wire)))
    this.over()
  }
}
