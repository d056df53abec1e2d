/**
 * From a fresh clone to a running server. Plain JavaScript without dependencies: it may run before they are installed.
 *   node scripts/start.mjs [demo|serve|migrate|backup|restore|verify-ledger] [arguments]
 */
import { prepare } from './prepare.mjs'

const [command = 'demo', ...rest] = process.argv.slice(2)
try {
  await prepare({ web: command === 'demo' || command === 'serve', say: (line) => console.error(`  ${line}`) })
} catch (error) {
  console.error(`\n${error.message}\n`)
  process.exit(1)
}
// The server runs in this very process, so that no signal has to be passed on and nothing is left behind.
const { main } = await import('../dist/server/main.js')
await main([command, ...rest])
