import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What the driver asks of a server process beside HTTP. */
export type Asked = { readonly id: number } & (
  | { readonly ask: 'clock'; readonly to: string }
  | { readonly ask: 'ledger' }
)
export type Told = { readonly id: number; readonly value?: unknown; readonly error?: string }
type Question = Asked extends infer A ? (A extends Asked ? Omit<A, 'id'> : never) : never

export interface Server {
  readonly port: number
  ask<T>(question: Question): Promise<T>
  stop(): Promise<void>
}

/** Starts a server process and waits for its address. The first one makes tables and register. */
export async function startServer(env: Record<string, string>): Promise<Server> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [], { execArgv: ['--import', 'tsx', '--max-old-space-size=3072', '--max-semi-space-size=64', ...(env.REPLAY_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${env.REPLAY_PROFILE}`] : [])], env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map<number, { done(value: unknown): void; fail(error: Error): void }>()
  const answer = (id: number) => new Promise<unknown>((done, fail) => waiting.set(id, { done, fail }))
  child.on('message', (told: Told) => {
    const one = waiting.get(told.id)
    waiting.delete(told.id)
    if (told.error === undefined) one?.done(told.value)
    else one?.fail(new Error(told.error))
  })
  child.on('exit', (code) => {
    for (const { fail } of waiting.values()) fail(new Error(`服务端进程已结束（${code}）`))
    waiting.clear()
  })
  const address = String(await answer(0))
  let last = 0
  return {
    port: Number(new URL(address).port),
    async ask<T>(question: Question) {
      const id = ++last
      child.send({ ...question, id })
      return (await answer(id)) as T
    },
    async stop() {
      if (child.exitCode !== null) return
      const gone = new Promise((done) => child.once('exit', done))
      child.disconnect()
      await gone
    },
  }
}
