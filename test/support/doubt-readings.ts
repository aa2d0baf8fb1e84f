import { startSandbox } from '../../src/sandbox/start.ts'

/** One other reading of a platform: one switch at a value that is not its default, or one grant not given. */
export type Reading = {
  readonly says: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly grants: Readonly<Record<string, boolean>>
  /** How far each wait must move the sandbox's clock for what the reading puts off. */
  readonly lagMs: number
}

type Switch = {
  readonly name: string
  readonly values: readonly unknown[] | 'milliseconds'
  readonly default: unknown
}

/** Beyond the minute in which feeds are read again, and beyond what anything waits by default. */
const LONG_MS = 90_000

/** The switches that a sandbox lists of itself. */
export async function listSwitches(): Promise<readonly Switch[]> {
  const sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  const answer = await fetch(`${sandbox.controlUrl}/control/settings`)
  await sandbox.close()
  return ((await answer.json()) as { settings: readonly Switch[] }).settings
}

/** Every other value of every switch, each alone; and each of Klaviyo's two grants not given. */
export function otherReadings(switches: readonly Switch[]): readonly Reading[] {
  const grants = ['conversations', 'webhooks'].map((name) => reading({ grants: { [name]: false } }))
  return [...switches.flatMap(readingsOf), ...grants]
}

function readingsOf({ name, values, default: usual }: Switch): readonly Reading[] {
  return (values === 'milliseconds' ? [0, LONG_MS] : values)
    .filter((value) => value !== usual)
    .map((value) =>
      reading({ settings: { [name]: value }, lagMs: value === LONG_MS ? LONG_MS : 0 }),
    )
}

function reading({ settings = {}, grants = {}, lagMs = 0 }: Partial<Reading>): Reading {
  const says = Object.entries({ ...settings, ...grants })
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
  return { says, settings, grants, lagMs }
}
