import { operations as sync } from '../../../capabilities/sync/operations.ts'
import { asProblem, call } from '../../../kernel/web/call.ts'
import type { Me } from '../../../kernel/web/me.ts'
import { isUnauthenticated } from '../../../kernel/web/outbox/queue.ts'
import { Sender } from '../../../kernel/web/outbox/sender.ts'
import { INTAKE_PROBLEM, type IntakeProblem, takeIn } from '../data/intake.ts'
import { deviceId } from '../data/device.ts'
import { pipeTo } from '../data/pipe.ts'
import { APP } from '../data/queue.ts'
import { FieldStore } from '../data/work.ts'

const ROUND_MS = 120_000
const SOON_MS = 1500

/** With the line there is: numbers, forms and approved papers for the time without one. */
const forPapers = (store: FieldStore, me: Me): void => void import('../paper/keeping.ts').then(({ keepPapers }) => keepPapers(store, me)).catch(() => undefined)

/** Store, queue and feed of one person. `begin` starts what runs by itself and returns how to stop it. */
export function startWork(me: Me, signIn: () => Promise<boolean>, signedIn: () => void) {
  const store = new FieldStore(me.personId)
  let soon: ReturnType<typeof setTimeout> | undefined
  let round: Promise<void> | undefined
  let known = false
  /** Once for each page: the bureau sees which devices hold a person's data, and may give one up. */
  const register = async () => {
    if (known) return
    known = await call(sync.registerDevice, { id: deviceId(), name: deviceName(), app: APP }, { quiet: true }).then(() => true, (thrown: unknown) => asProblem(thrown).code === 'sync.device_revoked')
  }
  const refresh = (): Promise<void> => {
    round ??= register()
      .then(() => takeIn(store))
      .then((problem) => {
        // A phone whose sign-in ended must not go on saying that it is up to date.
        if (problem && isUnauthenticated(problem)) void signIn()
        // Signed in elsewhere in this browser: what waited for it goes on.
        if (!problem) signedIn()
        if (!problem) forPapers(store, me)
        return problem
      })
      .then((problem) => store.keep(INTAKE_PROBLEM, problem ? ({ code: problem.code, status: problem.status, title: problem.title } satisfies IntakeProblem) : null))
      .finally(() => {
        round = undefined
      })
    return round
  }
  /** Another session: the bureau has to know again which device it is on. */
  const anew = (): Promise<void> => {
    known = false
    return refresh()
  }
  const pipe = pipeTo(() => {
    clearTimeout(soon)
    soon = setTimeout(() => void refresh(), SOON_MS)
  })
  const sender = new Sender(store, { ...pipe, signIn })
  const begin = () => {
    const go = () => {
      void sender.wake(true)
      void refresh()
    }
    const seen = () => document.visibilityState === 'visible' && go()
    window.addEventListener('online', go)
    document.addEventListener('visibilitychange', seen)
    const timer = setInterval(() => document.visibilityState === 'visible' && go(), ROUND_MS)
    sender.start()
    go()
    // Asks the browser to keep the store when space gets short; the answer stands in the sync centre.
    void navigator.storage?.persist?.()
    return () => {
      window.removeEventListener('online', go)
      document.removeEventListener('visibilitychange', seen)
      clearInterval(timer)
      clearTimeout(soon)
      sender.stop()
    }
  }
  return { store, sender, refresh, anew, begin }
}

/** What a person will recognise in a list of devices. */
function deviceName(): string {
  const agent = navigator.userAgent
  const system = /HarmonyOS|OpenHarmony/.test(agent) ? '鸿蒙' : /Android/.test(agent) ? '安卓' : /iPhone|iPad/.test(agent) ? '苹果' : /Windows/.test(agent) ? '电脑' : '其他'
  const where = /MicroMessenger/.test(agent) ? '微信' : /DingTalk/.test(agent) ? '钉钉' : '浏览器'
  return `${system}${where}`
}
