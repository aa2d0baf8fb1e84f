import { existsSync, readFileSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { err, ok, type Result } from './kernel/result.ts'

/** The installation's settings, from the environment and `.env`. docs/configuration.md lists them all. */
export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly role: 'all' | 'web' | 'worker'
  /** How long events and what was done about them are kept. */
  readonly keepDays: number
  readonly publicUrl: string
  readonly secretKeyFile: string
  readonly setupToken: string | null
  readonly sandbox: {
    readonly port: number
    readonly zendeskPort: number
    readonly klaviyoPort: number
  }
  readonly klaviyoApiUrl: string
  readonly klaviyoWwwUrl: string
  readonly platformHosts: readonly string[]
  readonly clockUrl: string | null
  readonly rateLimits: 'default' | 'headers'
  readonly logLevel: string
  readonly failpoint: string | undefined
}

export type Env = Readonly<Record<string, string | undefined>>

const PORT_NEEDED = 'a port number from 0 to 65535 is needed'
const DAYS_NEEDED = 'a whole number of days from 7 to 3650 is needed'
const port = (fallback: number) =>
  z.coerce
    .number(PORT_NEEDED)
    .int(PORT_NEEDED)
    .min(0, PORT_NEEDED)
    .max(65_535, PORT_NEEDED)
    .default(fallback)
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'an http or https address is needed' })
  .transform((url) => url.replace(/\/+$/, ''))

const schema = z.object({
  PORT: port(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a postgres:// address is needed')
    .optional(),
  ROLE: z.enum(['all', 'web', 'worker'], 'one of all, web, worker is needed').default('all'),
  KEEP_DAYS: z.coerce
    .number(DAYS_NEEDED)
    .int(DAYS_NEEDED)
    .min(7, DAYS_NEEDED)
    .max(3_650, DAYS_NEEDED)
    .default(90),
  PUBLIC_URL: httpUrl.optional(),
  SECRET_KEY_FILE: z.string().min(1).optional(),
  SETUP_TOKEN: z
    .string()
    .regex(
      /^[\w-]{16,200}$/,
      '16 to 200 letters, digits, dashes and underscores are needed; without it one is made',
    )
    .optional(),
  SANDBOX_PORT: port(4000),
  SANDBOX_ZENDESK_PORT: port(4010),
  SANDBOX_KLAVIYO_PORT: port(4020),
  KLAVIYO_API_URL: httpUrl.default('https://a.klaviyo.com'),
  KLAVIYO_WWW_URL: httpUrl.optional(),
  PLATFORM_HOSTS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(/[\s,]+/)
        .filter((host) => host !== '')
        .map((host) => host.toLowerCase()),
    ),
  CLOCK_URL: httpUrl.optional(),
  RATE_LIMITS: z
    .enum(['default', 'headers'], 'one of default, headers is needed')
    .default('default'),
  LOG_LEVEL: z
    .enum(
      ['debug', 'info', 'warn', 'error', 'silent'],
      'one of debug, info, warn, error, silent is needed',
    )
    .default('info'),
  FAILPOINT: z.string().optional(),
})

const KLAVIYO_HOST = 'a.klaviyo.com'
const KLAVIYO_WWW_HOST = 'www.klaviyo.com'
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/

/** Reads the configuration. Every problem is named at once, each with its remedy. Empty variables count as absent. */
export function readConfig(env: Env): Result<Config, readonly string[]> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  const issues = parsed.success ? [] : parsed.error.issues
  const wrong = new Set(issues.map(({ path }) => String(path[0])))
  // Judged together without the ones that are wrong by themselves, so that all is said at once.
  const rest = schema.safeParse(
    Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))),
  )
  const problems = [
    ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...(rest.success ? whyTogetherWrong(rest.data, wrong) : []),
  ]
  return parsed.success && problems.length === 0 ? ok(toConfig(parsed.data)) : err(problems)
}

/** `wrong` names the variables that are wrong by themselves and absent from `vars`. */
function whyTogetherWrong(
  vars: z.output<typeof schema>,
  wrong: ReadonlySet<string>,
): readonly string[] {
  const klaviyoHost = new URL(vars.KLAVIYO_API_URL).host
  const wwwHost = new URL(klaviyoWwwUrl(vars)).host
  const clockHost = vars.CLOCK_URL === undefined ? null : new URL(vars.CLOCK_URL).host
  const isAllLoopback = isSandbox({ platformHosts: vars.PLATFORM_HOSTS })
  return [
    ...(klaviyoHost === KLAVIYO_HOST || vars.PLATFORM_HOSTS.includes(klaviyoHost)
      ? []
      : [
          `KLAVIYO_API_URL: ${klaviyoHost} is not Klaviyo's host; to call it all the same, name it in PLATFORM_HOSTS`,
        ]),
    ...(wwwHost === KLAVIYO_WWW_HOST ||
    wwwHost === klaviyoHost ||
    vars.PLATFORM_HOSTS.includes(wwwHost)
      ? []
      : [
          `KLAVIYO_WWW_URL: ${wwwHost} is not Klaviyo's host; to send people there all the same, name it in PLATFORM_HOSTS`,
        ]),
    ...(clockHost === null || (isAllLoopback && LOOPBACK.test(clockHost))
      ? []
      : [
          'CLOCK_URL: only a sandbox on this machine may set the clock; name only loopback hosts there and in PLATFORM_HOSTS, or remove CLOCK_URL',
        ]),
    ...(vars.ROLE !== 'all' && vars.DATABASE_URL === undefined && !wrong.has('DATABASE_URL')
      ? [`ROLE: ${vars.ROLE} needs a database that copies can share; set DATABASE_URL`]
      : []),
  ]
}

/** Where people approve the connection. Who emulates the API emulates that too, unless told otherwise. */
function klaviyoWwwUrl(vars: z.output<typeof schema>): string {
  const { host } = new URL(vars.KLAVIYO_API_URL)
  const besideApi = host === KLAVIYO_HOST ? `https://${KLAVIYO_WWW_HOST}` : vars.KLAVIYO_API_URL
  return vars.KLAVIYO_WWW_URL ?? besideApi
}

function toConfig(vars: z.output<typeof schema>): Config {
  const dataDir = resolve(vars.DATA_DIR)
  const isAnyHost = vars.HOST === '0.0.0.0' || vars.HOST === '::'
  const host = isIPv6(vars.HOST) ? `[${vars.HOST}]` : vars.HOST
  return {
    port: vars.PORT,
    host: vars.HOST,
    dataDir,
    databaseUrl: vars.DATABASE_URL ?? null,
    role: vars.ROLE,
    keepDays: vars.KEEP_DAYS,
    publicUrl: vars.PUBLIC_URL ?? `http://${isAnyHost ? '127.0.0.1' : host}:${vars.PORT}`,
    secretKeyFile: vars.SECRET_KEY_FILE ?? join(dataDir, 'secret.key'),
    setupToken: vars.SETUP_TOKEN ?? null,
    sandbox: {
      port: vars.SANDBOX_PORT,
      zendeskPort: vars.SANDBOX_ZENDESK_PORT,
      klaviyoPort: vars.SANDBOX_KLAVIYO_PORT,
    },
    klaviyoApiUrl: vars.KLAVIYO_API_URL,
    klaviyoWwwUrl: klaviyoWwwUrl(vars),
    platformHosts: vars.PLATFORM_HOSTS,
    clockUrl: vars.CLOCK_URL ?? null,
    rateLimits: vars.RATE_LIMITS,
    logLevel: vars.LOG_LEVEL,
    failpoint: vars.FAILPOINT,
  }
}

/** Whether the platforms named are emulated ones on this machine, which send no real texts. */
export function isSandbox({ platformHosts }: Pick<Config, 'platformHosts'>): boolean {
  return platformHosts.length > 0 && platformHosts.every((host) => LOOPBACK.test(host))
}

/** The environment, with what `.env` in the working folder adds to it. */
export function readEnvironment(env: Env, folder: string): Env {
  const file = join(folder, '.env')
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...env } : env
}
