import { operatingStateZh } from '../../../capabilities/enterprise/lifecycle.ts'
import { stateZh } from '../../../capabilities/hazard/zh.ts'
import { STATE_ZH } from '../../../capabilities/visit/kinds.ts'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'
import type { FieldStore } from '../data/work.ts'

/** The record as this phone last heard of it. `version`: the one to build on when mine is done again; absent: it cannot be. */
export interface Theirs {
  readonly word: string
  readonly note: string
  readonly path?: string
  readonly version?: number
}

/** What stands on the server where a command of mine came too late; undefined when this phone does not hold it. */
export async function theirsOf(store: FieldStore, { aggregate }: Pick<OutboxItem, 'aggregate'>): Promise<Theirs | undefined> {
  const at = aggregate.indexOf(':')
  const [what, id] = [aggregate.slice(0, at), aggregate.slice(at + 1)]
  if (what === 'hazard') {
    const hazard = await store.hazard.get(id)
    return hazard && { word: stateZh[hazard.state], note: hazard.waiting, path: `/hazard/${id}`, version: hazard.version }
  }
  if (what === 'enterprise') {
    const site = await store.site.where('enterpriseId').equals(id).first()
    return site && { word: operatingStateZh[site.state], note: site.name, path: `/site/${site.id}`, version: site.enterpriseVersion }
  }
  if (what === 'visit') {
    const visit = await store.visit.get(id)
    return visit && { word: STATE_ZH[visit.state], note: [visit.people.map((person) => person.name).join('、'), visit.opinion].filter(Boolean).join('；'), path: `/task/${id}` }
  }
  if (what === 'todo') {
    const todo = await store.todo.get(id)
    return todo && { word: todo.takenByName ? `${todo.takenByName}已领取` : '没有人领取', note: todo.title, version: todo.version }
  }
  return undefined
}
