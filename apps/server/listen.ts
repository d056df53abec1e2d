import type { App } from './app.ts'

/** Listens on the first free port of the list. @returns the address to open @throws when all are taken, or another error */
export async function listen(app: App, ports: readonly number[]): Promise<string> {
  for (const port of ports) {
    try {
      return await app.http.listen({ host: app.config.host, port })
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!taken) throw error
    }
  }
  throw new Error(`端口 ${ports[0]}${ports.length > 1 ? `–${ports.at(-1)}` : ''} 都已被占用，请用 ANGRID_PORT 指定另一个`)
}
