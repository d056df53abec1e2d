interface Page<R> {
  readonly rows: readonly R[]
  readonly next?: string | undefined
  readonly total: number
}

/** Every row of a list, page by page to the end. @throws when a page says another total than the first, or they do not hold as many */
export async function allPages<R>(ask: (more: { cursor?: string }) => Promise<Page<R>>): Promise<R[]> {
  const first = await ask({})
  const all = [...first.rows]
  for (let page = first; page.next; ) {
    page = await ask({ cursor: page.next })
    all.push(...page.rows)
    if (page.total !== first.total) throw new Error(`the total was ${first.total} and is ${page.total}`)
    if (all.length > first.total) break
  }
  if (all.length !== first.total) throw new Error(`the pages hold ${all.length}, the list says ${first.total}`)
  return all
}
