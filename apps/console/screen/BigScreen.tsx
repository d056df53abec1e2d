import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { operations as staff } from '../../../capabilities/staff/operations.ts'
import { call } from '../../../kernel/web/call.ts'
import { serverNow, setServerNow } from '../../../kernel/web/clock.ts'
import type { Me } from '../../../kernel/web/me.ts'
import { useAddress } from './address.ts'
import { useAsking } from './asking.ts'
import { useDisplay } from './display.ts'
import { DisplayDialog } from './DisplayDialog.tsx'
import { follow, type Shown } from './follow.ts'
import { useIdle } from './idle.ts'
import { useScale } from './scale.ts'
import { Wall } from './Wall.tsx'

const Sheet = lazy(() => import('./Sheet.tsx'))
const SignIn = lazy(() => import('./SignIn.tsx'))

/** 大屏. The picture comes first; who somebody is matters only for what he opens beside it. */
export function BigScreen() {
  const { campaign, light, set } = useAddress()
  const scale = useScale()
  const [shown, again] = useFollow(campaign)
  const [me, setMe] = useState<Me>()
  const [path, setPath] = useState<string>()
  const { asking, ask, settle } = useAsking()
  useEffect(() => {
    call(staff.me, {}, { quiet: true }).then((found) => {
      setServerNow(found.now)
      if (!found.mustChangePassword) setMe(found)
    }, () => undefined)
  }, [])
  const enter = useCallback((next: Me) => {
    setServerNow(next.now)
    setMe(next)
    settle(true)
    again()
  }, [settle, again])
  const close = useCallback(() => setPath(undefined), [])
  const ended = shown.problem?.status === 401
  const display = useDisplay(me, ended)
  const [offered, setOffered] = useState(false)
  const hang = useCallback(async () => {
    if (me || (await ask())) setOffered(true)
  }, [me, ask])
  const leave = useCallback(() => {
    setOffered(false)
    void call(staff.signOut, {}, { quiet: true }).catch(() => undefined)
    setMe(undefined)
    setPath(undefined)
  }, [])
  useIdle(me?.idleMinutes, leave)
  const open = useCallback((to: string) => {
    setPath(to)
    if (!me) void ask()
  }, [me, ask])
  const nobody = ended && !shown.picture
  return (
    <>
      <Wall shown={shown} campaign={campaign} light={light} scale={scale} set={set} open={open} signIn={() => void ask()} again={again} hung={display.hung} hang={() => void hang()} />
      {offered && me ? <DisplayDialog {...display} me={me} close={() => setOffered(false)} /> : null}
      <Suspense fallback={null}>
        {path && me ? <Sheet me={me} path={path} close={close} /> : null}
        {nobody || asking ? <SignIn login={me?.login} note={nobody ? '有统计查看权限的人登录后，显示本人管辖范围。' : '登录后继续；画面上已有的内容都在。'} onDone={enter} onClose={nobody ? undefined : () => {
          settle(false)
          if (!me) setPath(undefined)
        }} /> : null}
      </Suspense>
    </>
  )
}

function useFollow(campaign: string | undefined): readonly [Shown, () => void] {
  const [shown, setShown] = useState<Shown>({ picture: undefined, at: undefined, problem: undefined })
  const line = useRef<ReturnType<typeof follow> | undefined>(undefined)
  useEffect(() => {
    setShown({ picture: undefined, at: undefined, problem: undefined })
    line.current = follow(campaign, (next) => {
      // A wall whose own clock is off would say of a fresh picture that it is old.
      if (next.at && !next.problem && Math.abs(Date.parse(serverNow()) - Date.parse(next.at)) > 60_000) setServerNow(next.at)
      setShown(next)
    })
    return () => line.current?.stop()
  }, [campaign])
  return [shown, useCallback(() => line.current?.now(), [])]
}
