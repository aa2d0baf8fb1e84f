import type { BridgeOverview } from '../api/queries.ts'
import type { State } from '../shared/state-badge.tsx'

export type Glance = {
  readonly state: State
  readonly word: string
  /** Where it is told. */
  readonly page: 'overview' | 'problems' | 'connections'
}

const PLATFORMS = { zendesk: 'Zendesk', klaviyo: 'Klaviyo' } as const

/** The worst that is true of any bridge, in a word. */
export function glanceAt(bridges: readonly BridgeOverview[]): Glance {
  if (bridges.length === 0)
    return { state: 'waiting', word: 'Nothing is connected', page: 'connections' }
  const broken = bridges
    .flatMap(({ connections }) => connections)
    .find(({ state }) => state === 'reconnect')
  if (broken !== undefined)
    return {
      state: 'failed',
      word: `Reconnect ${PLATFORMS[broken.platform]}`,
      page: 'connections',
    }
  return standingOf(bridges) ?? problemOf(bridges) ?? delayOf(bridges) ?? WELL
}

const WELL: Glance = { state: 'fine', word: 'All is well', page: 'overview' }

/** What does not answer before what a person paused; either holds up everything for it. */
function standingOf(bridges: readonly BridgeOverview[]): Glance | null {
  const still = bridges
    .flatMap(({ connections }) => connections)
    .flatMap(({ platform, stands }) => (stands === null ? [] : [{ platform, why: stands.why }]))
  const [worst] = still.toSorted((a, b) => (a.why < b.why ? -1 : 1))
  if (worst === undefined) return null
  const name = PLATFORMS[worst.platform]
  return worst.why === 'down'
    ? { state: 'failed', word: `${name} is down`, page: 'connections' }
    : { state: 'waiting', word: `${name} is paused`, page: 'connections' }
}

function problemOf(bridges: readonly BridgeOverview[]): Glance | null {
  const failing = bridges.flatMap((bridge) => bridge.failing)
  const failed = countOf(failing.filter(({ what }) => what !== 'unknown'))
  if (failed > 0) return { state: 'failed', word: `${failed} failed`, page: 'problems' }
  const unknown = countOf(failing)
  if (unknown > 0) return { state: 'unknown', word: `${unknown} not known`, page: 'problems' }
  return null
}

function delayOf(bridges: readonly BridgeOverview[]): Glance | null {
  if (bridges.some(({ isActive }) => !isActive))
    return { state: 'waiting', word: 'Set-up not completed', page: 'overview' }
  // Work that only passes through has no reason to wait; behind work that has one, it waits too.
  const held = bridges.filter(({ waiting }) => waiting.some(({ isInLine }) => !isInLine))
  const count = countOf(held.flatMap(({ waiting }) => waiting))
  if (count === 0) return null
  return { state: 'waiting', word: `${count} ${count === 1 ? 'waits' : 'wait'}`, page: 'overview' }
}

/** The sum of all counts. */
export function countOf(counted: readonly { readonly count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0)
}
