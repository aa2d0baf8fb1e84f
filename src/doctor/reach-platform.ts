import type { ConnectionRow } from '../db/connection-store.ts'
import { parseInstant } from '../kernel/instant.ts'
import type { Check } from './check.ts'
import { once } from './check.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { judgeClock, judgeReach, type Reached } from './judge/reach.ts'

/** Any answer will do, a refusal included; only that it comes, and its `Date`, are looked at. */
const KNOCK = { zendesk: '/api/v2/users/me', klaviyo: '/api/accounts' } as const
const NAMES = { zendesk: 'Zendesk', klaviyo: 'Klaviyo' } as const

/** Whether a platform answers at all, and whether its clock is ours: one call without credentials. */
export function reachChecks(deps: DoctorDeps, row: ConnectionRow): readonly Check[] {
  const host = URL.parse(row.baseUrl)?.host ?? row.baseUrl
  const platform = NAMES[row.platform]
  const knock = once(() => knockAt(deps, row))
  const shared = { area: row.platform, about: row.accountName }
  return [
    {
      ...shared,
      name: 'reach',
      looksAt: `whether ${host} answers`,
      ask: async () => [judgeReach(platform, host, await knock())],
    },
    {
      ...shared,
      name: 'clock',
      looksAt: `the clock, against ${platform}'s`,
      async ask() {
        const reached = await knock()
        return reached.kind === 'silent' || reached.clockOffMs === null
          ? []
          : [judgeClock(platform, reached.clockOffMs)]
      },
    },
  ]
}

async function knockAt({ outbound, realClock }: DoctorDeps, row: ConnectionRow): Promise<Reached> {
  const answer = await outbound.send({ method: 'GET', url: `${row.baseUrl}${KNOCK[row.platform]}` })
  if (!answer.ok) return { kind: 'silent', problem: answer.problem }
  const theirs = parseInstant(answer.value.headers.get('date') ?? '')
  const clockOffMs = theirs === null ? null : realClock.now() - theirs
  return { kind: 'answered', status: answer.value.status, clockOffMs }
}
