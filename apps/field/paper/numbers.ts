import type { Block } from '../../../capabilities/enforcement/block.ts'
import type { PaperType } from '../../../capabilities/enforcement/doc-type.ts'

/**
 * The numbers this device holds for one person, as pure functions over plain data. A number is drawn inside the transaction that keeps
 * the paper it stands on: two tabs never get the same one, a killed browser neither loses nor doubles one.
 */
export interface HeldNumber {
  readonly seq: number
  readonly no: string
  /** The paper it was drawn for; none: free. */
  readonly paperId?: string
}
export interface HeldBlock {
  readonly id: string
  readonly type: PaperType
  readonly version: number
  readonly expiresAt: string
  readonly numbers: readonly HeldNumber[]
  /** On its way back to the office: nothing is drawn from it any more. */
  readonly closing?: boolean
}
export interface Drawn {
  readonly blockId: string
  readonly seq: number
  readonly no: string
}

/** What the server says of this device's blocks, laid over what is held: a number drawn here stays drawn until the server knows its paper. */
export function merged(held: readonly HeldBlock[], told: readonly Block[], deviceId: string): HeldBlock[] {
  const before = new Map(held.map((block) => [block.id, block]))
  const own = told.filter((block) => block.deviceId === deviceId)
  const known = own.flatMap((block): HeldBlock[] => {
    const drawn = new Map(before.get(block.id)?.numbers.flatMap((n) => (n.paperId ? [[n.seq, n.paperId] as const] : [])))
    const closing = block.state !== 'OPEN' || before.get(block.id)?.closing === true
    const numbers = block.numbers.flatMap((n): HeldNumber[] => {
      const paperId = drawn.get(n.seq)
      if (n.state === 'USED') return []
      if (paperId) return [{ seq: n.seq, no: n.no, paperId }]
      return n.state === 'RESERVED' && block.state === 'OPEN' ? [{ seq: n.seq, no: n.no }] : []
    })
    return numbers.length === 0 ? [] : [{ id: block.id, type: block.type, version: block.version, expiresAt: block.expiresAt, numbers, ...(closing ? { closing } : {}) }]
  })
  const forgotten = held.filter((block) => !own.some((one) => one.id === block.id)).map((block) => ({ ...block, numbers: block.numbers.filter((n) => n.paperId) })).filter((block) => block.numbers.length > 0)
  return [...known, ...forgotten]
}

const usable = (block: HeldBlock, type: PaperType, now: string): boolean => block.type === type && !block.closing && Date.parse(block.expiresAt) > Date.parse(now)

/** Numbers of a type that may still be drawn. */
export const freeOf = (held: readonly HeldBlock[], type: PaperType, now: string): number => held.filter((block) => usable(block, type, now)).reduce((sum, block) => sum + block.numbers.filter((n) => !n.paperId).length, 0)

/** The number of a paper: the one it has, else the lowest free one of the block that ends first. Undefined: there is none left. */
export function draw(held: readonly HeldBlock[], type: PaperType, paperId: string, now: string): { held: HeldBlock[]; drawn: Drawn | undefined } {
  const own = held.flatMap((block) => block.numbers.filter((n) => n.paperId === paperId).map((n) => ({ blockId: block.id, seq: n.seq, no: n.no })))[0]
  if (own) return { held: [...held], drawn: own }
  const block = held.filter((one) => usable(one, type, now) && one.numbers.some((n) => !n.paperId)).sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))[0]
  const number = block?.numbers.filter((n) => !n.paperId).sort((a, b) => a.seq - b.seq)[0]
  if (!block || !number) return { held: [...held], drawn: undefined }
  return {
    held: held.map((one) => (one.id === block.id ? { ...one, numbers: one.numbers.map((n) => (n.seq === number.seq ? { ...n, paperId } : n)) } : one)),
    drawn: { blockId: block.id, seq: number.seq, no: number.no },
  }
}

/** The paper was given up before anybody signed: its number is free again. */
export const putBack = (held: readonly HeldBlock[], paperId: string): HeldBlock[] =>
  held.map((block) => ({ ...block, numbers: block.numbers.map(({ paperId: whose, ...n }) => (whose === undefined || whose === paperId ? n : { ...n, paperId: whose })) }))

/** Blocks that may go back to the office: nothing drawn from them is on its way. `all`: also those whose time is not over. */
export const returnable = (held: readonly HeldBlock[], now: string, all: boolean): HeldBlock[] =>
  held.filter((block) => block.numbers.every((n) => !n.paperId) && (all || block.closing === true || Date.parse(block.expiresAt) <= Date.parse(now)))

/** How many to ask for: nothing while half of them are left. */
export function wanting(held: readonly HeldBlock[], spare: readonly { type: PaperType; count: number }[], now: string): { type: PaperType; count: number }[] {
  return spare.flatMap(({ type, count }) => {
    const free = freeOf(held, type, now)
    return free * 2 > count ? [] : [{ type, count: count - free }]
  })
}
