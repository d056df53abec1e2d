import { campaign } from '../../capabilities/campaign/server/handlers.ts'
import { admitVisit, campaignsUsing } from '../../capabilities/campaign/server/public.ts'
import { attachment } from '../../capabilities/attachment/server/handlers.ts'
import { checklist } from '../../capabilities/checklist/server/handlers.ts'
import { enforcement } from '../../capabilities/enforcement/server/handlers.ts'
import { enterprise } from '../../capabilities/enterprise/server/handlers.ts'
import { district } from '../../capabilities/district/server/handlers.ts'
import { enterpriseImports } from '../../capabilities/enterprise/server/imports.ts'
import { exchange } from '../../capabilities/exchange/server/handlers.ts'
import { staff } from '../../capabilities/staff/server/handlers.ts'
import { hazard } from '../../capabilities/hazard/server/handlers.ts'
import { todo } from '../../capabilities/todo/server/handlers.ts'
import { visit } from '../../capabilities/visit/server/handlers.ts'
import { statistics } from '../../capabilities/statistics/server/handlers.ts'
import { sync } from '../../capabilities/sync/server/handlers.ts'
import { system } from '../../capabilities/system/server/handlers.ts'
import type { Capability } from '../../kernel/server/capability.ts'
import type { Config } from '../../kernel/server/config.ts'
import { allTexts } from '../../kernel/server/answer.ts'
import { fileStore } from '../../kernel/server/files.ts'
import { officeTodos } from './office-todos.ts'

/** Every capability the server mounts, one line each. */
export function capabilities(config: Config): Capability[] {
  const address = config.address || `http://${config.host}:${config.port}`
  const all: Capability[] = [
    campaign,
    staff({ demo: config.mode === 'demo', https: config.https, bureau: config.bureau, platforms: config.platforms, officeWaits: officeTodos, verbs: () => all.flatMap((c) => Object.entries(c.zh.verbs).map(([verb, zh]) => ({ verb, zh, group: c.zh.name }))) }),
    enterprise,
    district(),
    checklist({ usesOf: campaignsUsing }),
    attachment(fileStore(config)),
    exchange(fileStore(config), enterpriseImports, config.databaseUrl ? 4 : 1),
    todo(),
    hazard(),
    visit(admitVisit),
    enforcement({ files: fileStore(config), address }),
    statistics({ address }),
    sync,
    system({ dataDir: config.dataDir, ledgerHash: config.ledgerHash, texts: () => allTexts(all).problems }),
  ]
  return all
}
