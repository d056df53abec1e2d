/** What a platform's web-view opened this page with: `?platform=lanzheng&ticket=…`, before or behind the `#`. */
export interface Ticket {
  readonly platform: string
  readonly ticket: string
}

/** Reads a ticket out of an address. @returns it with the address as it is without it; undefined when there is none */
export function ticketIn(address: string): { readonly found: Ticket; readonly rest: string } | undefined {
  const url = new URL(address)
  const [path = '', behind = ''] = url.hash.split('?')
  const hash = new URLSearchParams(behind)
  const from = url.searchParams.has('ticket') ? url.searchParams : hash
  const [platform, ticket] = [from.get('platform'), from.get('ticket')]
  if (!platform || !ticket) return undefined
  for (const key of ['platform', 'ticket']) from.delete(key)
  const left = hash.toString()
  url.hash = left ? `${path}?${left}` : path
  return { found: { platform, ticket }, rest: url.href }
}

/** The ticket of this opening; the address forgets it at once, so that neither a reload nor a shared link carries it on. */
export function takeTicket(): Ticket | undefined {
  const read = ticketIn(location.href)
  if (!read) return undefined
  history.replaceState(history.state, '', read.rest)
  return read.found
}
