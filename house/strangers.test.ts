import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mount } from '../kernel/server/capability.ts'
import { capabilities } from '../apps/server/capabilities.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { cast, type CastName, castIds, ids } from './cast.ts'
import { plausible } from './plausible.ts'
import { type World, world } from './world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const mounted = [...mount(capabilities(loadConfig({ mode: 'test', dataDir: 'data' }, {}))).values()]

/** Nothing of our district may stand in an answer to an inspector of the next one: names, numbers, ids of people and places. */
const ours = [
  '安川澜湖精密五金有限公司', '91990101MA9A00011A', '澜湖智造园', '安川埠源塑胶制品有限公司',
  ...(Object.keys(cast) as CastName[]).filter((name) => name !== 'qian' && name !== 'feng').map((name) => cast[name].name),
  // Not Feng: in the small world he is the principal of the neighbour's firm too.
  ids.site, ids.otherSite, ids.otherEnterprise,
]
/** Ids that are tried as `id` of an operation: one of them is of the kind it asks for. */
const tried = [ids.enterprise, ids.site, ids.park, ids.grid, castIds.lin, ids.bureau]

/** The input that came in is not a leak when it comes back in a refusal. */
const leaks = (body: string) => ours.filter((word) => body.includes(word))

describe('the stranger', () => {
  it('an inspector of the neighbour district calls every operation and sees and changes nothing of ours', async () => {
    const shown: string[] = []
    for (const { name, operation } of mounted) {
      if (name === 'staff.signOut' || name === 'staff.changePassword' || name === 'staff.signIn') continue
      for (const id of operation.path.includes(':') ? tried : [ids.enterprise]) {
        const body = operation.body === 'raw' ? { body: Buffer.from('x') } : {}
        const answer = await w.as('qian').call(operation, plausible(operation.input, id), body)
        if (answer.status === 500) shown.push(`${name}: 500`)
        if (answer.status === 200 && leaks(answer.bytes.toString('utf8')).length) shown.push(`${name}: ${leaks(answer.bytes.toString('utf8')).join()}`)
      }
    }
    expect([...new Set(shown)]).toEqual([])
  })
  it('somebody who is not signed in gets 401 from every operation that is not public', async () => {
    const open: string[] = []
    for (const { name, operation } of mounted) {
      if (operation.verb === 'public') continue
      const answer = await w.nobody.call(operation, plausible(operation.input, ids.enterprise), operation.body === 'raw' ? { body: Buffer.from('x') } : {})
      if (answer.status !== 401) open.push(`${name}: ${answer.status}`)
    }
    expect(open).toEqual([])
  })
  it('only signing in, the ways of it, the set-up link and published draws are open to everybody', () => {
    expect(mounted.filter(({ operation }) => operation.verb === 'public').map(({ name }) => name).sort()).toEqual(['campaign.publicDraw', 'campaign.publicDrawFile', 'staff.setup', 'staff.signIn', 'staff.signInByTicket', 'staff.signInWays'])
  })
  it('a page of another site calls every command in vain', async () => {
    const let_in: string[] = []
    for (const { name, operation } of mounted) {
      if (operation.kind !== 'command') continue
      const answer = await w.nobody.call(operation, plausible(operation.input, ids.enterprise), { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } })
      if (answer.status !== 403 || answer.problem.code !== 'common.cross_site') let_in.push(`${name}: ${answer.status}`)
    }
    expect(let_in).toEqual([])
  })
})
