import { buildPages } from './build-pages.ts'
import type { Command } from './command.ts'

/** Builds both browser apps, so that a machine without the development dependencies can serve them. */
export const build: Command = async () => {
  for (const name of ['window', 'studio'] as const) {
    await buildPages(name)
    process.stdout.write(`dist/${name} is up to date.\n`)
  }
  return 0
}
