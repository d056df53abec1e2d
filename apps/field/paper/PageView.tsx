import { Fragment, type ReactNode } from 'react'
import type { Block } from '../../../kernel/core/document.ts'
import { Thumb } from '../parts/camera.tsx'

/** The paper's own blocks in one narrow column: the same words, in the same order, as the printed page. */
export const PageView = ({ page }: { page: readonly Block[] }) => <article className="f-paper" lang="zh-CN">{page.map((block, i) => <Fragment key={String(i)}>{draw(block)}</Fragment>)}</article>

function draw(block: Block): ReactNode {
  switch (block.kind) {
    case 'agency': return <p className="f-paper-agency">{block.text}</p>
    case 'title': return <h2>{block.text}</h2>
    case 'number': return <p className="f-paper-mid">{block.text}</p>
    case 'heading': return <h3>{block.text}</h3>
    case 'para': return <p>{block.runs.map((run, i) => (run.strike ? <s key={String(i)}>{run.text}</s> : run.bold ? <b key={String(i)}>{run.text}</b> : <Fragment key={String(i)}>{run.text}</Fragment>))}</p>
    case 'grid': return <dl className="f-facts">{block.rows.flat().map((cell) => <div key={cell.label}><dt>{cell.label}</dt><dd>{cell.value}</dd></div>)}</dl>
    case 'signature': return <p>{block.label}{block.text} {block.picture ? <Thumb id={block.picture} /> : null} {block.on}</p>
    case 'closing': return <div className="f-paper-end">{block.lines.map((line) => <div key={line}>{line}</div>)}</div>
    case 'note': return <p className="f-quiet">{block.text}</p>
    case 'pictures': return <figure><figcaption>{block.caption}</figcaption><div className="f-photos">{block.pictures.map((one) => <Thumb key={one.id} id={one.id} />)}</div></figure>
    default: return null
  }
}
