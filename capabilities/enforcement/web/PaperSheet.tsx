import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Block, Run } from '../../../kernel/core/document.ts'
import { fileUrl } from '../../../kernel/web/client.ts'
import QrCode from '../../../kernel/web/qr-code.tsx'
import { operations as attachment } from '../../attachment/operations.ts'
import { markedUrl } from '../../attachment/web/public.tsx'
import './paper.css'

const WIDTH = 794

/** The paper itself, as it will be printed; on a narrow screen the whole sheet is made smaller, as a photograph of it would be. */
export function PaperSheet({ page, stamp }: { page: readonly Block[]; stamp?: string | undefined }) {
  const desk = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  useEffect(() => {
    // The frame's own line under a printed record does not belong under a paper.
    document.body.classList.add('agp-printing')
    return () => document.body.classList.remove('agp-printing')
  }, [])
  useEffect(() => {
    const box = desk.current?.parentElement
    if (!box) return
    const fit = () => setZoom(Math.min(1, Math.max(0.35, box.clientWidth / WIDTH)))
    fit()
    const watch = new ResizeObserver(fit)
    watch.observe(box)
    return () => watch.disconnect()
  }, [])
  return (
    <div className="agp-desk" ref={desk} style={{ zoom }}>
      <article className="agp-sheet" lang="zh-CN">
        {stamp ? <span className="agp-stamp">{stamp}</span> : null}
        {page.map((block, i) => <Fragment key={i}>{draw(block)}</Fragment>)}
      </article>
    </div>
  )
}

function draw(block: Block): ReactNode {
  switch (block.kind) {
    case 'agency':
      return <p className="agp-agency">{block.text}</p>
    case 'title':
      return <h2 className="agp-title">{block.text}</h2>
    case 'number':
      return <p className="agp-number">{block.text}</p>
    case 'heading':
      return <h3 className="agp-heading">{block.text}</h3>
    case 'para':
      return <p className={block.flush ? 'agp-flush' : undefined}>{block.runs.map((run, i) => <Word key={i} run={run} />)}</p>
    case 'grid':
      return <Grid block={block} />
    case 'signature':
      return <SignatureLine block={block} />
    case 'closing':
      return <div className="agp-closing">{block.lines.map((line) => <div key={line}>{line}</div>)}</div>
    case 'note':
      return <p className="agp-note">{block.text}</p>
    case 'code':
      return <div className="agp-code"><QrCode value={block.value} caption={block.caption} /></div>
    case 'pictures':
      return <Pictures block={block} />
    case 'break':
      return <hr className="agp-break" />
  }
}

const Word = ({ run }: { run: Run }) => (run.strike ? <s>{run.text}</s> : run.bold ? <b>{run.text}</b> : <>{run.text}</>)

function Grid({ block }: { block: Extract<Block, { kind: 'grid' }> }) {
  return (
    <table className="agp-grid">
      <tbody>
        {block.rows.map((cells) => (
          <tr key={cells[0]?.label}>
            {cells.map((cell) => (
              <Fragment key={cell.label}>
                <th scope="row">{cell.label}</th>
                <td colSpan={cells.length === 1 ? 3 : 1}>{cell.value}</td>
              </Fragment>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Name and day stand below a signature, beside the label where there is none to be made. */
function SignatureLine({ block }: { block: Extract<Block, { kind: 'signature' }> }) {
  const below = [block.text, block.on].filter(Boolean).join('　')
  const signed = block.picture !== undefined
  return (
    <div className="agp-sign">
      <div className="agp-sign-line">
        <span>{block.label}</span>
        {signed ? <img src={fileUrl(attachment.original, { id: block.picture ?? '' })} alt={`${block.text}的签名`} /> : block.open ? <span className="agp-sign-open" /> : <span>{below}</span>}
      </div>
      {(signed || block.open) && below ? <small>{below}</small> : null}
    </div>
  )
}

/** The way back to the record, drawn as squares: nothing is fetched. */
function Pictures({ block }: { block: Extract<Block, { kind: 'pictures' }> }) {
  return (
    <div className="agp-pictures">
      {block.caption}
      <div>
        {block.pictures.map((picture) => (
          <figure key={picture.id}>
            <img src={markedUrl(picture.id)} alt={picture.caption} />
            <figcaption>{picture.caption}</figcaption>
          </figure>
        ))}
      </div>
    </div>
  )
}
