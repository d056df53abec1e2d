import { closeOnSignals } from './lifetime.ts'
import { runDemo } from './demo.ts'
import { runBackup, runMigrate, runRestore, runVerify } from './maintenance.ts'
import { runServe } from './serve.ts'

/** What `node main.js <command>` can do; package.json names each as a script. */
const commands: Record<string, (args: readonly string[]) => Promise<void>> = {
  demo: () => runDemo(closeOnSignals()),
  serve: (args) => runServe(closeOnSignals(), args),
  migrate: runMigrate,
  backup: runBackup,
  restore: runRestore,
  'verify-ledger': runVerify,
}

/** Runs one command line; on failure says why in Chinese and ends with 1 (2: no such command). */
export async function main([name = 'demo', ...args]: readonly string[]): Promise<void> {
  const command = commands[name]
  if (!command) {
    console.error(`没有命令 ${name}；可用：${Object.keys(commands).join('、')}`)
    process.exit(2)
  }
  try {
    await command(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    if (error instanceof Error && error.cause instanceof Error) console.error(`原因：${error.cause.message}`)
    process.exit(1)
  }
}
