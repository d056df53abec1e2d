import { Modal } from 'antd'
import type { ReactNode } from 'react'
import type { InputOf, Operation, OutputOf } from '../core/operation.ts'
import { CommandForm, type FormField } from './form.tsx'
import { Fields } from './parts.tsx'

/** What an act does in law: shown before it is done. */
export interface LegalAct {
  readonly does: ReactNode
  readonly whom?: ReactNode
  readonly until?: ReactNode
  readonly clause?: ReactNode
}

const reasonField: FormField = { key: 'reason', kind: 'long', rows: 3, max: 500 }

/**
 * A dialog for one command. For a dangerous or legal act `act` says what it does in law, to whom and until when, and the
 * reason is asked in the same place. Mount it only while it is wanted: `{open ? <ReasonDialog … /> : null}`.
 */
export function ReasonDialog<T extends Operation>(props: {
  title: string
  operation: T
  input: Partial<InputOf<T>>
  confirm: string
  onClose: () => void
  act?: LegalAct
  fields?: readonly (FormField | { readonly section: string })[]
  initial?: Partial<InputOf<T>>
  danger?: boolean
  draft?: string
  width?: number
  prepare?: (values: Record<string, unknown>) => Record<string, unknown>
  onDone?: (answer: OutputOf<T>) => void
  below?: ReactNode
}) {
  const { title, act, onClose } = props
  return (
    <Modal open title={title} footer={null} onCancel={onClose} width={props.width ?? 560} mask={{ closable: false }} destroyOnHidden>
      {act ? <ActBlock act={act} /> : null}
      <CommandForm
        operation={props.operation}
        input={props.input}
        fields={props.fields ?? [reasonField]}
        submit={props.confirm}
        danger={props.danger ?? false}
        onCancel={onClose}
        {...(props.initial ? { initial: props.initial } : {})}
        {...(props.draft ? { draft: props.draft } : {})}
        {...(props.prepare ? { prepare: props.prepare } : {})}
        below={props.below}
        onDone={(answer) => {
          props.onDone?.(answer)
          onClose()
        }}
      />
    </Modal>
  )
}

function ActBlock({ act }: { act: LegalAct }) {
  const items = [
    { label: '办理后', value: act.does, wide: true },
    ...(act.whom ? [{ label: '对象', value: act.whom, wide: true }] : []),
    ...(act.until ? [{ label: '期限', value: act.until, wide: true }] : []),
    ...(act.clause ? [{ label: '依据', value: act.clause, wide: true }] : []),
  ]
  return <div className="ag-act"><Fields items={items} columns={1} /></div>
}
