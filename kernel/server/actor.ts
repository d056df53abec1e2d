import type { Reach } from '../core/access.ts'

/** One post a person holds: a role (a row of verbs) over a reach. */
export interface Post {
  readonly id: string
  readonly role: string
  readonly roleZh: string
  readonly verbs: ReadonlySet<string>
  readonly reach: Reach
}

/** Who is signed in, as the doorkeeper found them. */
export interface SignedIn {
  readonly sessionId: string
  readonly personId: string
  readonly name: string
  readonly posts: readonly Post[]
  /** Only these operations may be called until a first password change is done. */
  readonly mustChangePassword: boolean
  /** A wall's display session: the picture may be asked with it, nothing else. */
  readonly display: boolean
}

/** The signed-in person as one operation sees them: reach and roles of the posts that hold its verb. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly sessionId: string
  /** The role acted in: first of the posts that hold the verb. */
  readonly role: string
  readonly roles: readonly string[]
  readonly reach: Reach
  /** Any verb of any post: what the screen may offer. State and reach are asked apart. */
  has(verb: string): boolean
  /** Reach of the posts that hold this verb: for questions about another verb than the operation's own. */
  reachOf(verb: string): Reach
}

const narrowed = new WeakMap<SignedIn, Map<string, Actor>>()

/** The actor of an operation, or undefined when no post holds the verb. Remembered per signed-in person. */
export function actorFor(who: SignedIn, verb: string): Actor | undefined {
  const known = narrowed.get(who) ?? new Map<string, Actor>()
  narrowed.set(who, known)
  const found = known.get(verb)
  if (found) return found
  const posts = verb === 'signed_in' || verb === 'public' ? who.posts : who.posts.filter((post) => post.verbs.has(verb))
  if (!posts.length && verb !== 'signed_in' && verb !== 'public') return undefined
  const actor: Actor = {
    id: who.personId,
    name: who.name,
    sessionId: who.sessionId,
    role: posts[0]?.role ?? 'NONE',
    roles: [...new Set(posts.map((post) => post.role))],
    reach: unite(posts.map((post) => post.reach)),
    has: (asked) => who.posts.some((post) => post.verbs.has(asked)),
    reachOf: (asked) => unite(who.posts.filter((post) => post.verbs.has(asked)).map((post) => post.reach)),
  }
  known.set(verb, actor)
  return actor
}

function unite(reaches: readonly Reach[]): Reach {
  const areas = new Map(reaches.flatMap((reach) => reach.areas.map((range) => [range.join(), range] as const)))
  return {
    areas: [...areas.values()],
    grids: [...new Set(reaches.flatMap((reach) => reach.grids))],
    enterprises: [...new Set(reaches.flatMap((reach) => reach.enterprises))],
  }
}

/** The system itself, for jobs and seeds: every verb, everywhere, named in every event it writes. */
export function systemActor(role = 'SYSTEM', name = '系统'): Actor {
  const reach: Reach = { areas: [['000000000000', '~']], grids: [], enterprises: [] }
  return { id: '00000000-0000-7000-8000-000000000000', name, sessionId: '', role, roles: [role], reach, has: () => true, reachOf: () => reach }
}

/** Nobody signed in. */
export const stranger: Actor = {
  id: '',
  name: '未登录',
  sessionId: '',
  role: 'NONE',
  roles: [],
  reach: { areas: [], grids: [], enterprises: [] },
  has: () => false,
  reachOf: () => ({ areas: [], grids: [], enterprises: [] }),
}
