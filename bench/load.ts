import { Agent, request } from 'node:http'
import { readFileSync } from 'node:fs'

/** One thing to ask, the same for both servers or made anew for each call. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

export interface Result {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly errors: number
  readonly count: number
  /** Server CPU milliseconds (user + system) a request. */
  readonly cpu: number
}

export interface Target {
  readonly name: string
  readonly port: number
  readonly pid: number
  readonly headers: Record<string, string>
}

/** Sends one request; resolves with status and body text. */
export function send(target: Target, ask: Ask, agent: Agent): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    const headers = { ...target.headers, ...ask.headers, ...(ask.body ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(ask.body)) } : {}) }
    const sent = request({ host: '127.0.0.1', port: target.port, path: ask.path, method: ask.method, headers, agent }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => done({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
    })
    sent.on('error', fail)
    sent.end(ask.body)
  })
}

/** Keeps `concurrency` requests under way for `seconds` and measures. */
export async function load(target: Target, next: () => Ask, concurrency: number, seconds: number): Promise<Result> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const times: number[] = []
  let errors = 0
  const cpuBefore = cpuMs(target.pid)
  const began = performance.now()
  const until = began + seconds * 1000
  const worker = async () => {
    while (performance.now() < until) {
      const at = performance.now()
      const { status } = await send(target, next(), agent)
      times.push(performance.now() - at)
      if (status !== 200) errors++
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const took = (performance.now() - began) / 1000
  const cpu = (cpuMs(target.pid) - cpuBefore) / times.length
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: times.length / took, p50: at(0.5), p95: at(0.95), p99: at(0.99), errors, count: times.length, cpu }
}

const TICK_MS = 10

/** User and system time of a process in milliseconds (Linux). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Resident memory of a process in MB (Linux). */
export const memoryMb = (pid: number): number => statusMb(pid, 'VmRSS')
/** The most it ever held. */
export const peakMb = (pid: number): number => statusMb(pid, 'VmHWM')

function statusMb(pid: number, name: string): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n').find((l) => l.startsWith(name))
  return Math.round(Number(line?.replace(/\D/g, '')) / 1024)
}

/** Middle of several figures. */
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
