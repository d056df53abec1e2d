const ranks = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 } as const
export type LogLevel = keyof typeof ranks

/** One JSON line a record on standard output. Callers pass ids and names of operations, never personal data or input. */
export interface Log {
  write(level: Exclude<LogLevel, 'silent'>, event: string, fields?: Record<string, string | number | boolean | undefined>): void
}

export function log(level: LogLevel, out: NodeJS.WritableStream = process.stdout): Log {
  return {
    write(at, event, fields = {}) {
      if (ranks[at] <= ranks[level]) out.write(`${JSON.stringify({ at: new Date().toISOString(), level: at, event, ...fields })}\n`)
    },
  }
}

/** Error for the log: name, SQLSTATE and stack frames; no message, because messages quote rows. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 6).map((line) => line.trim())
  return [error.name, code, ...frames].filter(Boolean).join(' | ')
}
