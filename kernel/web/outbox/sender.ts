import { clockDrift, serverNow } from '../clock.ts'
import { newId } from '../new-id.ts'
import { again, fold, foldPhoto, hurried, isUnauthenticated, lastOpenOf, mayLeaveList, nextStep, type Outcome, type OutboxItem, photoAgain, recovered, refusedPhotoOf, sending } from './queue.ts'
import type { PersonStore, StoredPhoto } from './store.ts'

/** How things reach the server; the app brings it. Both answer an outcome and throw nothing. */
export interface Pipe {
  command(item: OutboxItem): Promise<Outcome>
  /** `onSent` answers whether to go on; 'later': stopped between two pieces because something else may go first. */
  photo(photo: StoredPhoto, onSent: (bytes: number) => boolean): Promise<Outcome | 'later'>
  /** The session ended. True: somebody signed in, go on. */
  signIn(): Promise<boolean>
  /** Something was done: the working set may be asked for news. */
  onDone(item: OutboxItem): void
  /** Milliseconds of the device clock. */
  now(): number
}

export interface NewCommand {
  readonly operation: string
  readonly aggregate: string
  readonly input: Readonly<Record<string, unknown>>
  readonly photos?: readonly string[]
  readonly needs?: readonly string[]
  readonly title: string
  readonly app: string
  readonly draft?: OutboxItem['draft']
}

/** Puts a command into the queue, in one transaction with whatever else it replaces (`also`: the draft it was). */
export async function enqueue(store: PersonStore, made: NewCommand, also: () => Promise<unknown> = async () => undefined): Promise<OutboxItem> {
  return store.transaction('rw', store.tables, async () => {
    const queued = await store.outbox.where('aggregate').equals(made.aggregate).toArray()
    const last = await store.outbox.orderBy('seq').last()
    const before = lastOpenOf(queued, made.aggregate)
    const item: OutboxItem = {
      ...made, commandId: newId(), seq: (last?.seq ?? 0) + 1, photos: made.photos ?? [], madeAt: serverNow(), clockDrift: clockDrift(), state: 'waiting', tries: 0, notBefore: 0, ...(before ? { after: before.commandId } : {}),
    }
    await store.outbox.add(item)
    await also()
    return item
  })
}

/** Empties the outbox of one person: one item at a time, in one tab at a time, stopped and started at any point. */
export class Sender {
  private running = false
  private wanted = false
  private stopped = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private giveUp: () => void = () => undefined
  private readonly store: PersonStore
  private readonly pipe: Pipe

  constructor(store: PersonStore, pipe: Pipe) {
    this.store = store
    this.pipe = pipe
  }

  /** Something may be there to send. `hurry`: do not wait for the time of a failed attempt, the line is back. */
  async wake(hurry = false): Promise<void> {
    if (this.stopped) return
    if (hurry) await this.hurry()
    this.wanted = true
    if (this.running) return
    this.running = true
    clearTimeout(this.timer)
    try {
      await this.alone(async () => {
        await this.recover()
        while (this.wanted && !this.stopped) {
          this.wanted = false
          await this.drain()
        }
      })
    } finally {
      this.running = false
    }
  }

  /** The person wants a refused or held one tried again. */
  async again(item: OutboxItem): Promise<void> {
    const { outbox, photos } = this.store
    await this.store.transaction('rw', outbox, photos, async () => {
      await outbox.put(again(item))
      await photos.where('id').anyOf(item.photos).modify((photo, ref) => {
        ref.value = photoAgain(photo)
      })
    })
    void this.wake(true)
  }

  start(): void {
    this.stopped = false
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    this.giveUp()
  }

  /** One tab sends. Where the browser has no locks (plain http) the keys alone keep things from being done twice. */
  private async alone(work: () => Promise<void>): Promise<void> {
    if (!('locks' in navigator)) return work()
    await navigator.locks.request(`angrid.send.${this.store.name}`, { ifAvailable: true }, async (lock) => {
      if (lock) return work()
      this.later(Date.now() + 5000)
    })
  }

  private async recover(): Promise<void> {
    await this.store.outbox.where('state').equals('sending').modify((item, ref) => {
      ref.value = recovered(item)
    })
    const done = await this.store.outbox.where('state').equals('done').toArray()
    const old = done.filter((item) => mayLeaveList(item, this.pipe.now()))
    if (old.length === 0) return
    const gone = new Set(old.flatMap((item) => item.photos))
    await this.store.photos.where('id').anyOf([...gone]).and((photo) => photo.state === 'stored').delete()
    await this.store.photos.where('state').anyOf('stored', 'refused').and((photo) => photo.originalOf !== undefined && photo.blob === null && gone.has(photo.originalOf)).delete()
    await this.store.outbox.bulkDelete(old.map((item) => item.commandId))
  }

  private async hurry(): Promise<void> {
    // Only what waits for its time: writing every picture anew would cost a phone its disk.
    await this.store.outbox.where('state').equals('waiting').and((item) => item.notBefore > 0).modify((item, ref) => {
      ref.value = hurried(item)
    })
    await this.store.photos.where('state').equals('waiting').and((photo) => photo.notBefore > 0).modify((photo, ref) => {
      ref.value = hurried(photo)
    })
  }

  private async drain(): Promise<void> {
    for (;;) {
      if (this.stopped) return
      this.wanted = false
      const waiting = await this.store.outbox.where('state').anyOf('waiting', 'sending').toArray()
      // What others stand on decides as well when it was refused or put aside.
      const needed = [...new Set(waiting.flatMap((item) => item.needs ?? []))]
      const items = needed.length === 0 ? waiting : [...waiting, ...(await this.store.outbox.where('aggregate').anyOf(needed).and((item) => item.state !== 'waiting' && item.state !== 'sending').toArray())]
      const photos = await this.store.photos.where('state').anyOf('waiting', 'refused').toArray()
      const step = nextStep(items, photos, this.pipe.now())
      if (step.do === 'rest') return
      if (step.do === 'wait') return this.later(step.until)
      const outcome = step.do === 'photo' ? await this.sendPhoto(step.id) : await this.sendCommand(step.id, photos)
      if (outcome && !outcome.ok && isUnauthenticated(outcome.problem) && !(await this.signedIn())) return
    }
  }

  /** Whoever stops the sender while a sign-in is waited for gives the lock free: the next sender of this person needs it. */
  private async signedIn(): Promise<boolean> {
    if (this.stopped) return false
    const given = new Promise<boolean>((end) => (this.giveUp = () => end(false)))
    return Promise.race([this.pipe.signIn(), given])
  }

  private later(at: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.wake(), Math.max(500, Math.min(at - this.pipe.now(), 300_000)))
  }

  private async sendPhoto(id: string): Promise<Outcome | undefined> {
    const photo = await this.store.photos.get(id)
    if (!photo) return undefined
    const outcome = await this.pipe.photo(photo, (bytes) => {
      void this.store.photos.update(id, { sent: bytes })
      return !photo.originalOf || !(this.wanted || this.stopped)
    })
    if (outcome === 'later') return undefined
    await this.store.transaction('rw', this.store.photos, async () => {
      const now = await this.store.photos.get(id)
      if (!now) return
      const after = foldPhoto(now, outcome, this.moment())
      await this.store.photos.put(after.originalOf && after.state === 'stored' ? { ...after, blob: null } : after)
    })
    return outcome
  }

  private async sendCommand(commandId: string, photos: readonly StoredPhoto[]): Promise<Outcome | undefined> {
    const item = await this.store.outbox.get(commandId)
    if (!item) return undefined
    const bad = refusedPhotoOf(item, photos)
    if (bad) {
      await this.store.outbox.put({ ...item, state: 'refused', refusal: bad })
      return undefined
    }
    const going = sending(item, item.after ? await this.store.outbox.get(item.after) : undefined)
    await this.store.outbox.put(going)
    const outcome = await this.pipe.command(going)
    const after = fold(going, outcome, this.moment())
    await this.keepAnswer(after)
    if (after.state === 'done') this.pipe.onDone(after)
    return outcome
  }

  /** With the command done its pictures lie on the server, verified: the phone keeps the small ones and gives the room back. */
  private async keepAnswer(item: OutboxItem): Promise<void> {
    const { outbox, photos } = this.store
    await this.store.transaction('rw', outbox, photos, async () => {
      await outbox.put(item)
      if (item.state !== 'done') return
      await photos.where('id').anyOf(item.photos).and((photo) => photo.state === 'stored').modify((photo, ref) => {
        ref.value = { ...photo, blob: null }
      })
    })
  }

  private moment() {
    const ms = this.pipe.now()
    return { ms, iso: new Date(ms).toISOString(), chance: Math.random() }
  }
}
