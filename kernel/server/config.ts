import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const Files = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: z.string().optional() }),
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: z.url(),
    region: z.string().default('us-east-1'),
    bucket: z.string(),
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
  }),
])

const Settings = z.strictObject({
  mode: z.enum(['demo', 'serve', 'test']).default('serve'),
  /** PostgreSQL address; empty means the embedded database inside `dataDir`. */
  databaseUrl: z.string().default(''),
  dataDir: z.string().default('data'),
  host: z.string().default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65535).default(8080),
  /** 32 bytes, base64: personal data is encrypted with it. Lost key = lost phone and ID numbers. */
  key: z.string().default(''),
  /** Set when a proxy in front speaks https: cookies become Secure. */
  https: z.coerce.boolean().default(false),
  /** Trust X-Forwarded-For of a proxy in front. */
  behindProxy: z.coerce.boolean().default(false),
  poolSize: z.coerce.number().int().min(1).max(200).default(16),
  /** The hash of the ledger: sha256, or sm3 for sites under the national algorithms. */
  ledgerHash: z.enum(['sha256', 'sm3']).default('sha256'),
  sealSeconds: z.coerce.number().min(0.2).max(3600).default(10),
  /** A clock that a test may move. Never in production. */
  movableClock: z.coerce.boolean().default(false),
  /** Multiplies every rate limit: for benchmarks and load tests on a closed machine. */
  rateFactor: z.coerce.number().min(1).default(1),
  files: Files.default({ kind: 'folder' }),
  /** Platforms whose web-views open our pages with a one-time ticket (government app). Only in the configuration file: they carry secrets. */
  platforms: z.array(z.strictObject({ code: z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/), name: z.string(), verifyUrl: z.url(), appId: z.string(), secret: z.string().min(16) })).default([]),
  /** Bearer token of whoever collects /metrics from another machine; empty: only from this one. */
  metricsToken: z.string().default(''),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  /** In words, because the demo holds known passwords: "我知道这是演示数据". */
  demoMayListenOutside: z.string().default(''),
  bureau: z.string().default('应急管理局'),
  /** Where people open the system (https://…): printed as a code on papers. Empty: this machine's own address. */
  address: z.string().default(''),
})
export type Config = z.infer<typeof Settings>

const fromEnvironment: Record<string, keyof Config> = {
  ANGRID_MODE: 'mode',
  DATABASE_URL: 'databaseUrl',
  ANGRID_DATA: 'dataDir',
  ANGRID_HOST: 'host',
  ANGRID_PORT: 'port',
  ANGRID_KEY: 'key',
  ANGRID_HTTPS: 'https',
  ANGRID_BEHIND_PROXY: 'behindProxy',
  ANGRID_POOL: 'poolSize',
  ANGRID_LEDGER_HASH: 'ledgerHash',
  ANGRID_SEAL_SECONDS: 'sealSeconds',
  ANGRID_MOVABLE_CLOCK: 'movableClock',
  ANGRID_METRICS_TOKEN: 'metricsToken',
  ANGRID_RATE_FACTOR: 'rateFactor',
  ANGRID_LOG: 'logLevel',
  ANGRID_DEMO_OUTSIDE: 'demoMayListenOutside',
  ANGRID_BUREAU: 'bureau',
  ANGRID_ADDRESS: 'address',
}

/** Settings from a JSON file (ANGRID_CONFIG), then the environment, then the caller; the later wins. */
export function loadConfig(given: Partial<Config> = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const file = env.ANGRID_CONFIG ? (JSON.parse(readFileSync(env.ANGRID_CONFIG, 'utf8')) as Record<string, unknown>) : {}
  const fromEnv = Object.fromEntries(
    Object.entries(fromEnvironment).flatMap(([name, key]) => (env[name] ? [[key, env[name] === 'false' ? false : env[name]]] : [])),
  )
  const config = Settings.parse({ ...file, ...fromEnv, ...given })
  config.dataDir = resolve(config.dataDir)
  if (config.mode === 'demo' && config.bureau === '应急管理局') config.bureau = '安澜区应急管理局'
  if (config.mode === 'serve' && config.movableClock) throw new Error('正式运行不能使用可拨动的时钟（movableClock）')
  if (config.mode === 'demo' && !loopback(config.host) && config.demoMayListenOutside !== '我知道这是演示数据') {
    throw new Error('演示数据带有公开的口令，只能监听本机地址；确需对外，请设置 ANGRID_DEMO_OUTSIDE=我知道这是演示数据')
  }
  if (!config.key) config.key = keptKey(config)
  if (Buffer.from(config.key, 'base64').length !== 32) throw new Error('ANGRID_KEY 必须是 32 字节的 base64')
  return config
}

const loopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** Demo and tests keep a key of their own; production must bring one, so that it is backed up apart from the data. */
function keptKey(config: Config): string {
  if (config.mode === 'test') return createHash('sha256').update('angrid test key').digest('base64')
  if (config.mode === 'serve') throw new Error('请设置 ANGRID_KEY（openssl rand -base64 32），并与数据分开保管')
  const path = join(config.dataDir, 'demo.key')
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}
