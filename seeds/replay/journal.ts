import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

interface Kept {
  readonly scale: number
  /** Parts that are done; the one that was broken off is sent again under the same keys, which changes nothing. */
  done: string[]
  /** The server's clock when it was last known: it never runs backwards, also after a stop. */
  clock: string | null
}

/** How far a replay has come, beside its data. */
export class Journal {
  private readonly path: string
  private readonly kept: Kept

  /** @throws when the folder holds a replay of another scale */
  constructor(path: string, scale: number) {
    this.path = path
    this.kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : { scale, done: [], clock: null }
    if (this.kept.scale !== scale) throw new Error(`${path} 是规模 ${this.kept.scale} 的回放，请换一个数据目录或数据库`)
  }

  get started(): boolean {
    return this.kept.clock !== null
  }

  get clock(): string | null {
    return this.kept.clock
  }

  has(part: string): boolean {
    return this.kept.done.includes(part)
  }

  tick(part: string): void {
    this.kept.done.push(part)
    this.save()
  }

  at(clock: string): void {
    this.kept.clock = clock
    this.save()
  }

  private save(): void {
    mkdirSync(dirname(this.path), { recursive: true })
    writeFileSync(`${this.path}.part`, JSON.stringify(this.kept))
    renameSync(`${this.path}.part`, this.path)
  }
}
