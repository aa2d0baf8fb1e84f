import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import {
  differencesBetween,
  findIntended,
  INTENDED_DIFFERENCES,
  type IntendedDifference,
} from '../support/parity-differences.ts'
import { PARITY_STORIES, type ParityStory } from '../support/parity-stories.ts'
import { control, type Person, type Side, sideAt, viewOf } from '../support/parity-view.ts'
import { type Stack, startStack } from '../support/stack.ts'

/**
 * The same moves, once with Klaviyo's own integration as the sandbox emulates it and once with
 * Replyline. After each move both platforms must hold the same, but for the differences that
 * `parity-differences.ts` lists with their reasons.
 */
let sandbox: Sandbox
let stack: Stack
let native: Side
let replyline: Side
const met = new Set<IntendedDifference>()

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  stack = await startStack()
  native = sideAt(sandbox.controlUrl)
  replyline = sideAt(stack.sandbox.controlUrl)
  await control(native, 'PUT', '/native', { metrics: true, sms: true, brand: 'Nordlys' })
  for (const side of [native, replyline]) {
    const kim = { email: 'kim@example.com', smsConsent: 'SUBSCRIBED' }
    await control(side, 'PUT', `/profiles/${encodeURIComponent('+14155550121')}`, kim)
    await control(side, 'PUT', '/settings', { native_property_types: 'flat' })
  }
})
afterAll(async () => {
  await stack?.close()
  await sandbox?.close()
})

const PATIENCE_MS = 30_000

describe.each(PARITY_STORIES)('$title', ({ person, moves }: ParityStory) => {
  it.each(moves)('$says', async (move) => {
    await move.play(native, person)
    const id = await move.play(replyline, person)
    if (id !== null) await decided(id)
    await eventually(`${move.says}, on the native side`, () => isSo(person, move.native))
    await settleAlike(person)
    expect(await unintended(person)).toEqual([])
  })
})

describe('when all is said', () => {
  it('both still hold the same an hour later, once a last text has passed', async () => {
    const [sarah] = PARITY_STORIES
    if (sarah === undefined) throw new Error('there is no story')
    for (const { world } of [native, replyline]) {
      await world.advancesClock(3_600_000)
      await world.texts(sarah.person.phone ?? '', '+18005550100', 'The last one.')
    }
    await settleAlike(sarah.person)
    for (const { person } of PARITY_STORIES) expect(await unintended(person)).toEqual([])
  })

  it('no row of the list of differences is idle', () => {
    const idle = INTENDED_DIFFERENCES.filter((row) => !met.has(row)).map(({ why }) => why)
    expect(idle).toEqual([])
  })
})

async function isSo(person: Person, lines: Readonly<Record<string, string>>): Promise<boolean> {
  const view = await viewOf(native, person)
  return Object.entries(lines).every(([line, words]) => view[line] === words)
}

/** Waits until the service has made up its mind about a text or a comment, be it to do nothing. */
async function decided(id: string): Promise<void> {
  const isDecided = async () => {
    const story = await stack.cli('why', id).catch(() => 'not decided yet')
    if (!/not decided yet|waits until/.test(story)) return true
    await stack.world.advancesClock(1_000)
    return false
  }
  await eventually(`a decision on ${id}`, isDecided, PATIENCE_MS)
}

/** Waits until nothing differs that should not; the service's clock runs on meanwhile. */
async function settleAlike(person: Person): Promise<void> {
  let looks = 0
  const isAlike = async () => {
    looks += 1
    if (looks % 20 === 0) await stack.world.advancesClock(stack.patience.ms)
    return (await unintended(person)).length === 0
  }
  // What still differs is told by the comparison that follows.
  await eventually('both sides alike', isAlike, PATIENCE_MS).catch(() => undefined)
}

async function unintended(person: Person) {
  const views = await Promise.all([viewOf(native, person), viewOf(replyline, person)])
  return differencesBetween(...views).filter((difference) => {
    const row = findIntended(difference)
    if (row !== null) met.add(row)
    return row === null
  })
}
