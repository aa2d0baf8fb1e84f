import { MOMENTS } from '../support/moments.ts'
import type { Fault, FaultRun } from './fault.ts'
import { diesWithin } from './harms.ts'

const TOKENS = ['token_received', 'token_saved']
/** What the short form has; each moment alone is in test/e2e/killed-anywhere.test.ts. */
const SHORT = ['intake_after_commit', 'call_returned/create_ticket', 'call_returned/send_text']
const PATIENCE_MS = 12_000

/** SIGKILL at each point with a name, at the first, the second, … pass. */
export const f02: readonly Fault[] = [
  {
    ...{ family: 'F2', name: 'killed at each named point', mayTell: true },
    load: { phones: 8, rounds: 1_000 },
    async harm(run) {
      const moments = run.isShort ? SHORT : [...MOMENTS, ...TOKENS]
      const passes = run.dose(2, 1)
      let kills = 0
      for (const moment of moments)
        for (let pass = 1; pass <= passes; pass += 1)
          if (await killAt(run, `${moment}:${pass}`)) kills += 1
      run.note(`${kills} kills at ${moments.length} points`)
    },
  },
]

async function killAt(run: FaultRun, failpoint: string): Promise<boolean> {
  const { site } = run
  const [service] = site.services
  if (service === undefined) return false
  await service.kill()
  await service.start(failpoint)
  if (failpoint.startsWith('token')) await site.control('POST', '/oauth/expire', ZENDESK)
  const died = await diesWithin(PATIENCE_MS, service)
  if (!died) run.note(`${failpoint} was not passed`)
  await site.raise(service)
  return died
}

const ZENDESK = { platform: 'zendesk' }
