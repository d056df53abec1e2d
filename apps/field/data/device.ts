import { useSyncExternalStore } from 'react'
import { clockOffsetMs, setClockOffset, setServerNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { read, write } from '../../../kernel/web/kept.ts'
import type { Me } from '../../../kernel/web/me.ts'

/** What this phone remembers for everybody who uses it: who is in, how it looks. Work itself lies in each person's own database. */
const PERSON = 'angrid.field.person'
const LOOK = 'angrid.field.look'
const DEVICE = 'angrid.field.device'

/** Who was in last and has not left: the page opens for this person without a line. */
export const rememberedPerson = (): Me | undefined => read<Me | null>(PERSON, null) ?? undefined
export const rememberPerson = (me: Me | undefined): void => write(PERSON, me)

/** The number of this device, made once; it outlives every login. */
export function deviceId(): string {
  const known = read<string | null>(DEVICE, null)
  if (known) return known
  const made = newId()
  write(DEVICE, made)
  return made
}

const CLOCK = 'angrid.field.clock'
/** The server's clock as it was last met: a phone that runs three hours ahead still writes down the right hour, line or no line. */
export function meetClock(serverTime: string): void {
  setServerNow(serverTime)
  write(CLOCK, clockOffsetMs())
}
export const recallClock = (): void => setClockOffset(read<number>(CLOCK, 0))

export interface Look {
  readonly mode: 'day' | 'night' | 'contrast'
  readonly large: boolean
}
let look = read<Look>(LOOK, { mode: 'day', large: false })
const listeners = new Set<() => void>()

export function setLook(more: Partial<Look>): void {
  look = { ...look, ...more }
  write(LOOK, look)
  showLook()
  for (const listener of listeners) listener()
}

/** Puts the look on the page; called before the first drawing, so that night never flashes white. */
export function showLook(): void {
  const root = document.documentElement
  root.dataset.look = look.mode
  root.toggleAttribute('data-large', look.large)
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', look.mode === 'night' ? '#10151b' : '#1d5bb8')
}

export const useLook = (): Look =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => look,
  )
