import { useSyncExternalStore } from 'react'

/**
 * What the whole page shares about its connection: whether the server can be reached, and who asks for a new sign-in
 * when a session has ended. A call that met a 401 waits here and is sent again, so that nothing typed is lost.
 */
type Asker = () => Promise<boolean>

let online = true
let asker: Asker | undefined
let asking: Promise<boolean> | undefined
let person: string | undefined
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Set by the last call that was answered, or that found nobody. */
export function setOnline(value: boolean): void {
  if (online === value) return
  online = value
  tell()
}

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => online)

/** The shell says how a person is asked to sign in again; undefined when there is no shell. */
export function setAsker(next: Asker | undefined): void {
  asker = next
}

/** Asks once, however many calls met the end of the session. False: the person did not sign in. */
export function askToSignIn(): Promise<boolean> {
  if (!asker) return Promise.resolve(false)
  asking ??= asker().finally(() => {
    asking = undefined
  })
  return asking
}

/** Whose page this is: sent with every call, so that a session of somebody else in the same browser answers none of them. Undefined: a page that does not say. */
export function setPerson(personId: string | undefined): void {
  person = personId
}
export const personOfPage = (): string | undefined => person

let device: string | undefined
/** Number of this device, made on it once; sent with every call of a page that says. */
export const setDevice = (id: string): void => {
  device = id
}
export const deviceOfPage = (): string | undefined => device
