import type { ComponentType } from 'react'

interface FieldScreen {
  readonly path: string
  readonly load: () => Promise<{ default: ComponentType }>
}

/** Every address of the phone. The shell is small; each screen comes when it is first opened, from the phone's own store. */
export const screens: readonly FieldScreen[] = [
  { path: '/', load: () => import('./today/Today.tsx') },
  { path: '/me', load: () => import('./own/Me.tsx') },
  { path: '/queue', load: () => import('./queue/Queue.tsx') },
]
