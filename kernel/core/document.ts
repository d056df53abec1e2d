/**
 * A page as data: what stands on a paper, in order. The Word file and the printed page are both drawn from it, so that they
 * cannot differ in a word. Faces and sizes are the renderer's (GB/T 9704-2012).
 */
export interface Run {
  readonly text: string
  /** Words of a form that do not apply are struck out, never left out. */
  readonly strike?: boolean
  readonly bold?: boolean
}

export type Block =
  | { readonly kind: 'agency'; readonly text: string }
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'para'; readonly runs: readonly Run[]; readonly flush?: boolean }
  | { readonly kind: 'grid'; readonly rows: readonly (readonly GridCell[])[] }
  | { readonly kind: 'signature'; readonly label: string; readonly text: string; readonly picture?: string; readonly on?: string; readonly open?: boolean }
  | { readonly kind: 'closing'; readonly lines: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  /** A square code in the right upper corner of the page; the caption is its description, not printed. */
  | { readonly kind: 'code'; readonly value: string; readonly caption: string }
  | { readonly kind: 'pictures'; readonly caption: string; readonly pictures: readonly { readonly id: string; readonly caption: string }[] }
  | { readonly kind: 'break' }

export interface GridCell {
  readonly label: string
  readonly value: string
}

/** Every word on the page in reading order, one line a block; struck-out words are left out. */
export function textOf(blocks: readonly Block[]): string {
  return blocks.map(lineOf).filter((line) => line !== '').join('\n')
}

function lineOf(block: Block): string {
  switch (block.kind) {
    case 'para':
      return block.runs.filter((run) => !run.strike).map((run) => run.text).join('')
    case 'grid':
      return block.rows.flatMap((row) => row.map((cell) => `${cell.label} ${cell.value}`)).join('\n')
    case 'signature':
      return [block.label, block.text, block.on ?? ''].join('')
    case 'closing':
      return block.lines.join('\n')
    case 'pictures':
      return [block.caption, ...block.pictures.map((p) => p.caption)].join('\n')
    case 'code':
    case 'break':
      return ''
    default:
      return block.text
  }
}

/** Attachments the page shows, each once. */
export function picturesOf(blocks: readonly Block[]): string[] {
  const ids = blocks.flatMap((block) =>
    block.kind === 'pictures' ? block.pictures.map((p) => p.id) : block.kind === 'signature' && block.picture ? [block.picture] : [],
  )
  return [...new Set(ids)]
}
