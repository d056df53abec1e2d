import { CameraOutlined, DeleteOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Alert, Button, Image, Progress, Space, Tag, Tooltip } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { blocking, fileUrl, Problem, upload, useRead } from '../../../kernel/web/client.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PhotoStrip as Pictures } from '../../../kernel/web/photos.tsx'
import type { Attachment } from '../attachment.ts'
import { operations } from '../operations.ts'
import { originalMissingZh } from '../zh.ts'

export { SignaturePad } from './SignaturePad.tsx'

export const thumbUrl = (id: string): string => fileUrl(operations.thumb, { id })
/** What the viewer says of the camera's own file. */
export const originalOf = ({ original, originalMissing }: Pick<Attachment, 'original' | 'originalMissing'>) => ({
  original: original ? { href: fileUrl(operations.original, { id: original.id }), size: original.bytes < 1024 ** 2 ? `${Math.ceil(original.bytes / 1024)} KB` : `${(original.bytes / 1024 ** 2).toFixed(1)} MB` } : undefined,
  originalMissing: originalMissing ? originalMissingZh[originalMissing] : undefined,
})
export const markedUrl = (id: string): string => fileUrl(operations.marked, { id })

interface Sending {
  readonly id: string
  readonly file: File
  readonly share: number
  readonly problem?: string
}

export interface PhotoInputProps {
  readonly value?: readonly Attachment[]
  readonly onChange?: (value: readonly Attachment[]) => void
  readonly enterpriseId?: string
  readonly place?: string
  readonly max?: number
  /** Also papers and sheets, not only pictures. */
  readonly files?: boolean
  readonly label?: string
}

/** Takes or picks photos; each is sent at once, shown with its progress, and may be sent again when it failed. */
export function PhotoInput({ value = [], onChange, enterpriseId, place, max = 9, files = false, label }: PhotoInputProps) {
  const [sending, setSending] = useState<readonly Sending[]>([])
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  }, [value])
  const input = useRef<HTMLInputElement>(null)
  const send = async (one: Sending) => {
    const update = (change: Partial<Sending>) => setSending((list) => list.map((s) => (s.id === one.id ? { ...s, ...change } : s)))
    update({ share: 0, problem: undefined })
    try {
      const taken = new Date(one.file.lastModified || Date.now()).toISOString()
      const done = await upload(operations.upload, one.file, { id: one.id, takenAt: taken, ...(enterpriseId ? { enterpriseId } : {}), ...(place ? { place } : {}) }, { key: one.id, onProgress: (share) => update({ share }) })
      latest.current = [...latest.current, done]
      onChange?.(latest.current)
      setSending((list) => list.filter((s) => s.id !== one.id))
    } catch (thrown) {
      update({ problem: thrown instanceof Problem ? thrown.title : '没有传成，请再试一次' })
    }
  }
  const pick = (picked: FileList | null) => {
    const added = [...(picked ?? [])].slice(0, Math.max(0, max - value.length - sending.length)).map((file) => ({ id: newId(), file, share: 0 }))
    setSending((list) => [...list, ...added])
    for (const one of added) void send(one)
  }
  return (
    <div>
      <Space wrap size={8}>
        {value.map((photo) => (
          <Thumb key={photo.id} photo={photo} onRemove={() => onChange?.(value.filter((v) => v.id !== photo.id))} />
        ))}
        {sending.map((one) => (
          <SendingTile key={one.id} one={one} onRetry={() => void send(one)} onDrop={() => setSending((list) => list.filter((s) => s.id !== one.id))} />
        ))}
        {value.length + sending.length < max && (
          <Button style={tile} onClick={() => input.current?.click()} icon={files ? <PaperClipOutlined /> : <CameraOutlined />} aria-label={label ?? (files ? '添加文件' : '添加照片')}>
            {label ?? (files ? '文件' : '照片')}
          </Button>
        )}
      </Space>
      <input ref={input} type="file" hidden style={{ display: 'none' }} multiple accept={files ? 'image/*,.pdf,.docx,.xlsx' : 'image/*'} onChange={(event) => { pick(event.target.files); event.target.value = '' }} />
    </div>
  )
}

const tile = { width: 88, height: 88, whiteSpace: 'normal' } as const

function Thumb({ photo, onRemove }: { photo: Attachment; onRemove?: () => void }) {
  const picture = photo.type.startsWith('image/')
  return (
    <div style={{ position: 'relative', width: 88 }}>
      {picture ? (
        <Image src={thumbUrl(photo.id)} preview={{ src: markedUrl(photo.id) }} width={88} height={88} style={{ objectFit: 'cover', borderRadius: 4 }} alt={photo.name} />
      ) : (
        <a href={fileUrl(operations.original, { id: photo.id })} title={photo.name} style={{ ...tile, display: 'block', overflow: 'hidden', fontSize: 12 }}>
          <PaperClipOutlined /> {photo.name}
        </a>
      )}
      {photo.lookAlikeOf && (
        <Tooltip title="与早先上传的一张照片几乎相同，请确认不是重复使用">
          <Tag color="warning" style={{ position: 'absolute', left: 0, bottom: 0, margin: 0 }}>疑似重复</Tag>
        </Tooltip>
      )}
      {onRemove && <Button size="small" icon={<DeleteOutlined />} onClick={onRemove} aria-label={`移除 ${photo.name}`} style={{ position: 'absolute', right: 0, top: 0 }} />}
    </div>
  )
}

function SendingTile({ one, onRetry, onDrop }: { one: Sending; onRetry: () => void; onDrop: () => void }) {
  if (one.problem === undefined) return <Progress type="circle" size={88} percent={Math.round(one.share * 100)} />
  return (
    <Alert
      type="error"
      title={one.problem}
      style={{ width: 220 }}
      action={
        <Space orientation="vertical" size={4}>
          <Button size="small" onClick={onRetry}>重发</Button>
          <Button size="small" onClick={onDrop}>移除</Button>
        </Space>
      }
    />
  )
}

/** Photos of a record with who took them and when, in the viewer of all screens; other files are links below. */
export function PhotoStrip({ photos, empty = '没有照片' }: { photos: readonly Attachment[]; empty?: string }) {
  if (!photos.length) return <span className="quiet">{empty}</span>
  const pictures = photos.filter((photo) => photo.type.startsWith('image/'))
  return (
    <>
      {pictures.length > 0 ? <Pictures photos={pictures.map((p) => ({ id: p.id, src: thumbUrl(p.id), full: markedUrl(p.id), name: p.name, takenAt: p.takenAt ?? p.receivedAt, by: p.takenBy, reused: p.lookAlikeOf !== null, ...originalOf(p) }))} /> : null}
      {photos.filter((photo) => !pictures.includes(photo)).map((file) => <p key={file.id}><a href={fileUrl(operations.original, { id: file.id })}><PaperClipOutlined /> {file.name}</a></p>)}
    </>
  )
}

/** The attachments of one record, read for the screen that shows it. */
export function AttachmentsOf({ aggregateId }: { aggregateId: string }) {
  const read = useRead(operations.of, { aggregateId })
  if (read.isLoading) return <span className="quiet">正在取照片…</span>
  const problem = blocking(read)
  if (problem) return <span className="quiet">{problem.title}</span>
  return <PhotoStrip photos={read.data?.rows ?? []} />
}
