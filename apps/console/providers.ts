import type { SearchProvider } from '../../kernel/web/screen.ts'

/** What the search box asks, in the order of its answers, one line for each capability. */
export const providers: readonly SearchProvider[] = []
