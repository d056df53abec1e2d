import { type FormEvent, type ReactNode, useState } from 'react'
import { operations as staff } from '../../../capabilities/staff/operations.ts'
import { asProblem, call, type Problem } from '../../../kernel/web/call.ts'
import type { Me } from '../../../kernel/web/me.ts'
import { deviceId } from '../data/device.ts'
import { Refusal } from '../parts/states.tsx'

/** The first page of the phone. `login`: whose session ended; then it is part of a sheet. */
export function SignIn({ onDone, login }: { onDone: (me: Me) => void; login?: string }) {
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(undefined)
    call(staff.signIn, { login: String(typed.get('login')).trim(), password: String(typed.get('password')) }, { quiet: true })
      .then(onDone, (thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false))
  }
  const form = (
    <form onSubmit={submit} className="f-door-form">
      <label className="f-field">账号<input name="login" className="f-input" autoComplete="username" autoCapitalize="off" spellCheck={false} required maxLength={40} defaultValue={login} readOnly={!!login} /></label>
      <label className="f-field">口令<input name="password" type="password" className="f-input" autoComplete="current-password" required maxLength={200} /></label>
      {problem ? <Refusal title={problem.code === 'offline' ? '网络不通，第一次登录须联网' : problem.title} /> : null}
      <button type="submit" className="f-btn f-btn-main" disabled={busy}>{busy ? '正在登录…' : '登录'}</button>
    </form>
  )
  return login ? form : <Door title="安格" note="现场走访与隐患排查">{form}<p className="f-quiet">忘记口令请联系本单位安全管理员重置。登录过的人，没有网络也能打开自己的工作。</p></Door>
}

function Door({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <main className="f-door" data-device={deviceId().slice(-6)}>
      <h1>{title}</h1>
      <p className="f-quiet">{note}</p>
      {children}
    </main>
  )
}

/** A temporary password opens nothing but its change. */
export function FirstPassword({ me, onDone }: { me: Me; onDone: () => void }) {
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const next = String(typed.get('next'))
    if (next !== String(typed.get('twice'))) return setProblem('两次输入的新口令不一致')
    setBusy(true)
    call(staff.changePassword, { current: String(typed.get('current')), next }, { quiet: true })
      .then(onDone, (thrown: unknown) => setProblem(asProblem(thrown).title))
      .finally(() => setBusy(false))
  }
  return (
    <Door title="修改口令" note={`${me.name}，首次登录须先修改口令`}>
      <form onSubmit={submit} className="f-door-form">
        <label className="f-field">现口令<input name="current" type="password" className="f-input" autoComplete="current-password" required /></label>
        <label className="f-field">新口令<input name="next" type="password" className="f-input" autoComplete="new-password" required /></label>
        <label className="f-field">再输一次<input name="twice" type="password" className="f-input" autoComplete="new-password" required /></label>
        {problem ? <Refusal title={problem} /> : null}
        <button type="submit" className="f-btn f-btn-main" disabled={busy}>确认修改</button>
      </form>
    </Door>
  )
}
