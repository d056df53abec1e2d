import type { SiteRow } from '../../../capabilities/sync/rows.ts'
import { normaliseText } from '../../../kernel/core/search-text.ts'

/** Sites as they are found by typing: folded once, then only compared, so that 10,000 answer within a keystroke. */
export interface SiteIndex {
  readonly entries: readonly { readonly site: SiteRow; readonly name: string; readonly more: string; readonly py: string; readonly code: string }[]
}

export const indexOf = (sites: readonly SiteRow[]): SiteIndex => ({
  entries: sites.map((site) => ({ site, name: normaliseText(site.name), more: normaliseText(`${site.siteName}${site.address}${site.floor ?? ''}`), py: site.py.toLowerCase(), code: `${site.code}${site.creditCode ?? ''}`.replace(/-/g, '').toLowerCase() })),
})

/** How well a text fits, smaller is better; undefined: not at all. Name before initials before address before a fragment of the code. */
function fit(entry: SiteIndex['entries'][number], wanted: string, latin: boolean): number | undefined {
  const at = entry.name.indexOf(wanted)
  if (at === 0) return 0
  if (latin && entry.py.startsWith(wanted)) return 1
  if (at > 0) return 2
  if (latin && wanted.length >= 2 && entry.py.includes(wanted)) return 3
  if (entry.more.includes(wanted)) return 4
  return wanted.length >= 4 && latin && entry.code.includes(wanted) ? 5 : undefined
}

/** Words apart are all wanted: 汀前 五金. */
export function searchSites({ entries }: SiteIndex, typed: string, limit = 30): SiteRow[] {
  const words = typed.split(/\s+/).map(normaliseText).filter((word) => word !== '')
  if (words.length === 0) return []
  const asked = words.map((word) => ({ word, latin: /^[a-z0-9]+$/.test(word) }))
  const found: { site: SiteRow; score: number }[] = []
  for (const entry of entries) {
    let score = 0
    for (const { word, latin } of asked) {
      const one = fit(entry, word, latin)
      if (one === undefined) {
        score = -1
        break
      }
      score += one
    }
    if (score >= 0) found.push({ site: entry.site, score })
  }
  return found.sort((a, b) => a.score - b.score || a.site.name.length - b.site.name.length).slice(0, limit).map(({ site }) => site)
}

/** The site a sign names: the bare code, or an address that carries it. */
export function siteOfCode(sites: readonly SiteRow[], scanned: string): SiteRow | undefined {
  const code = /SITE-[0-9A-Z]{1,32}-\d{1,4}/.exec(decoded(scanned).toUpperCase())?.[0]
  return code === undefined ? undefined : sites.find((site) => site.code === code)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export interface Spot {
  readonly lon: number
  readonly lat: number
  readonly accuracy?: number
}

/** Metres between two points, flat: a town is small. */
export function metresBetween(a: Spot, b: { lon: number; lat: number }): number {
  const x = (a.lon - b.lon) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180)
  return Math.hypot(x, a.lat - b.lat) * 111_320
}

export const nearest = (sites: readonly SiteRow[], spot: Spot, limit = 30): { site: SiteRow; metres: number }[] =>
  sites
    .flatMap((site) => (site.lon === null || site.lat === null ? [] : [{ site, metres: metresBetween(spot, { lon: site.lon, lat: site.lat }) }]))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, limit)

export const metresZh = (metres: number): string => (metres < 1000 ? `${Math.round(metres / 10) * 10} 米` : `${(metres / 1000).toFixed(1)} 公里`)
