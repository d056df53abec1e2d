/** The server as production runs it, from its sources: sign-in, reach, audit, rate limits (raised) and ledger on. */
import { closeOnSignals } from '../apps/server/lifetime.ts'
import { runServe } from '../apps/server/serve.ts'

await runServe(closeOnSignals(), ['--migrate'])
