import { Button } from 'antd'
import type { Attachment } from '../../attachment/attachment.ts'
import { SignaturePad, thumbUrl } from '../../attachment/web/public.tsx'

/** A signature of the record: asked until it is given, then shown, and may be given anew until the record is sent. */
export function SignPad({ label, value, enterpriseId, onChange }: { label: string; value: Attachment | undefined; enterpriseId: string; onChange: (signed: Attachment | undefined) => void }) {
  if (!value) {
    return (
      <div>
        <p>{label}</p>
        <SignaturePad low label={label} enterpriseId={enterpriseId} confirm="确认签字" onSigned={onChange} />
      </div>
    )
  }
  return (
    <div>
      <p>{label}：已签</p>
      <img src={thumbUrl(value.id)} alt={`${label}签字`} style={{ height: 80, border: '1px solid var(--line)', borderRadius: 6, background: '#fff' }} /> <Button size="small" onClick={() => onChange(undefined)}>重签</Button>
    </div>
  )
}
