import { useCallback, useMemo, useState } from 'react'
import { createPath, type Location, type Navigator, parsePath, type To } from 'react-router'

/** A way through the desk's pages beside the address of the wall: the wall stays where it is; a link opened apart leads to the desk. */
export function useSheetRouter(start: string): { location: Location; navigator: Navigator; push: (path: string) => void; back: (() => void) | undefined } {
  const [stack, setStack] = useState<readonly Location[]>(() => [locationOf(start, null, 0)])
  const go = useCallback((delta: number) => setStack((old) => (delta < 0 ? old.slice(0, Math.max(1, old.length + delta)) : old)), [])
  const navigator = useMemo((): Navigator => ({
    createHref: (to) => `../#${pathOf(to)}`,
    encodeLocation: (to) => {
      const { pathname = '/', search = '', hash = '' } = typeof to === 'string' ? parsePath(to) : to
      return { pathname, search, hash }
    },
    push: (to, state) => setStack((old) => [...old.slice(-30), locationOf(pathOf(to), state, old.length)]),
    replace: (to, state) => setStack((old) => [...old.slice(0, -1), locationOf(pathOf(to), state, old.length)]),
    go,
  }), [go])
  const push = useCallback((path: string) => navigator.push(path), [navigator])
  return { location: stack.at(-1)!, navigator, push, back: stack.length > 1 ? () => go(-1) : undefined }
}

const pathOf = (to: To): string => (typeof to === 'string' ? to : createPath(to))

let keys = 0
function locationOf(path: string, state: unknown, depth: number): Location {
  const { pathname = '/', search = '', hash = '' } = parsePath(path)
  return { pathname, search, hash, state, key: `${depth}-${++keys}` } as Location
}
