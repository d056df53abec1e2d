import { useEffect, useState } from 'react'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { INTAKE, type IntakeState } from './intake.ts'
import { indexOf, type SiteIndex } from './site-index.ts'
import { type FieldStore, useWork } from './work.ts'

let held: { store: string; at: string | undefined; index: SiteIndex } | undefined

/** All sites of this phone, folded for finding; read once and again when the feed has brought a round, or one was fetched. */
export function useSites(): SiteIndex | undefined {
  const { store } = useWork()
  const at = useLive(async () => `${(await store.read<IntakeState>(INTAKE))?.at ?? ''}/${await store.site.count()}`, [store])
  const [index, setIndex] = useState(held?.store === store.name ? held.index : undefined)
  useEffect(() => {
    if (at === undefined) return
    if (held?.store === store.name && held.at === at) return setIndex(held.index)
    void read(store, at).then(setIndex)
  }, [store, at])
  return index
}

async function read(store: FieldStore, at: string): Promise<SiteIndex> {
  const index = indexOf(await store.site.toArray())
  held = { store: store.name, at, index }
  return index
}

const SCANS = 'scans'
const VALID_MS = 4 * 3_600_000
/** By the server's clock, like the arrival it is compared with. */
const age = (at: string): number => Date.parse(serverNow()) - Date.parse(at)

/** Remembers that the sign of a site was read: the visit that follows carries it. */
export async function keepScan(store: FieldStore, siteId: string): Promise<void> {
  const scans = (await store.read<Record<string, string>>(SCANS)) ?? {}
  const young = Object.fromEntries(Object.entries(scans).filter(([, at]) => age(at) < VALID_MS))
  await store.keep(SCANS, { ...young, [siteId]: serverNow() })
}

export async function scanOf(store: FieldStore, siteId: string): Promise<string | undefined> {
  const at = ((await store.read<Record<string, string>>(SCANS)) ?? {})[siteId]
  return at && age(at) < VALID_MS ? at : undefined
}

const RECENT = 'sites.recent'
export const recentSites = async (store: FieldStore): Promise<string[]> => (await store.read<string[]>(RECENT)) ?? []
export async function keepRecent(store: FieldStore, siteId: string): Promise<void> {
  await store.keep(RECENT, [siteId, ...(await recentSites(store)).filter((id) => id !== siteId)].slice(0, 20))
}
