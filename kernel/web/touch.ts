/** When the person last touched the page: a page that polls must not keep a left desk signed in. */
let lastTouch = Date.now()

export const lastTouchMs = (): number => lastTouch
export const touched = (): void => {
  lastTouch = Date.now()
}

/** Within the last five minutes. */
export const isActive = (): boolean => Date.now() - lastTouch < 5 * 60_000 && document.visibilityState === 'visible'

/** Starts watching; returns how to stop. */
export function watchTouch(): () => void {
  const events = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
  for (const event of events) window.addEventListener(event, touched, { passive: true })
  return () => {
    for (const event of events) window.removeEventListener(event, touched)
  }
}
