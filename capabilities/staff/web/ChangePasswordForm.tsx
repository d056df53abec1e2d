import { Alert, App } from 'antd'
import { CommandForm } from '../../../kernel/web/form.tsx'
import { operations } from '../operations.ts'

const fields = [
  { key: 'current', kind: 'password', label: '原口令', autoComplete: 'current-password', autoFocus: true },
  { key: 'next', kind: 'password', label: '新口令', autoComplete: 'new-password', hint: '至少 8 位，含大写、小写、数字、符号中的三种；不能含账号或姓名，不能与最近 5 次相同' },
  { key: 'again', kind: 'password', label: '再输一遍新口令', autoComplete: 'new-password', required: true },
] as const

/** Changes one's own password. The second typing is checked here and never sent. */
export function ChangePasswordForm({ first = false, onDone }: { first?: boolean; onDone: () => void }) {
  const { message } = App.useApp()
  return (
    <CommandForm
      operation={operations.changePassword}
      fields={fields}
      submit="改好口令"
      above={first ? <Alert type="info" showIcon title="首次登录或口令被重置后，须先改成只有自己知道的口令" style={{ marginBottom: 16 }} /> : null}
      check={(values): Record<string, string> => (values.next === values.again ? {} : { again: '两次输入的新口令不一样' })}
      prepare={({ current, next }) => ({ current, next })}
      onDone={() => {
        message.success('口令已改好')
        onDone()
      }}
    />
  )
}
