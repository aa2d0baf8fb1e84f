import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readEnvironment } from '../config.ts'
import { readBridgeFile } from '../connections/read-bridge-file.ts'
import { StartProblem } from '../open-database.ts'
import { applyBridgeFile } from './apply-bridge-file.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Makes or changes a bridge from a file. */
export const apply: Command = async (args, config) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      file: { type: 'string', short: 'f' },
      'dry-run': { type: 'boolean', default: false },
    },
  })
  if (values.file === undefined) throw new StartProblem('name the file: apply -f bridge.yaml')
  const text = await readFile(values.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartProblem(`${values.file} cannot be read (${error.code})`)
  })
  const file = readBridgeFile(text, readEnvironment(process.env, process.cwd()))
  if (!file.ok) return report(`${values.file} is wrong:`, file.problem)

  const isDryRun = values['dry-run']
  const applied = await withDatabase(config, (database) =>
    applyBridgeFile(config, database, file.value, { isDryRun }),
  )
  if (!applied.ok) return report('It could not be applied:', applied.problem)

  const { changes, notices, bridgeId } = applied.value
  const heading = isDryRun ? 'Would change:' : 'Changed:'
  process.stdout.write(
    [
      ...(changes.length === 0
        ? ['Nothing to change.']
        : [heading, ...changes.map((line) => `  ${line}`)]),
      ...notices.map((line) => `Note: ${line}`),
      '',
    ].join('\n'),
  )
  if (!isDryRun) process.stdout.write(`Bridge ${file.value.name} is ${bridgeId}\n`)
  return 0
}

function report(heading: string, problems: readonly string[]): number {
  process.stderr.write([heading, ...problems.map((problem) => `  ${problem}`), ''].join('\n'))
  return 1
}
