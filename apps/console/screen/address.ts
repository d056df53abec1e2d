import { useCallback, useSyncExternalStore } from 'react'

/** What a wall shows stands in its address: /screen/?campaign=…&night=1 can be kept as the start page of the display. */
const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener)
  window.addEventListener('bs-address', listener)
  return () => {
    window.removeEventListener('popstate', listener)
    window.removeEventListener('bs-address', listener)
  }
}

export type Light = 'auto' | 'day' | 'night'

export function useAddress(): { campaign: string | undefined; light: Light; set: (key: 'campaign' | 'night', value: string | undefined) => void } {
  const search = useSyncExternalStore(subscribe, () => location.search)
  const params = new URLSearchParams(search)
  const set = useCallback((key: 'campaign' | 'night', value: string | undefined) => {
    const next = new URLSearchParams(location.search)
    if (value === undefined) next.delete(key)
    else next.set(key, value)
    const text = next.toString()
    history.replaceState(null, '', text ? `?${text}` : location.pathname)
    window.dispatchEvent(new Event('bs-address'))
  }, [])
  const campaign = params.get('campaign') ?? undefined
  const night = params.get('night')
  return { campaign: campaign && /^[0-9a-f-]{36}$/i.test(campaign) ? campaign : undefined, light: night === '1' ? 'night' : night === '0' ? 'day' : 'auto', set }
}
