import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { ChangePasswordForm, SignInForm } from '../../../capabilities/staff/web/public.tsx'
import '../../../kernel/web/look.css'
import type { Me } from '../../../kernel/web/me.ts'
import { Theme } from '../../../kernel/web/theme.tsx'
import { loadTexts } from '../texts.ts'

loadTexts()

/** Over the picture, which stays: who is at the wall? */
export default function SignIn({ login, note, onDone, onClose }: { login: string | undefined; note: string; onDone: (me: Me) => void; onClose: (() => void) | undefined }) {
  const [queries] = useState(() => new QueryClient())
  const [first, setFirst] = useState<Me>()
  return (
    <QueryClientProvider client={queries}>
      <Theme>
        <div className="bs-shade" onClick={onClose} aria-hidden="true" />
        <div className="bs-door" role="dialog" aria-label="登录">
          <h1>{first ? '修改口令' : '登录大屏'}</h1>
          <p>{note}</p>
          {first ? <ChangePasswordForm first onDone={() => onDone(first)} /> : <SignInForm onDone={(me) => (me.mustChangePassword ? setFirst(me) : onDone(me))} {...(login ? { login } : {})} />}
          {onClose ? <button type="button" className="bs-plain" onClick={onClose}>暂不登录</button> : null}
        </div>
      </Theme>
    </QueryClientProvider>
  )
}
