import { Alert, Button, Form } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { InputOf, Operation, OutputOf } from '../core/operation.ts'
import { asProblem, type Problem } from './call.ts'
import { useCommand } from './client.ts'
import { useDraft } from './draft.ts'
import { FieldInput } from './form-inputs.tsx'
import { cleaned, isRequired, pathOf, withNulls } from './form-values.ts'
import { Item } from './labelled.tsx'
import { ProblemView } from './problem-view.tsx'
import { fieldLabel } from './texts.ts'

/** One input of a form. `key` is the key of the operation's input; the label is the one the server uses, unless given. */
export interface FormField {
  readonly key: string
  readonly label?: string
  readonly kind?: 'text' | 'long' | 'number' | 'date' | 'moment' | 'choice' | 'choices' | 'radio' | 'flag' | 'area' | 'password' | 'own'
  readonly options?: readonly { value: string; label: string; disabled?: boolean }[]
  readonly hint?: ReactNode
  readonly placeholder?: string
  /** Marks the label; by default asked of the operation's own schema. */
  readonly required?: boolean
  readonly max?: number
  readonly rows?: number
  readonly unit?: string
  /** Shown only while this holds of what is typed. */
  readonly when?: (values: Readonly<Record<string, unknown>>) => boolean
  readonly own?: (value: unknown, set: (value: unknown) => void) => ReactNode
  readonly autoFocus?: boolean
  readonly autoComplete?: string
}

export interface CommandFormProps<T extends Operation> {
  readonly operation: T
  readonly fields: readonly (FormField | { readonly section: string })[]
  /** Sent along and not shown: id, baseVersion. */
  readonly input?: Partial<InputOf<T>>
  readonly initial?: Partial<InputOf<T>>
  /** Label of the button: the act in the user's word. */
  readonly submit: string
  readonly danger?: boolean
  readonly onDone?: (answer: OutputOf<T>) => void
  readonly onCancel?: () => void
  /** Under this name the typed text is kept until the act is done. */
  readonly draft?: string
  /** Last change of what is typed before it is sent. */
  readonly prepare?: (values: Record<string, unknown>) => Record<string, unknown>
  /** Sentences by key for what the server cannot see, such as a second typing; nothing is sent while there are any. */
  readonly check?: (values: Readonly<Record<string, unknown>>) => Record<string, string>
  readonly above?: ReactNode
  readonly below?: ReactNode
}

/**
 * One column, labels above, the sentence of a refusal under its field, the first refused field in view. Nothing typed is
 * lost on a refusal, a timeout, the end of a session or a closed page (with `draft`).
 */
export function CommandForm<T extends Operation>(props: CommandFormProps<T>) {
  const { operation, input, submit, onCancel, prepare } = props
  const [form] = Form.useForm<Record<string, unknown>>()
  const [problem, setProblem] = useState<Problem>()
  const command = useCommand(operation)
  const draft = useDraft(props.draft)
  const values = Form.useWatch([], form) as Record<string, unknown> | undefined
  const fields = props.fields.filter((f) => 'section' in f || !f.when || f.when(values ?? (props.initial as Record<string, unknown>) ?? {}))
  const typed = fields.filter((f): f is FormField => !('section' in f))
  useEffect(() => {
    if (draft.found) form.setFieldsValue(draft.found)
  }, [draft.found, form])
  const finish = async (raw: Record<string, unknown>) => {
    setProblem(undefined)
    const wrong = Object.entries(props.check?.(raw) ?? {})
    if (wrong.length > 0) return form.setFields(wrong.map(([name, error]) => ({ name, errors: [error] })))
    const keys = typed.map((f) => f.key)
    const kept = withNulls(operation, keys, cleaned(Object.fromEntries(keys.map((key) => [key, raw[key]]))))
    try {
      const answer = await command.run({ ...(prepare ? prepare(kept) : kept), ...input } as InputOf<T>)
      draft.drop()
      props.onDone?.(answer)
    } catch (thrown) {
      const refused = asProblem(thrown)
      setProblem(placeRefusals(refused, typed, (errors) => form.setFields(errors)) ? undefined : refused)
      const first = refused.fields.find((f) => typed.some((t) => t.key === pathOf(f.path)))
      if (first) form.scrollToField(pathOf(first.path), { block: 'center', focus: true })
    }
  }
  return (
    <Form form={form} layout="vertical" className="ag-form" requiredMark initialValues={props.initial as Record<string, unknown>} onFinish={(v) => void finish(v)} onValuesChange={(_, all) => draft.keep(all)} scrollToFirstError={{ block: 'center', focus: true }}>
      {props.above}
      {draft.found ? <Alert className="ag-draft" type="info" showIcon title="已恢复上次未提交的内容" action={<Button size="small" onClick={() => { draft.drop(); form.resetFields() }}>清空重填</Button>} /> : null}
      {fields.map((f) => ('section' in f ? <h3 key={f.section} className="ag-form-section">{f.section}</h3> : <OneField key={f.key} field={f} operation={operation} />))}
      {props.below}
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="ag-form-buttons">
        <Button type="primary" danger={props.danger ?? false} htmlType="submit" loading={command.running}>{submit}</Button>
        {onCancel ? <Button onClick={onCancel} disabled={command.running}>取消</Button> : null}
      </div>
    </Form>
  )
}

function OneField({ field, operation }: { field: FormField; operation: Operation }) {
  const required = field.required ?? isRequired(operation, field.key)
  const label = field.label ?? fieldLabel(field.key, operation)
  return (
    <Item name={field.key} label={label} required={required} extra={field.hint} valuePropName={field.kind === 'flag' ? 'checked' : 'value'} rules={required && field.kind !== 'flag' ? [{ required: true, message: `${label}：不能为空`, ...(field.kind === 'choices' ? { type: 'array' as const } : {}) }] : []}>
      <FieldInput field={field} />
    </Item>
  )
}

/** Puts each sentence under its field. True when every sentence found its place. */
function placeRefusals(problem: Problem, fields: readonly FormField[], place: (errors: { name: string; errors: string[] }[]) => void): boolean {
  const found = problem.fields.filter((f) => fields.some((t) => t.key === pathOf(f.path)))
  const byKey = new Map<string, string[]>()
  for (const f of found) byKey.set(pathOf(f.path), [...(byKey.get(pathOf(f.path)) ?? []), f.message])
  place([...byKey].map(([name, errors]) => ({ name, errors })))
  return found.length > 0 && found.length === problem.fields.length
}
