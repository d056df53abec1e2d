import { operations } from '../../../capabilities/enforcement/operations.ts'
import type { Kit } from '../../../capabilities/enforcement/kit.ts'
import type { PaperContent } from '../../../capabilities/enforcement/paper.ts'
import type { PaperType } from '../../../capabilities/enforcement/doc-type.ts'
import { asProblem, call } from '../../../kernel/web/call.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import type { Me } from '../../../kernel/web/me.ts'
import { deviceId } from '../data/device.ts'
import type { FieldStore } from '../data/work.ts'
import { draw, type Drawn, type HeldBlock, merged, putBack, returnable, wanting } from './numbers.ts'

const NUMBERS = 'paper.numbers'
const KIT = 'paper.kit'
const AT = 'paper.kit.at'
const APPROVED = 'paper.approved'
const PAUSE_MS = 10 * 60_000

export const kitOf = (store: FieldStore): Promise<Kit | undefined> => store.read<Kit>(KIT)
export const numbersOf = async (store: FieldStore): Promise<HeldBlock[]> => (await store.read<HeldBlock[]>(NUMBERS)) ?? []

/** What was approved for me to issue, as the approver read it. */
export interface ApprovedPaper {
  readonly version: number
  readonly content: PaperContent
}
export const approvedOf = (store: FieldStore, id: string): Promise<ApprovedPaper | undefined> => store.read<ApprovedPaper>(`${APPROVED}.${id}`)

/** Changes the held numbers and answers with them, in one transaction. */
export const changeNumbers = <T>(store: FieldStore, change: (held: HeldBlock[]) => { held: HeldBlock[]; answer: T }): Promise<T> =>
  store.transaction('rw', store.meta, async () => {
    const { held, answer } = change(await numbersOf(store))
    await store.keep(NUMBERS, held)
    return answer
  })

/** Draws a number for a paper; inside a larger transaction it is a part of it. */
export const drawNumber = (store: FieldStore, type: PaperType, paperId: string): Promise<Drawn | undefined> => changeNumbers(store, (held) => {
  const { held: next, drawn } = draw(held, type, paperId, serverNow())
  return { held: next, answer: drawn }
})
export const returnNumber = (store: FieldStore, paperId: string): Promise<void> => changeNumbers(store, (held) => ({ held: putBack(held, paperId), answer: undefined }))

const mayWrite = (me: Pick<Me, 'verbs'>): boolean => me.verbs.includes('enforcement.draft') && me.verbs.includes('enforcement.issue')

/** With a line: forms, numbers and approved papers for the time without one. Now and then only, one tab at a time; what fails is tried the next time. */
export async function keepPapers(store: FieldStore, me: Pick<Me, 'verbs' | 'personId'>, now = false): Promise<void> {
  if (!mayWrite(me)) return
  await keepApproved(store, me.personId).catch(() => undefined)
  const at = await store.read<number>(AT)
  if (!now && at !== undefined && Math.abs(Date.now() - at) < PAUSE_MS) return
  await alone(store, async () => {
    const kit = await call(operations.kit, {}, { quiet: true })
    await store.keep(KIT, kit)
    await refreshNumbers(store)
    await giveBack(store, false)
    await takeMore(store, kit)
    await store.keep(AT, Date.now())
  }).catch(() => undefined)
}

async function alone(store: FieldStore, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request(`angrid.papers.${store.name}`, { ifAvailable: true }, async (lock) => (lock ? work() : undefined))
}

async function refreshNumbers(store: FieldStore): Promise<void> {
  const { rows } = await call(operations.blocks, {}, { quiet: true })
  await changeNumbers(store, (held) => ({ held: merged(held, rows, deviceId()), answer: undefined }))
}

async function takeMore(store: FieldStore, kit: Kit): Promise<void> {
  const wanted = wanting(await numbersOf(store), kit.spare, serverNow())
  if (wanted.length === 0) return
  await call(operations.reserve, { deviceId: deviceId(), blocks: wanted.map(({ type, count }) => ({ id: newId(), type, count })) }, { quiet: true })
  await refreshNumbers(store)
}

/**
 * Unused numbers go back: those whose time is over, or `all` of them when the person leaves this phone. Nothing is drawn from a block on
 * its way back; one with a number on an unsent paper stays. Answers how many numbers went.
 */
export async function giveBack(store: FieldStore, all: boolean): Promise<number> {
  const going = await changeNumbers(store, (held) => {
    const back = new Set(returnable(held, serverNow(), all).map((block) => block.id))
    return { held: held.map((block) => (back.has(block.id) ? { ...block, closing: true } : block)), answer: held.filter((block) => back.has(block.id)) }
  })
  let gone = 0
  for (const block of going) {
    const problem = await call(operations.giveBack, { id: block.id, baseVersion: block.version, reason: all ? '离开这台手机，交回未用文号' : '到期，交回未用文号' }, { quiet: true }).then(() => undefined, asProblem)
    // Without a line it stays on its way and goes the next time; what the office closed meanwhile is gone as well.
    if (problem && (problem.status === 0 || problem.status === 401 || problem.status >= 500)) continue
    gone += block.numbers.length
    await changeNumbers(store, (held) => ({ held: held.filter((one) => one.id !== block.id), answer: undefined }))
  }
  return gone
}

/** Before the person leaves the phone; never in the way of leaving. Without a line the numbers stay here for the next time. */
export const leaveNumbers = (store: FieldStore, me: Pick<Me, 'verbs'>): Promise<void> =>
  mayWrite(me) && navigator.onLine ? Promise.race([giveBack(store, true).then(() => store.meta.delete(AT)), new Promise<void>((done) => setTimeout(done, 4000))]).then(() => undefined, () => undefined) : Promise.resolve()

/** The content of approved papers of mine, so that they can be issued in a basement; what is approved no more leaves. */
async function keepApproved(store: FieldStore, personId: string): Promise<void> {
  const mine = (await store.paper.toArray()).filter((paper) => paper.state === 'APPROVED' && paper.officers.includes(personId))
  const keys = new Set(mine.map((paper) => `${APPROVED}.${paper.id}`))
  const old = (await store.meta.where('key').startsWith(`${APPROVED}.`).primaryKeys()).filter((key) => !keys.has(key))
  await store.meta.bulkDelete(old)
  for (const paper of mine) {
    if ((await approvedOf(store, paper.id))?.version === paper.version) continue
    const { version, content } = await call(operations.get, { id: paper.id }, { quiet: true })
    await store.keep(`${APPROVED}.${paper.id}`, { version, content } satisfies ApprovedPaper)
  }
}
