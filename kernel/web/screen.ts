import type { ComponentType } from 'react'

/** Groups of the left menu in the order of the day's work. */
export const groups = ['工作台', '一张图', '监管对象', '检查任务', '隐患闭环', '专项行动', '执法文书', '统计简报', '系统'] as const
export type Group = (typeof groups)[number]

/** One address of the console. `element` is lazy: `lazy(() => import('./HazardList.tsx'))` with a default export. */
export interface Screen {
  /** Route path with parameters: `/hazards/:id`. */
  readonly path: string
  readonly element: ComponentType
  /** Shown in the browser's title and above pages without a head of their own. */
  readonly title?: string
  /** Shown to holders of the verb only (the server asks again). A group with one entry of its own name stands alone. */
  readonly menu?: { readonly group: Group; readonly label: string; readonly order: number; readonly verb: string | readonly string[] }
}

/** One hit of the search box. */
export interface SearchHit {
  readonly key: string
  readonly title: string
  readonly note?: string
  readonly to: string
}

/** A capability's answer to the search box (two characters at least); `verb` is asked before it is called. */
export interface SearchProvider {
  readonly kind: string
  readonly verb: string
  search(text: string, signal: AbortSignal): Promise<readonly SearchHit[]>
}
