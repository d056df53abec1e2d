import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder, from the sources or from the bundle. */
export function projectRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from))
  while (!existsSync(join(folder, 'migrations'))) {
    const up = dirname(folder)
    if (up === folder) throw new Error('找不到项目目录')
    folder = up
  }
  return folder
}
