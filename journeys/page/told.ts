/** What the test and its hand in the page tell each other. */
export interface Wanted {
  readonly id: string
  readonly findingId: string
  readonly n: number
  readonly photos: number
  /** Pixels of the longer side. */
  readonly side: number
  readonly locked: boolean
}

/** Photo id → SHA-256 of the bytes as the store gives them back. */
export type Hashes = Record<string, string>

export interface Me {
  readonly personId: string
  readonly name: string
  readonly organisation: string | null
}

export interface Held {
  readonly items: readonly { commandId: string; aggregate: string; state: string; why?: string; photos: readonly string[] }[]
  readonly photos: readonly { id: string; state: string; sha256: string }[]
  readonly drafts: number
  readonly hashes: Hashes
}
