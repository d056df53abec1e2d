import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { call, Problem } from '../../../kernel/web/client.ts'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import type { Me } from '../staff.ts'

/** Account and password. Never filled in by us; the browser may. `login`: whose session ended. */
export function SignInForm({ onDone, login }: { onDone: (me: Me) => void; login?: string }) {
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const enter = async (typed: { login: string; password: string }) => {
    setBusy(true)
    setProblem(undefined)
    try {
      onDone(await call(operations.signIn, typed))
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown
      setProblem(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form layout="vertical" className="ag-form" requiredMark={false} onFinish={(typed: { login: string; password: string }) => void enter(typed)} initialValues={{ login: login ?? '' }}>
      <Form.Item name="login" label="账号" rules={[{ required: true, whitespace: true, message: '请输入账号' }]}>
        <Input size="large" autoComplete="username" maxLength={40} autoFocus={!login} autoCapitalize="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label="口令" rules={[{ required: true, message: '请输入口令' }]}>
        <Input.Password size="large" autoComplete="current-password" maxLength={200} autoFocus={!!login} />
      </Form.Item>
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="ag-form-buttons">
        <Button type="primary" size="large" htmlType="submit" loading={busy}>登录</Button>
      </div>
    </Form>
  )
}
