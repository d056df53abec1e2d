import { can, type Me } from './me.ts'
import { type Group, groups, type Screen } from './screen.ts'

export interface MenuEntry {
  readonly path: string
  readonly label: string
}

/** What one's verbs allow, in the order of the day's work. */
export function entriesOf(screens: readonly Screen[], me: Pick<Me, 'verbs'>): { group: Group; entries: MenuEntry[] }[] {
  return groups.flatMap((group) => {
    const own = screens.flatMap((s) => (s.menu && s.menu.group === group && can(me, s.menu.verb) ? [{ ...s.menu, path: s.path }] : []))
    const entries = own.sort((a, b) => a.order - b.order).map(({ path, label }) => ({ path, label }))
    return entries.length > 0 ? [{ group, entries }] : []
  })
}

/** The entry to which an address belongs: the longest path that begins it. */
export function entryOf(pathname: string, paths: readonly string[]): string | undefined {
  const fits = paths.filter((p) => (p === '/' ? pathname === '/' : pathname === p || pathname.startsWith(`${p}/`)))
  return fits.sort((a, b) => b.length - a.length)[0]
}
