import { standsOf } from '../connections/list-accounts.ts'
import type { ConnectionRow } from '../db/connection-store.ts'
import { listFeeds } from '../db/feed-store.ts'
import { listStillConnections } from '../db/still-connections.ts'
import { instant } from '../kernel/instant.ts'
import type { Check, Lane } from './check.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import type { Judgement } from './judge/judgement.ts'
import { judgeFeed, judgeStanding } from './judge/standing.ts'

const NAMES = { zendesk: 'Zendesk', klaviyo: 'Klaviyo' } as const

/** Whether an account is called, and its own feed read, as the database knows it. Asks no platform. */
export function standingLane(
  deps: DoctorDeps,
  row: ConnectionRow,
  { isUsed }: { readonly isUsed: boolean },
): Lane {
  const platform = NAMES[row.platform]
  const check = (name: string, looksAt: string, ask: Check['ask']): Check => ({
    ...{ area: row.platform, about: row.accountName, name, looksAt, ask },
  })
  return {
    gates: [],
    checks: [
      check('standing', `whether ${platform} is called`, async () => [
        judgeStanding(platform, await standsFor(deps, row)),
      ]),
      check('feed', `how far ${platform}'s own feed was read`, async () =>
        isUsed ? lookAtFeed(deps, row) : [],
      ),
    ],
  }
}

async function standsFor({ db }: DoctorDeps, row: ConnectionRow) {
  return standsOf((await listStillConnections(db)).find(({ id }) => id === row.id))
}

/** An account that is not called is not read either, and that is told already. */
async function lookAtFeed(deps: DoctorDeps, row: ConnectionRow): Promise<readonly Judgement[]> {
  if ((await standsFor(deps, row)) !== null) return []
  const feed = (await listFeeds(deps.db)).find(({ connectionId }) => connectionId === row.id)
  const facts =
    feed === undefined ? null : { ...feed, readUntil: instant(Date.parse(feed.readUntil)) }
  return [judgeFeed(NAMES[row.platform], facts, deps.clock.now())]
}
