import { SECOND } from '../kernel/instant.ts'
import type { Outbound } from '../outbound/request.ts'
import { bridgeLane } from './bridge-lane.ts'
import type { Lane } from './check.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { judgeUnusableDatabase } from './judge/health.ts'
import { klaviyoLane } from './klaviyo-lane.ts'
import { runLanes, type Tell } from './run-lanes.ts'
import { serviceLanes } from './service-lanes.ts'
import { standingLane } from './standing-lane.ts'
import { bridgesOf, findSubjects, type Subjects } from './subjects.ts'
import { zendeskLane } from './zendesk-lane.ts'

/** One call to a platform. A whole check may make several, and wait where Klaviyo says so. */
const CALL_TIMEOUT_MS = 10 * SECOND
const CHECK_TIMEOUT_MS = 60 * SECOND

/**
 * Looks at everything, or at one bridge with its accounts, and resolves when all is told. Never throws:
 * what fails is a finding too. False when no bridge has the name.
 */
export async function runDoctor(
  deps: DoctorDeps,
  bridgeName: string | null,
  tell: Tell,
): Promise<boolean> {
  const subjects = await findSubjects(deps.db, bridgeName).catch(() => undefined)
  if (subjects === undefined) {
    const where = { check: 'database', area: 'service', about: 'service' } as const
    tell({ kind: 'found', finding: { ...where, ...judgeUnusableDatabase() } })
    return true
  }
  if (subjects === null) return false
  const brisk = { ...deps, outbound: withTimeout(deps.outbound) }
  await runLanes(lanesOf(brisk, subjects), tell, CHECK_TIMEOUT_MS)
  return true
}

function lanesOf(deps: DoctorDeps, subjects: Subjects): readonly Lane[] {
  const accounts = subjects.connections.map((row) =>
    (row.platform === 'zendesk' ? zendeskLane : klaviyoLane)(deps, row, bridgesOf(subjects, row)),
  )
  const bridges = subjects.bridges.map((bridge) => bridgeLane(deps, bridge))
  const standing = subjects.connections.map((row) =>
    standingLane(deps, row, { isUsed: bridgesOf(subjects, row).length > 0 }),
  )
  return [...serviceLanes(deps, subjects), ...standing, ...accounts, ...bridges]
}

function withTimeout(outbound: Outbound): Outbound {
  return {
    ...outbound,
    send: (request) => outbound.send({ totalTimeoutMs: CALL_TIMEOUT_MS, ...request }),
  }
}
