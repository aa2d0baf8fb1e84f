import { readBridgeSettings } from '../connections/settings.ts'
import type { BridgeRow } from '../db/bridge-store.ts'
import { findLastMessage, listBrandNumbers } from '../db/doctor-facts.ts'
import { countFailing, countWaiting } from '../db/overview.ts'
import type { Check, Lane } from './check.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { judgeFailing, judgeWaiting } from './judge/health.ts'
import { fine, type Judgement, problem } from './judge/judgement.ts'
import { judgeMessageProperties } from './judge/message-properties.ts'
import { judgeNumbers } from './judge/settings.ts'
import { propertyNames } from './property-names.ts'

/** What the database knows of one bridge. Asks no platform. */
export function bridgeLane(deps: DoctorDeps, bridge: BridgeRow): Lane {
  const check = (name: string, looksAt: string, ask: Check['ask']): Check => ({
    ...{ area: 'bridge', about: bridge.name, name, looksAt, ask },
  })
  return {
    gates: [],
    checks: [
      check('completed', 'whether its set-up was completed', async () => [judgeCompleted(bridge)]),
      check('work', 'the work that waits', () => lookAtWork(deps, bridge)),
      check('numbers', 'the numbers that were texted', () => lookAtNumbers(deps, bridge)),
      check('message_properties', 'what the last text carried', async () => [
        await lookAtMessage(deps, bridge),
      ]),
    ],
  }
}

/** One that was begun and not completed has no webhooks yet, or not both. */
function judgeCompleted({ name, activatedAt }: BridgeRow): Judgement {
  if (activatedAt !== null) return fine('Its set-up was completed.')
  return problem({
    says: `The set-up of ${name} was not completed.`,
    remedy:
      'Open the bridge on the page Connections and save it; the page says what is in the way.',
    without: 'Nothing crosses.',
  })
}

async function lookAtWork(
  { db, clock }: DoctorDeps,
  { id }: BridgeRow,
): Promise<readonly Judgement[]> {
  const now = clock.now()
  const waiting = (await countWaiting(db)).filter(({ bridgeId }) => bridgeId === id)
  const failing = (await countFailing(db)).filter(({ bridgeId }) => bridgeId === id)
  return [
    ...judgeWaiting(
      waiting.map(({ waitingFor, count, oldestAt }) => ({
        ...{ waitingFor, count, oldestMs: now - Date.parse(oldestAt) },
      })),
    ),
    ...judgeFailing(failing),
  ]
}

async function lookAtNumbers(
  { db }: DoctorDeps,
  { id, settings }: BridgeRow,
): Promise<readonly Judgement[]> {
  const { sms } = readBridgeSettings(settings)
  return judgeNumbers(
    sms.routes.map(({ number }) => number),
    await listBrandNumbers(db, id),
  )
}

async function lookAtMessage({ db }: DoctorDeps, { id }: BridgeRow): Promise<Judgement> {
  const last = await findLastMessage(db, id)
  return judgeMessageProperties(
    last === null ? null : { at: last.at, names: propertyNames(last.payload) },
  )
}
