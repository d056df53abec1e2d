import { type Capability, serve } from '../../../kernel/server/capability.ts'
import { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import { areaHandlers, readAreaSheet, readBoundaryFile } from './areas.ts'
import { gridHandlers } from './grids.ts'
import { rotaHandlers } from './rotas.ts'
import './tables.ts'

/** Areas, grids, members and rota. */
export function district(): Capability {
  return serve({
    name: 'district',
    operations,
    handlers: { ...areaHandlers, ...gridHandlers, ...rotaHandlers },
    zh,
    prepare: { readAreaSheet, importBoundaries: readBoundaryFile as never },
  })
}
