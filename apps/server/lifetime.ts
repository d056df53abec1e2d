import { readFileSync } from 'node:fs'

/** Ends the process in order: what is registered last is closed first. */
export interface Lifetime {
  onClose(close: () => Promise<void>): void
  /** True once the end has begun: long starting work stops at its next step. */
  readonly ending: boolean
}

const PARENT_EVERY_MS = 500
const PATIENCE_MS = 25_000

/**
 * Closes on Ctrl-C, on SIGTERM and when the parent (npm) is gone: a killed npm sends nothing, and nobody would be left
 * to stop us. A second Ctrl-C ends at once; acknowledged commands are committed by then.
 */
export function closeOnSignals(): Lifetime {
  const closers: (() => Promise<void>)[] = []
  let ending = false
  const end = (code: number) => {
    if (ending) process.exit(code)
    ending = true
    setTimeout(() => process.exit(code), PATIENCE_MS).unref()
    void closeAll(closers).finally(() => process.exit(code))
  }
  process.on('SIGINT', () => end(0))
  process.on('SIGTERM', () => end(0))
  process.on('SIGHUP', () => end(0))
  if (process.env.npm_lifecycle_event) watchParent(() => end(0))
  return { onClose: (close) => void closers.push(close), get ending() { return ending } }
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  // One that cannot be closed keeps no other open.
  for (const close of closers.reverse()) await close().catch((error: unknown) => console.error(error))
}

/** npm runs a script through a shell, which outlives a killed npm: so the shell's parent is watched too. */
function watchParent(gone: () => void): void {
  const parent = process.ppid
  const above = parentOf(parent)
  setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== above) gone()
  }, PARENT_EVERY_MS).unref()
}

/** The parent of a process by Linux's own table; undefined on other systems. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
