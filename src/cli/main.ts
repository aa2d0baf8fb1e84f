import { type Env, readConfig, readEnvironment } from '../config.ts'
import { KeyFileProblem } from '../connections/secret-key.ts'
import { StartProblem } from '../open-database.ts'
import type { Command } from './command.ts'

const COMMANDS: Readonly<
  Record<
    string,
    {
      readonly says: string
      readonly load: () => Promise<Command>
      /** Where it keeps what it makes, instead of where the service does. */
      readonly dataDir?: string
    }
  >
> = {
  start: { says: 'run the service', load: async () => (await import('./start.ts')).start },
  demo: {
    says: 'run service and sandbox, and play the story (--once: play it and exit)',
    load: async () => (await import('./demo.ts')).demo,
    dataDir: './data/demo',
  },
  sandbox: {
    says: 'run the emulated platforms alone',
    load: async () => (await import('./sandbox.ts')).sandbox,
  },
  apply: {
    says: 'make or change a bridge: apply -f bridge.yaml [--dry-run]',
    load: async () => (await import('./apply.ts')).apply,
  },
  remove: {
    says: 'remove a bridge and all that was kept for it: remove NAME',
    load: async () => (await import('./remove.ts')).remove,
  },
  why: {
    says: 'say what became of an event, a ticket, a comment: why ID [--json]',
    load: async () => (await import('./why.ts')).why,
  },
  events: {
    says: 'list the newest events: events [--limit N] [--failures] [--json]',
    load: async () => (await import('./events.ts')).events,
  },
  retry: {
    says: 'try again what failed: retry ID [--text WORDS] [--may-arrive-twice], or --since 2h',
    load: async () => (await import('./recover.ts')).retry,
  },
  discard: {
    says: 'take what failed off the list: discard ID, or --since 2h',
    load: async () => (await import('./recover.ts')).discard,
  },
  replay: {
    says: 'decide again where nothing came of it: replay EVENT-ID, or --since 2h [--bridge NAME]',
    load: async () => (await import('./recover.ts')).replay,
  },
  pause: {
    says: 'leave a platform alone, what is for it waits: pause zendesk|klaviyo [--bridge NAME]',
    load: async () => (await import('./pause.ts')).pause,
  },
  resume: {
    says: 'call it again: resume zendesk|klaviyo [--bridge NAME]',
    load: async () => (await import('./pause.ts')).resume,
  },
  doctor: {
    says: 'look whether everything is in order: doctor [--json] [--bridge NAME]',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  token: {
    says: 'make a token for the operator API: token create [NAME]',
    load: async () => (await import('./token.ts')).token,
  },
  owner: {
    says: 'who may sign in: owner --list; a new password: owner reset NAME',
    load: async () => (await import('./owner.ts')).owner,
  },
  key: {
    says: 'seal every secret with a new key: key rotate',
    load: async () => (await import('./key.ts')).key,
  },
  build: {
    says: 'build the browser pages, as a first start does',
    load: async () => (await import('./build.ts')).build,
  },
  migrate: {
    says: 'bring the database up to this version',
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
}

function usage(): string {
  const rows = Object.entries(COMMANDS).map(([name, { says }]) => `  ${name.padEnd(8)} ${says}`)
  return [
    'replyline COMMAND',
    '',
    ...rows,
    '',
    'Settings come from the environment and .env; docs/configuration.md lists them.',
    '',
  ].join('\n')
}

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    const isAsked = name === '' || name === 'help' || name === '--help'
    process[isAsked ? 'stdout' : 'stderr'].write(
      isAsked ? usage() : `replyline: there is no command "${name}"\n\n${usage()}`,
    )
    return isAsked ? 0 : 2
  }
  const config = readConfig(withDataDir(environment(), command.dataDir))
  if (!config.ok) {
    process.stderr.write(
      ['The configuration is wrong:', ...config.problem.map((problem) => `  ${problem}`), ''].join(
        '\n',
      ),
    )
    return 1
  }
  return (await command.load())(args, config.value)
}

function environment(): Env {
  try {
    return readEnvironment(process.env, process.cwd())
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartProblem(`.env cannot be read (${code}): let this user read it, or remove it`)
  }
}

/** What was set stays; and who shares a database shares the key that lies in the service's folder. */
function withDataDir(env: Env, dataDir: string | undefined): Env {
  return dataDir === undefined || env.DATA_DIR || env.DATABASE_URL
    ? env
    : { ...env, DATA_DIR: dataDir }
}

/** One line for what a person can mend; null for what nobody foresaw. */
function explain(error: unknown): string | null {
  if (error instanceof StartProblem || error instanceof KeyFileProblem) return error.message
  const { code = '', message } = error as NodeJS.ErrnoException
  return code.startsWith('ERR_PARSE_ARGS') ? `${message.split('. ')[0]}; see replyline help` : null
}

// Whoever reads may stop reading, as `| head` does: then there is nobody left to write for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

try {
  process.exitCode = await main()
} catch (error) {
  const explanation = explain(error)
  if (explanation === null) throw error
  process.stderr.write(`replyline: ${explanation}\n`)
  process.exitCode = 1
}
