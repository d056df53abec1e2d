import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { operations as staff } from '../../../capabilities/staff/operations.ts'
import { asProblem, call, type Problem } from '../../../kernel/web/call.ts'
import type { Me } from '../../../kernel/web/me.ts'
import { deviceId } from '../data/device.ts'
import { Refusal } from '../parts/states.tsx'

/** The first page of the phone. `login`: whose session ended; then it is part of a sheet. `refused`: why a platform's ticket did not open it. */
export function SignIn({ onDone, login, refused }: { onDone: (me: Me) => void; login?: string; refused?: Problem | undefined }) {
  const [problem, setProblem] = useState(refused)
  const platforms = usePlatforms()
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
  const other = platforms.length > 0 ? <p className="f-quiet">也可以从{platforms.map(({ name }) => `“${name}”`).join('、')}打开本页，不用再输口令。</p> : null
  return login ? <>{form}{other}</> : <Door title="安格" note="现场走访与隐患排查">{form}<p className="f-quiet">忘记口令请联系本单位安全管理员重置。登录过的人，没有网络也能打开自己的工作。</p>{other}</Door>
}

/** Platforms whose web-views open this page with a ticket; none while nobody answers. */
function usePlatforms(): readonly { code: string; name: string }[] {
  const [platforms, setPlatforms] = useState<readonly { code: string; name: string }[]>([])
  useEffect(() => {
    call(staff.signInWays, {}, { quiet: true }).then((ways) => setPlatforms(ways.platforms), () => undefined)
  }, [])
  return platforms
}

/** While a platform answers for the person. */
export const Arriving = () => <Door title="安格" note="正在登录…"><p className="f-quiet" role="status">正在核对打开本页的凭证，请稍候。</p></Door>

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
