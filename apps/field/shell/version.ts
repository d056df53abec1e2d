import { useSyncExternalStore } from 'react'

/** Whether a newer build waits to be opened, and how to open it. The page never changes under the hands of who works in it. */
let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()
const CHECK_MS = 30 * 60_000

/** Installs the worker and watches for new builds, also on a page that stays open for a week. */
export function keepWorker(): void {
  if (!('serviceWorker' in navigator)) return
  const workers = navigator.serviceWorker
  let controlled = workers.controller !== null
  let left = false
  workers.addEventListener('controllerchange', () => {
    // The first worker takes the page over as it is; a later one means that the old files are gone.
    if (controlled && !left) {
      left = true
      location.reload()
    }
    controlled = true
  })
  // A part of an old build that is nowhere any more: the page starts anew, drafts are kept.
  window.addEventListener('vite:preloadError', () => location.reload())
  window.addEventListener('load', () => {
    workers.register('./sw.js', { scope: './', updateViaCache: 'none' }).then(watch, () => undefined)
  })
}

function watch(registration: ServiceWorkerRegistration): void {
  const note = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return
    waiting = registration.waiting
    for (const listener of listeners) listener()
  }
  note()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', note))
  const check = () => void registration.update().catch(() => undefined)
  setInterval(check, CHECK_MS)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check())
}

export const useNewVersion = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => waiting !== undefined,
  )

export const openNewVersion = (): void => waiting?.postMessage('take-over')
