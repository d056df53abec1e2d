import { Alert, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import type { FormField } from '../../../kernel/web/form.tsx'
import type { Attachment } from '../../attachment/attachment.ts'
import { PhotoInput } from '../../attachment/web/public.tsx'
import { operations } from '../operations.ts'

/** Officers who may act here today, each with the certificate that will stand in the record. */
function OfficersInput({ hazardId, value, set }: { hazardId: string; value: readonly string[]; set: (ids: string[]) => void }) {
  const { data, error } = useRead(operations.officers, { id: hazardId })
  if (error) return <Alert type="warning" title={error.title} />
  const rows = data?.rows ?? []
  return (
    <>
      <Checkbox.Group style={{ display: 'grid', gap: 4 }} value={[...value]} onChange={(ids) => set(ids as string[])} options={rows.map((o) => ({ value: o.id, label: `${o.name}（执法证 ${o.certificateNo}，有效至${zhDate(o.validTo)}${o.lastTime ? '，上一轮复查人' : ''}）` }))} />
      {data && rows.length < 2 ? <Alert type="warning" showIcon title="该辖区持有效执法证的人员不足两名，不能办理" /> : null}
    </>
  )
}

export const officersField = (hazardId: string): FormField => ({
  key: 'officers', kind: 'own', own: (value, set) => <OfficersInput hazardId={hazardId} value={Array.isArray(value) ? (value as string[]) : []} set={set} />, hint: '须两名以上持证执法人员',
})

/** Uploads at once and keeps ids in the form; the thumbnails stay while the dialog is open. */
function PhotoIds({ set, enterpriseId, files, max }: { set: (ids: string[]) => void; enterpriseId: string; files: boolean; max: number }) {
  const [photos, setPhotos] = useState<readonly Attachment[]>([])
  return (
    <PhotoInput
      value={photos}
      enterpriseId={enterpriseId}
      files={files}
      max={max}
      onChange={(next) => {
        setPhotos(next)
        set(next.map((photo) => photo.id))
      }}
    />
  )
}

export const photosField = (key: string, enterpriseId: string, more: Partial<FormField> & { files?: boolean; max?: number } = {}): FormField => {
  const { files = false, max = 9, ...rest } = more
  return { key, kind: 'own', ...rest, own: (_, set) => <PhotoIds set={set} enterpriseId={enterpriseId} files={files} max={max} /> }
}

/** One paper a line. */
export const linesField = (key: string, placeholder: string): FormField => ({
  key, kind: 'own', hint: '一行一项',
  own: (value, set) => <Input.TextArea rows={4} placeholder={placeholder} value={Array.isArray(value) ? (value as string[]).join('\n') : ''} onChange={(e) => set(e.target.value.split('\n'))} />,
})

export const lines = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]).map((line) => line.trim()).filter(Boolean) : [])
