import type { Duplex } from 'node:stream'
import pg from 'pg'

export interface Sent {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: unknown[]
}

/** The statements of one transaction, in the order in which they were issued. */
export interface Line {
  /** After one has failed every later one fails with it: the transaction is lost. */
  query(text: string, values: readonly unknown[]): Promise<Sent>
  /** `commit` or `rollback`; nothing may follow. */
  end(text: string): Promise<void>
}

type Send = (statements: readonly Statement[], over: () => void) => void

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  done(result: Sent): void
  fail(error: Error): void
}

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

const batched = (client: pg.PoolClient, nameOf: (text: string) => string | undefined): Send => (statements, over) =>
  void client.query(new Batch(statements.map((statement) => partOf(statement, nameOf)), over) as unknown as pg.Submittable)

function partOf({ text, values, done, fail }: Statement, nameOf: (text: string) => string | undefined): Part {
  return new Part({ text, values, name: nameOf(text), queryMode: 'extended' }, undefined, (error, result) => (error ? fail(error) : done(result!)))
}

/** What pg's connection offers to a query. */
interface Wire {
  readonly stream: Duplex
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
  execute(portal: { portal: string }): void
  sync(): void
}

/** pg's own query: it prepares, binds and reads rows; typed by what is used of it. */
interface Query {
  readonly name: string | undefined
  readonly text: string
  submit(wire: Wire): Error | null
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, wire: Wire): void
  handleReadyForQuery(wire: Wire): void
  handleError(error: Error, wire: Wire): void
}
const PgQuery = pg.Query as unknown as new (
  config: { text: string; values: readonly unknown[]; name: string | undefined; queryMode: 'extended' },
  values: undefined,
  done: (error: Error | null, result?: Sent) => void,
) => Query

/** One statement of a batch: as any other, but without a Sync of its own. */
class Part extends PgQuery {
  failed = false
  _getRows(wire: Wire): void {
    wire.execute({ portal: '' })
  }
  override handleError(error: Error, wire: Wire): void {
    this.failed = true
    super.handleError(error, wire)
  }
}

/** Several statements with one Sync: pg takes it for one query. */
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

  submit(wire: Wire): Error | null {
    wire.stream.cork()
    try {
      for (const part of this.parts) {
        // A value that cannot be written: nothing has left yet, and nothing of this batch may, its commit least of all.
        if (part.submit(wire) || part.failed) wire.stream.destroy()
      }
      wire.sync()
    } finally {
      wire.stream.uncork()
    }
    return null
  }
  handleRowDescription(message: unknown): void {
    this.parts[this.at]?.handleRowDescription(message)
  }
  handleDataRow(message: unknown): void {
    this.parts[this.at]?.handleDataRow(message)
  }
  handleCommandComplete(message: unknown, wire: Wire): void {
    this.parts[this.at++]?.handleCommandComplete(message, wire)
  }
  handleReadyForQuery(wire: Wire): void {
    for (const part of this.parts) part.handleReadyForQuery(wire)
    this.over()
  }
  /** The server skips everything up to the Sync; a statement it never parsed must be sent whole the next time. */
  handleError(error: Error, wire: Wire): void {
    this.parts.forEach((part, i) => {
      if (i < this.at) return part.handleReadyForQuery(wire)
      if (part.name && !(part.name in wire.parsedStatements)) delete wire.submittedNamedStatements[part.name]
      part.handleError(error, wire)
    })
    this.over()
  }
}
