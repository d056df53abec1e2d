import { describe, expect, it } from 'vitest'
import { again, backoff, fold, foldPhoto, isUndecided, lastOpenOf, mayLeaveList, nextStep, type OutboxItem, photoAgain, progressOf, type QueuedPhoto, recovered, refusedPhotoOf, sending, summaryOf } from './queue.ts'

const item = (commandId: string, seq: number, more: Partial<OutboxItem> = {}): OutboxItem => ({
  commandId, seq, operation: 'hazard.submit', aggregate: `hazard:${commandId}`, input: { id: commandId, baseVersion: 1 }, photos: [], title: commandId, madeAt: '2026-03-05T13:40:00.000Z', app: '1',
  state: 'waiting', tries: 0, notBefore: 0, ...more,
})
const photo = (id: string, more: Partial<QueuedPhoto> = {}): QueuedPhoto => ({ id, state: 'waiting', bytes: 1000, sent: 0, tries: 0, notBefore: 0, ...more })
const problem = (status: number, code = `x.${status}`) => ({ ok: false as const, problem: { code, status, title: '不行', fields: [] } })
const now = { iso: '2026-03-05T14:00:00.000Z', ms: Date.parse('2026-03-05T14:00:00.000Z'), chance: 0.5 }

describe('what may go next', () => {
  it.each<[string, OutboxItem[], QueuedPhoto[], unknown]>([
    ['nothing queued: rest', [], [], { do: 'rest' }],
    ['the oldest command, whatever the order in the store', [item('b', 2), item('a', 1)], [], { do: 'command', id: 'a' }],
    ['its photos before it', [item('a', 1, { photos: ['p', 'q'] })], [photo('q', { state: 'stored' }), photo('p')], { do: 'photo', id: 'p' }],
    ['the command once its photos lie there', [item('a', 1, { photos: ['p'] })], [photo('p', { state: 'stored' })], { do: 'command', id: 'a' }],
    ['the command of another record while a photo waits for its time', [item('a', 1, { photos: ['p'] }), item('b', 2)], [photo('p', { notBefore: 99 })], { do: 'command', id: 'b' }],
    ['the second of a record waits for the first', [item('a', 1, { aggregate: 'h', notBefore: 50 }), item('b', 2, { aggregate: 'h' })], [], { do: 'wait', until: 50 }],
    ['a refused one is stepped over, in its own record too', [item('a', 1, { aggregate: 'h', state: 'refused' }), item('b', 2, { aggregate: 'h' })], [], { do: 'command', id: 'b' }],
    ['a held one is stepped over', [item('a', 1, { state: 'held' }), item('b', 2)], [], { do: 'command', id: 'b' }],
    ['done ones are over', [item('a', 1, { state: 'done' })], [], { do: 'rest' }],
    ['what was in the middle goes again', [item('a', 1, { state: 'sending' })], [], { do: 'command', id: 'a' }],
    ['photos of unfinished work go last', [item('a', 1)], [photo('loose')], { do: 'command', id: 'a' }],
    ['photos of unfinished work go', [], [photo('loose')], { do: 'photo', id: 'loose' }],
    ['a camera file goes after every photo', [], [photo('o', { originalOf: 'p' }), photo('loose')], { do: 'photo', id: 'loose' }],
    ['a camera file goes after every command', [item('a', 1)], [photo('o', { originalOf: 'p' })], { do: 'command', id: 'a' }],
    ['a camera file waits for the command of its photo, also when that waits for its time', [item('a', 1, { photos: ['p'], notBefore: 70 })], [photo('p', { state: 'stored' }), photo('o', { originalOf: 'p' })], { do: 'wait', until: 70 }],
    ['a camera file waits for its own photo', [], [photo('p', { notBefore: 40 }), photo('o', { originalOf: 'p' })], { do: 'wait', until: 40 }],
    ['a camera file whose photo was refused stays', [], [photo('p', { state: 'refused' }), photo('o', { originalOf: 'p' })], { do: 'rest' }],
    ['a camera file goes when nothing else does', [item('a', 1, { photos: ['p'], state: 'done' })], [photo('p', { state: 'stored' }), photo('o', { originalOf: 'p' })], { do: 'photo', id: 'o' }],
    ['the earliest time of all that wait', [item('a', 1, { notBefore: 70 })], [photo('p', { notBefore: 40 })], { do: 'wait', until: 40 }],
    ['a paper waits for its visit, whatever the time of either', [item('v', 1, { aggregate: 'visit:1', notBefore: 50 }), item('p', 2, { needs: ['visit:1'] })], [], { do: 'wait', until: 50 }],
    ['a paper whose visit was refused or put aside waits, others go', [item('v', 1, { aggregate: 'visit:1', state: 'refused' }), item('p', 2, { needs: ['visit:1'] }), item('b', 3)], [], { do: 'command', id: 'b' }],
    ['the visit was mended: its newest command counts', [item('v', 1, { aggregate: 'visit:1', state: 'held' }), item('p', 2, { needs: ['visit:1'] }), item('w', 3, { aggregate: 'visit:1', state: 'done' })], [], { do: 'command', id: 'p' }],
    ['a visit that left the list long ago keeps nobody waiting', [item('p', 2, { needs: ['visit:1'] })], [], { do: 'command', id: 'p' }],
    ['a photo that is not in the store any more keeps nobody waiting', [item('a', 1, { photos: ['gone'] })], [], { do: 'command', id: 'a' }],
  ])('%s', (_, items, photos, step) => {
    expect(nextStep(items, photos, 10)).toEqual(step)
  })
})

describe('what an answer makes of it', () => {
  it.each<[string, ReturnType<typeof problem>, Partial<OutboxItem>]>([
    ['no line: waits', problem(0, 'offline'), { state: 'waiting' }],
    ['the server is away: waits', problem(503), { state: 'waiting' }],
    ['a gateway answers instead: waits', problem(502), { state: 'waiting' }],
    ['too many at once: waits', problem(429), { state: 'waiting' }],
    ['signed out: waits for a sign-in, at once', problem(401), { state: 'waiting', notBefore: 0 }],
    ['refused by a rule: shown', problem(422), { state: 'refused' }],
    ['out of reach: shown', problem(404), { state: 'refused' }],
    ['changed meanwhile: shown', problem(409, 'common.stale'), { state: 'refused' }],
    ['no right any more: shown', problem(403), { state: 'refused' }],
    ['the password has to be changed first: waits for that', problem(403, 'common.change_password_first'), { state: 'waiting', notBefore: 0 }],
    ['a bug is tried again', problem(500), { state: 'waiting' }],
  ])('%s', (_, outcome, wanted) => {
    expect(fold(item('a', 1, { state: 'sending', tries: 1 }), outcome, now)).toMatchObject(wanted)
  })
  it('a bug that stays is shown with its number', () => {
    const bug = { ok: false as const, problem: { ...problem(500).problem, requestId: 'r-7' } }
    expect(fold(item('a', 1, { state: 'sending', tries: 4 }), bug, now)).toMatchObject({ state: 'refused', refusal: { requestId: 'r-7' } })
  })
  it('done keeps the answer and forgets an old refusal', () => {
    const done = fold(item('a', 1, { state: 'sending', refusal: problem(422).problem }), { ok: true, answer: { no: 'HZ-1' } }, now)
    expect(done).toMatchObject({ state: 'done', answer: { no: 'HZ-1' }, doneAt: now.iso })
    expect(done.refusal).toBeUndefined()
  })
  it('waits longer each time, five minutes at most', () => {
    expect([1, 2, 3, 20].map((tries) => backoff(tries, 0.5))).toEqual([2000, 4000, 8000, 300_000])
    expect(backoff(20, 1)).toBeGreaterThan(backoff(20, 0))
  })
  it('nothing of all this throws a command away', () => {
    for (const status of [0, 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 502, 503, 504]) {
      const after = fold(item('a', 1, { state: 'sending', tries: 9 }), problem(status), now)
      expect([after.commandId, after.input, after.state === 'done']).toEqual(['a', { id: 'a', baseVersion: 1 }, false])
    }
  })
  it('a photo the server will not take is shown at its command', () => {
    const refused = foldPhoto(photo('p'), problem(415, 'attachment.wrong_type'), now)
    expect(refused.state).toBe('refused')
    expect(refusedPhotoOf(item('a', 1, { photos: ['p'] }), [refused])?.code).toBe('attachment.wrong_type')
    expect(photoAgain(refused)).toMatchObject({ id: 'p', state: 'waiting', tries: 0 })
    expect(photoAgain(refused).refusal).toBeUndefined()
    expect(foldPhoto(photo('p', { sent: 512 }), problem(0, 'offline'), now)).toMatchObject({ state: 'waiting', sent: 512, tries: 1 })
  })
  it('a cut line decided nothing, a rule did', () => {
    expect([0, 429, 503].map((status) => isUndecided({ status, code: '' }))).toEqual([true, true, true])
    expect([401, 404, 409, 422, 500].map((status) => isUndecided({ status, code: '' }))).toEqual([false, false, false, false, false])
  })
})

describe('one record, several commands', () => {
  const first = item('a', 1, { aggregate: 'h' })
  const second = item('b', 2, { aggregate: 'h', after: 'a' })
  it('the second builds on what the first has led to', () => {
    expect(sending(second, { ...first, state: 'done', answer: { version: 7 } }).input).toEqual({ id: 'b', baseVersion: 7 })
  })
  it('a refused first leaves the second as it was made', () => {
    expect(sending(second, { ...first, state: 'refused' }).input.baseVersion).toBe(1)
  })
  it('once sent, the content stays: the same key is the same content', () => {
    expect(sending({ ...second, tries: 1 }, { ...first, state: 'done', answer: { version: 7 } }).input.baseVersion).toBe(1)
  })
  it('a command without a base version is given none', () => {
    expect(sending(item('c', 3, { input: { id: 'c' } }), { ...first, state: 'done', answer: { version: 7 } }).input).toEqual({ id: 'c' })
  })
  it('finds the last queued one', () => {
    expect(lastOpenOf([second, first, item('d', 9, { aggregate: 'h', state: 'done' })], 'h')?.commandId).toBe('b')
  })
})

describe('the list', () => {
  it('done items leave after thirty days, refused ones never', () => {
    const old = '2026-01-01T00:00:00.000Z'
    expect(mayLeaveList(item('a', 1, { state: 'done', doneAt: old }), now.ms)).toBe(true)
    expect(mayLeaveList(item('a', 1, { state: 'done', doneAt: '2026-02-20T00:00:00.000Z' }), now.ms)).toBe(false)
    expect(mayLeaveList(item('a', 1, { state: 'refused', madeAt: old }), now.ms)).toBe(false)
  })
  it('the dot is red when somebody has to look, amber while something waits', () => {
    expect(summaryOf([], []).dot).toBe('synced')
    expect(summaryOf([item('a', 1)], []).dot).toBe('waiting')
    expect(summaryOf([item('a', 1), item('b', 2, { state: 'refused' })], [photo('p', { sent: 400 })])).toMatchObject({ dot: 'attention', waiting: 1, refused: 1, photos: 1, bytesLeft: 600 })
  })
  it('a camera file that was not kept or not taken troubles nobody; one on its way is counted', () => {
    expect(summaryOf([], [photo('o', { state: 'refused', originalOf: 'p' })]).dot).toBe('synced')
    expect(summaryOf([], [photo('o', { originalOf: 'p', sent: 400 })])).toMatchObject({ dot: 'waiting', photos: 1, bytesLeft: 600 })
  })
  it('progress counts the bytes of its photos', () => {
    const sent = [photo('p', { state: 'stored', sent: 1000 }), photo('q', { sent: 500, bytes: 3000 })]
    expect(progressOf(item('a', 1, { photos: ['p', 'q'] }), sent)).toBeCloseTo(0.37, 2)
    expect(progressOf(item('a', 1, { state: 'done' }), [])).toBe(1)
  })
  it('a killed browser leaves nothing in the middle; trying again keeps key and content', () => {
    expect(recovered(item('a', 1, { state: 'sending' })).state).toBe('waiting')
    expect(again(item('a', 1, { state: 'refused', tries: 6, notBefore: 99 }))).toMatchObject({ commandId: 'a', state: 'waiting', notBefore: 0, tries: 1 })
  })
})
