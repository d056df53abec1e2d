import type { App } from '../../apps/server/app.ts'
import { shippedChecklist } from '../../capabilities/checklist/library.ts'
import { dateText, dayOf } from '../calendar.ts'
import type { Login } from '../cast.ts'
import { isWorked } from '../timeline.ts'
import type { World } from '../world.ts'
import { idOf } from './bulk.ts'

type Send = <T = { visits: { id: string; version: number }[] }>(login: Login, url: string, payload: Record<string, unknown> | Buffer, step: string, method?: 'POST' | 'PUT') => Promise<T>

/**
 * What the cast has before it: inspections of the coming days, two approved and two waiting for Xu. All of it through the product's own door, so that todos and events are what they would be; keys are fixed, so that a seed
 * that is continued repeats nothing.
 */
export async function planAhead(app: App, world: World, password: string): Promise<void> {
  const send = speaker(app, password)
  const today = dayOf(world.now)
  const [near, later] = [workday(today + 1), workday(today + 3)]
  const officers = ['wang', 'he'].map((ref) => ({ personId: idOf('person', ref), part: 'OFFICER', conflictDeclared: true }))
  const yc = shippedChecklist('YC').id
  const daily = { kind: 'ADMIN_DAILY', people: officers, versionIds: [yc], taskSource: 'RANDOM_DRAW', purpose: '双随机抽查' }
  const home = plantsOf(world)
  const first = await send('wang', '/visits', { ...daily, plannedOn: near, visits: home.slice(0, 2).map((site, i) => ({ id: idOf('ahead', `daily ${i}`), siteId: site })) }, 'plan near')
  const second = await send('wang', '/visits', { ...daily, plannedOn: later, visits: home.slice(2, 4).map((site, i) => ({ id: idOf('ahead', `later ${i}`), siteId: site })) }, 'plan later')
  await send('wang', '/visits/submit', { visits: based(first) }, 'submit near')
  await send('wang', '/visits/submit', { visits: based(second) }, 'submit later')
  await send('xu', '/visits/approve', { visits: based(first).map((v) => ({ ...v, baseVersion: v.baseVersion + 1 })), opinion: '同意，注意夜班时段' }, 'approve near')
}

const based = ({ visits }: { visits: { id: string; version: number }[] }) => visits.map(({ id, version }) => ({ id, baseVersion: version }))

const workday = (day: number): string => (isWorked(day) ? dateText(day) : workday(day + 1))

/** Running plants of Lin's grid other than the cast's own. */
function plantsOf(world: World): string[] {
  const grid = world.plan.grid[0]
  const sites: string[] = []
  for (let i = 1; sites.length < 4; i++) if (world.plan.grid[i] === grid && world.plan.state[i] === 0) sites.push(idOf('site', `E${String(i + 1).padStart(5, '0')}-1`))
  return sites
}

/** Speaks HTTP inside the process, as the one who is named. */
export function speaker(app: App, password: string): Send {
  const cookies = new Map<Login, string>()
  const signIn = async (login: Login): Promise<string> => {
    const answer = await app.http.inject({ method: 'POST', url: '/api/sign-in', headers: { 'x-angrid': '1' }, payload: { login, password } })
    return String(answer.headers['set-cookie']).split(';')[0]!
  }
  return async (login, url, payload, step, method = 'POST') => {
    if (!cookies.has(login)) cookies.set(login, await signIn(login))
    const headers = { 'x-angrid': '1', cookie: cookies.get(login)!, 'idempotency-key': idOf('ahead-key', step), ...(Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream', 'x-file-name': 'a.jpg' } : {}) }
    const answer = await app.http.inject({ method, url: `/api${url}`, headers, payload })
    if (answer.statusCode !== 200) throw new Error(`${step}: ${answer.statusCode} ${answer.body}`)
    return answer.json()
  }
}
