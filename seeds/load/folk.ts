import { initialsOf } from '../../capabilities/enterprise/server/pinyin.ts'
import type { LocalDate } from '../../kernel/core/time.ts'
import type { ActorRef } from '../history-types.ts'
import type { Person } from '../people.ts'
import type { World } from '../world.ts'
import type { PlaceBook } from './book.ts'
import { idOf, type Row } from './bulk.ts'

export interface Somebody {
  readonly id: string | null
  readonly name: string
  readonly organisation: string | null
  /** 执法证, when there is one; valid on the days for which the scripts use its holder. */
  readonly certificate: { readonly no: string; readonly validTo: LocalDate } | null
}

const SYSTEM: Somebody = { id: null, name: '系统', organisation: null, certificate: null }

/** Which post a person of the inspected side holds; they are known by the place and the part behind the colon. */
export const residentParts = { safety: ['ENT_SAFETY', '安全管理人员'], operator: ['ENT_PRINCIPAL', '经营者'], principal: ['ENT_PRINCIPAL', '主要负责人'] } as const
export type ResidentPart = keyof typeof residentParts

/** "E00017:safety" in its two halves; null for everybody else. */
export function residentOf(ref: ActorRef): { place: string; part: ResidentPart } | null {
  const [place = '', part] = ref.split(':')
  if (part === undefined) return null
  return { place: /^E\d+$/.test(place) ? `${place}-1` : place, part: part as ResidentPart }
}

/** Who is behind a ref of the scripts. People of the inspected side are entered in the register when they first do something. */
export class Folk {
  private readonly known = new Map<ActorRef, Somebody>([['system', SYSTEM]])
  private readonly places: PlaceBook
  private fresh: Row[] = []
  readonly leads: readonly ActorRef[]

  constructor(world: World, places: PlaceBook) {
    this.places = places
    const all = [...world.cast, ...world.staff, ...world.members]
    for (const person of all) this.known.set(person.ref, somebody(person))
    this.leads = [...world.cast, ...world.staff].filter((p) => p.posts[0]?.role === 'TEAM_LEAD').map((p) => p.ref)
  }

  of(ref: ActorRef): Somebody {
    let found = this.known.get(ref)
    if (!found) this.known.set(ref, (found = this.resident(ref)))
    return found
  }

  /** The id of somebody who is not the system. */
  id(ref: ActorRef): string {
    const { id } = this.of(ref)
    if (id === null) throw new RangeError(`${ref} is nobody`)
    return id
  }

  ids(refs: readonly ActorRef[]): string[] {
    return refs.map((ref) => this.id(ref))
  }

  /** The team lead over a pair: Xu leads Wang and He; a lead never approves what he takes part in. */
  leadOf(refs: readonly ActorRef[], ordinal: number): ActorRef {
    if (refs.some((ref) => ref === 'wang' || ref === 'he')) return 'xu'
    const free = this.leads.filter((lead) => !refs.includes(lead))
    return free[ordinal % free.length]!
  }

  /** Rows of those met since the last call. */
  takeNew(): Row[] {
    const rows = this.fresh
    this.fresh = []
    return rows
  }

  private resident(ref: ActorRef): Somebody {
    const found = residentOf(ref)
    if (!found) throw new RangeError(`unknown person ${ref}`)
    const place = this.places.at(found.place)
    const name = found.part === 'principal' ? place.principal : place.safety
    const id = idOf('person', ref)
    this.fresh.push({ id, name, name_py: initialsOf(name), duty_title: residentParts[found.part][1], version: 1 })
    return { id, name, organisation: place.enterpriseName, certificate: null }
  }
}

function somebody(person: Person): Somebody {
  const certificate = person.certificates.find((c) => c.kind === 'LAW_ENFORCEMENT')
  return { id: idOf('person', person.ref), name: person.name, organisation: person.posts[0]?.department ?? null, certificate: certificate ? { no: certificate.no, validTo: certificate.to } : null }
}
