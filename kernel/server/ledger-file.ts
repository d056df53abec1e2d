import { createHash } from 'node:crypto'
import { canonicalJson } from '../core/canonical-json.ts'
import { GENESIS, merkleRoot } from '../core/merkle.ts'
import type { Tx } from './db.ts'
import { linesOf } from './lines.ts'
import { BATCH, chainOf, endOf, eventsAfter, eventsBetween, hashWith, leafOf, type Position, START, type Seal, type SealedEvent, sealsAfter } from './ledger.ts'

/**
 * The ledger as one text file, a JSON value a line: a head, then for each batch its events and its seal, then events
 * not sealed yet, then an end that counts and hashes all lines before it.
 */
export async function* exportLedger(tx: Tx, now: Date): AsyncGenerator<string> {
  const file = createHash('sha256')
  const line = (value: unknown) => {
    const text = `${canonicalJson(value)}\n`
    file.update(text)
    return text
  }
  let last: Seal | undefined
  let count = 0
  yield line({ ledger: 'angrid', version: 1, exportedAt: now.toISOString() })
  for (let seals = await sealsAfter(tx, 0, 50); seals.length; seals = await sealsAfter(tx, last!.batch, 50)) {
    for (const seal of seals) {
      for (const event of await eventsBetween(tx, endOf(last), endOf(seal))) yield line({ event }), count++
      yield line({ seal })
      last = seal
    }
  }
  let at: Position = endOf(last)
  let unsealed = 0
  for (let rest = await eventsAfter(tx, at, BATCH); rest.length; rest = await eventsAfter(tx, at, BATCH)) {
    for (const event of rest) yield line({ event }), unsealed++
    at = rest.at(-1)!
  }
  yield `${canonicalJson(endLine(last, count, unsealed, file.digest('hex')))}\n`
}

const endLine = (last: Seal | undefined, sealed: number, unsealed: number, sha256: string) => ({
  end: { batches: last?.batch ?? 0, chain: last?.chain ?? GENESIS, sealed, unsealed, sha256 },
})

export type FaultKind = 'malformed' | 'order' | 'count' | 'changed' | 'seal' | 'chain' | 'cut' | 'file' | 'anchor'

/** What is wrong, and where. `batch` is the one being read. */
export interface Fault {
  readonly kind: FaultKind
  readonly batch: number
  readonly line: number
  readonly why: string
}

export interface Verdict {
  readonly ok: boolean
  readonly batches: number
  readonly sealed: number
  readonly unsealed: number
  readonly chain: string
  readonly faults: readonly Fault[]
}

/** A chain value written down elsewhere (a printed report, another office): a ledger cut shorter than it is found out. */
export interface Anchor {
  readonly batch: number
  readonly chain: string
}

const MAX_FAULTS = 20

/**
 * Checks an export without the database and without trust in it: every event under its root, every root in the chain,
 * nothing missing, nothing swapped, nothing cut off. A file that was also rebuilt by somebody who can hash is found
 * only by an anchor.
 */
export async function verifyLedger(source: AsyncIterable<string | Uint8Array>, anchors: readonly Anchor[] = []): Promise<Verdict> {
  const state = new Verification(anchors)
  for await (const line of linesOf(source)) state.take(line)
  return state.verdict()
}

class Verification {
  readonly faults: Fault[] = []
  readonly anchors: Map<number, string>
  file = createHash('sha256')
  line = 0
  ended = false
  waiting: SealedEvent[] = []
  at: Position = START
  last: Seal | undefined
  sealed = 0

  constructor(anchors: readonly Anchor[]) {
    this.anchors = new Map(anchors.map((anchor) => [anchor.batch, anchor.chain]))
  }

  fault(kind: FaultKind, why: string): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push({ kind, batch: (this.last?.batch ?? 0) + 1, line: this.line, why })
  }

  take(bytes: Buffer): void {
    this.line++
    const text = bytes.toString('utf8')
    if (this.ended) return this.fault('file', '结束行之后还有内容')
    const value = parsed(text)
    if (value && 'end' in value) return this.end(text)
    this.file.update(bytes).update('\n')
    if (!value || canonicalOf(value) !== text) return this.fault('malformed', '这一行不是规范的 JSON')
    try {
      this.entry(value)
    } catch {
      this.fault('malformed', '这一行缺少应有的内容')
    }
  }

  entry(value: Record<string, unknown>): void {
    if (this.line === 1) {
      if (value.ledger !== 'angrid' || value.version !== 1) this.fault('malformed', '不是安格账本文件')
    } else if ('event' in value) this.event(value.event as SealedEvent)
    else if ('seal' in value) this.seal(value.seal as Seal)
    else this.fault('malformed', '不认识的一行')
  }

  event(event: SealedEvent): void {
    if (!later(event, this.at)) this.fault('order', `事件 ${event.seq} 的次序不对`)
    this.at = { epoch: event.epoch, xid: event.xid, seq: event.seq }
    this.waiting.push(event)
  }

  seal(seal: Seal): void {
    const events = this.waiting
    this.waiting = []
    const hash = hashWith(seal.algorithm === 'sm3' ? 'sm3' : 'sha256')
    const end = events.at(-1)
    if (seal.batch !== (this.last?.batch ?? 0) + 1) this.fault('seal', `批号应为 ${(this.last?.batch ?? 0) + 1}，却是 ${seal.batch}`)
    if (events.length !== seal.count) this.fault('count', `封存时有 ${seal.count} 条，现在 ${events.length} 条`)
    if (!end || end.epoch !== seal.epoch || end.xid !== seal.lastXid || end.seq !== seal.lastSeq) this.fault('count', '本批最后一条不是封存时的那一条')
    if (merkleRoot(events.map((event) => leafOf(event, hash)), hash) !== seal.root) this.fault('changed', '本批内容与封存时不同')
    if (seal.previous !== (this.last?.chain ?? GENESIS)) this.fault('chain', '与上一批的链断开')
    const { chain, ...head } = seal
    if (chainOf(head) !== chain) this.fault('seal', '封存记录本身被改动')
    const anchor = this.anchors.get(seal.batch)
    if (anchor !== undefined && anchor !== chain) this.fault('anchor', `第 ${seal.batch} 批与另存的链值不符`)
    this.sealed += events.length
    this.last = seal
  }

  end(text: string): void {
    this.ended = true
    const wanted = canonicalJson(endLine(this.last, this.sealed, this.waiting.length, this.file.digest('hex')))
    if (wanted !== text) this.fault('file', '文件与结束行的计数或摘要不符')
  }

  verdict(): Verdict {
    if (!this.ended) this.fault('cut', '文件没有结束行，尾部被截去')
    for (const batch of this.anchors.keys()) if (batch > (this.last?.batch ?? 0)) this.fault('cut', `应有第 ${batch} 批，账本只到第 ${this.last?.batch ?? 0} 批`)
    return { ok: this.faults.length === 0, batches: this.last?.batch ?? 0, sealed: this.sealed, unsealed: this.waiting.length, chain: this.last?.chain ?? GENESIS, faults: this.faults }
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function canonicalOf(value: unknown): string | undefined {
  try {
    return canonicalJson(value)
  } catch {
    return undefined
  }
}

function later(a: Position, b: Position): boolean {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch
  if (a.xid !== b.xid) return !/^\d+$/.test(String(a.xid)) || BigInt(a.xid) > BigInt(b.xid)
  return a.seq > b.seq
}
