import { Image } from 'antd'
import { zhDateTime } from '../core/time-zh.ts'

/** One photo: the small picture for the page, the original for the viewer. */
export interface Photo {
  readonly id: string
  readonly src: string
  readonly full?: string
  readonly name?: string
  readonly takenAt?: string | null
  /** Who took it. */
  readonly by?: string | null
  /** The same picture was used before: said, never hidden. */
  readonly reused?: boolean
  /** The camera's own file. */
  readonly original?: { readonly href: string; readonly size: string } | undefined
  /** Why there is none although it was wanted. */
  readonly originalMissing?: string | undefined
}

/** Before and after side by side; a press opens the viewer, which turns and enlarges. */
export function PhotoPair({ before, after, afterHint = '整改后照片由企业或现场复查时上传' }: { before: readonly Photo[]; after: readonly Photo[]; afterHint?: string }) {
  return (
    <div className="ag-pair">
      <PhotoSide title="整改前" photos={before} hint="发现时未拍照" />
      <PhotoSide title="整改后" photos={after} hint={afterHint} />
    </div>
  )
}

function PhotoSide({ title, photos, hint }: { title: string; photos: readonly Photo[]; hint: string }) {
  return (
    <figure className="ag-pair-side">
      <figcaption>{title}{photos.length > 1 ? <small>共 {photos.length} 张</small> : null}</figcaption>
      {photos.length > 0 ? <PhotoStrip photos={photos} large /> : <div className="ag-pair-none">{hint}</div>}
    </figure>
  )
}

/** Photos in a row with a common viewer. `large`: the first one fills the width. */
export function PhotoStrip({ photos, large = false }: { photos: readonly Photo[]; large?: boolean }) {
  return (
    <Image.PreviewGroup>
      <div className={large ? 'ag-photos ag-photos-large' : 'ag-photos'}>
        {photos.map((photo) => (
          <span key={photo.id} className="ag-photo">
            <Image src={photo.src} alt={photo.name ?? '照片'} preview={{ src: photo.full ?? photo.src }} fallback={brokenPicture} />
            {photo.takenAt || photo.reused ? (
              <small>
                {[photo.takenAt ? zhDateTime(photo.takenAt) : '', photo.by].filter(Boolean).join(' ')}
                {photo.reused ? <b>曾用照片</b> : null}
              </small>
            ) : null}
            {photo.original ? <a className="ag-photo-original" href={photo.original.href} download>原图 {photo.original.size}</a> : photo.originalMissing ? <small>原图未保留：{photo.originalMissing}</small> : null}
          </span>
        ))}
      </div>
    </Image.PreviewGroup>
  )
}

const brokenPicture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160"><rect width="240" height="160" fill="#eff2f5"/><text x="120" y="84" font-size="14" fill="#6f7b88" text-anchor="middle" font-family="sans-serif">照片暂时打不开</text></svg>')}`
