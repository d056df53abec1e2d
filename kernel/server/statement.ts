import type { Duplex } from 'node:stream'
import pg from 'pg'
import { prepareValue } from 'pg/lib/utils.js'

export interface Sent {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: unknown[]
}

export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  done(result: Sent): void
  fail(error: Error): void
}

/** What pg's connection offers to a query. */
export interface Wire {
  readonly stream: Duplex
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
  parse(statement: { text: string; name: string | undefined }): void
  bind(values: { portal: string; statement: string | undefined; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void
  describe(portal: { type: 'P'; name: string }): void
  execute(portal: { portal: string }): void
  sync(): void
}

/** The columns of an answer. */
interface Shape {
  readonly names: readonly string[]
  readonly read: readonly ((text: string) => unknown)[]
  readonly empty: Record<string, unknown>
}

const shapeless: Shape = { names: [], read: [], empty: {} }

/** Columns of the prepared statements of each connection. PostgreSQL refuses to run one whose columns have changed, so they hold for good. */
const shapes = new WeakMap<Wire['parsedStatements'], Map<string, Shape>>()

function shapesOf(wire: Wire): Map<string, Shape> {
  const known = shapes.get(wire.parsedStatements)
  if (known) return known
  const fresh = new Map<string, Shape>()
  shapes.set(wire.parsedStatements, fresh)
  return fresh
}

const columnsIn = (message: unknown): readonly { name: string; dataTypeID: number }[] => (message as { fields: { name: string; dataTypeID: number }[] }).fields
const valuesIn = (message: unknown): readonly (string | null)[] => (message as { fields: (string | null)[] }).fields
const tag = /^([A-Za-z]+)(?: \d+(?= ))?(?: (\d+))?/

/**
 * One statement on its way: parsed once a connection, described once, without a Sync of its own. pg's own query does the same and
 * asks for the description of the columns with every call.
 */
export class Part {
  readonly name: string | undefined
  readonly text: string
  private readonly statement: Statement
  private shape: Shape | undefined
  private error: Error | undefined
  private readonly rows: unknown[] = []
  private command = ''
  private count: number | null = null

  constructor(statement: Statement, name: string | undefined) {
    this.statement = statement
    this.text = statement.text
    this.name = name
  }

  /** Writes its messages. @throws when a value cannot be written */
  write(wire: Wire): void {
    const { name, text } = this
    const parsed = name !== undefined && (name in wire.parsedStatements || name in wire.submittedNamedStatements)
    if (!parsed) wire.parse({ text, name })
    if (!parsed && name !== undefined) wire.submittedNamedStatements[name] = text
    wire.bind({ portal: '', statement: name, values: this.statement.values, valueMapper: prepareValue })
    this.shape = name === undefined ? undefined : shapesOf(wire).get(name)
    if (!this.shape) wire.describe({ type: 'P', name: '' })
    wire.execute({ portal: '' })
  }

  rowDescription(message: unknown): void {
    const fields = columnsIn(message)
    this.shape = { names: fields.map((field) => field.name), read: fields.map((field) => pg.types.getTypeParser(field.dataTypeID, 'text')), empty: Object.fromEntries(fields.map((field) => [field.name, null])) }
  }

  dataRow(message: unknown): void {
    if (this.error) return
    const { names, read, empty } = this.shape ?? shapeless
    const row = { ...empty }
    try {
      valuesIn(message).forEach((value, i) => {
        if (value !== null) row[names[i]!] = read[i]!(value)
      })
    } catch (error) {
      this.error = error as Error
    }
    this.rows.push(row)
  }

  complete(message: unknown, wire: Wire): void {
    const [, command = '', count] = tag.exec((message as { text: string }).text) ?? []
    this.command = command
    this.count = count === undefined ? null : Number(count)
    if (this.name !== undefined) shapesOf(wire).set(this.name, this.shape ?? shapeless)
  }

  /** All answers of the batch are there. */
  settle(): void {
    if (this.error) this.statement.fail(this.error)
    else this.statement.done({ command: this.command, rowCount: this.count, rows: this.rows })
  }

  /** Neither it nor what stands behind it was done; a statement the server never parsed must be sent whole the next time. */
  undone(error: Error, wire: Wire): void {
    if (this.name !== undefined && !(this.name in wire.parsedStatements)) delete wire.submittedNamedStatements[this.name]
    this.statement.fail(this.error ?? error)
  }
}
