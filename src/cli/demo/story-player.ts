import type { StepOutcome, Story } from '../../sandbox/studio/host.ts'
import type { OutsideWorld } from './outside-world.ts'
import type { Memory, Step } from './story.ts'
import { watchWorld } from './watched-world.ts'

/** Plays the story for the terminal and for the studio: one telling, whose steps build on each other. */
export type StoryPlayer = {
  story(): Story
  /** Plays what is not played yet, up to and with this step (from 1). True when all of it was seen. */
  playUpTo(step: number): Promise<boolean>
  /** Begins to play a step; a step that was played before begins the story anew. Answers why it cannot. */
  play(step: number): string | null
  /** Makes the world new and forgets what was played. Answers why it cannot. */
  startOver(): Promise<string | null>
  /** Keeps the player busy while the demo starts. */
  whileStarting<T>(work: () => Promise<T>): Promise<T>
}

type Parts = {
  readonly steps: readonly Step[]
  readonly world: OutsideWorld
  readonly renew: () => Promise<void>
  readonly say: (line: string) => void
  readonly onChange: () => void
}

const NOT_PLAYED: StepOutcome = { kind: 'not_played' }
const UNDER_WAY = 'something else is under way; it ends in a moment'

export function createStoryPlayer({ steps, world, renew, say, onChange }: Parts): StoryPlayer {
  let outcomes: StepOutcome[] = steps.map(() => NOT_PLAYED)
  let memory: Memory = { ticketId: 0 }
  let busy: Story['busy'] = null

  function beBusy(what: Story['busy']): void {
    busy = what
    onChange()
  }

  async function whileBusy<T>(what: Story['busy'], work: () => Promise<T>): Promise<T> {
    beBusy(what)
    return work().finally(() => beBusy(null))
  }

  function become(index: number, outcome: StepOutcome): void {
    outcomes[index] = outcome
    onChange()
  }

  async function playAll(upTo: number): Promise<boolean> {
    for (const [index, step] of steps.slice(0, upTo).entries()) {
      if (outcomes[index]?.kind === 'seen') continue
      become(index, { kind: 'playing' })
      const outcome = await playStep(step, world, memory)
      become(index, outcome)
      say(`${index + 1}. ${step.says}\n      ${lineOf(outcome)}`)
      if (outcome.kind !== 'seen') return false
    }
    return true
  }

  async function begin(): Promise<void> {
    await renew()
    outcomes = steps.map(() => NOT_PLAYED)
    memory = { ticketId: 0 }
    onChange()
  }

  /** What was seen before is not looked for again, so playing it again needs a new world. */
  function needsNewWorld(step: number): boolean {
    const before = outcomes.slice(0, step)
    return outcomes[step - 1]?.kind === 'seen' || before.some(({ kind }) => kind === 'not_seen')
  }

  async function playFromThePage(step: number): Promise<void> {
    try {
      if (needsNewWorld(step)) await begin()
      beBusy('playing')
      await playAll(step)
    } catch (error) {
      become(step - 1, failed(error as Error, 0, []))
    }
  }

  return {
    story: () => ({
      busy,
      steps: steps.map(({ says }, index) => ({
        number: index + 1,
        says,
        outcome: outcomes[index] ?? NOT_PLAYED,
      })),
    }),
    playUpTo: (step) => whileBusy('playing', () => playAll(step)),
    play(step) {
      if (steps[step - 1] === undefined) return `the story has no step ${step}`
      if (busy !== null) return UNDER_WAY
      const what = needsNewWorld(step) ? 'starting_over' : 'playing'
      void whileBusy(what, () => playFromThePage(step))
      return null
    },
    async startOver() {
      if (busy !== null) return UNDER_WAY
      return whileBusy('starting_over', begin).then(
        () => null,
        (error: Error) => `the world could not be made anew: ${error.message}`,
      )
    },
    whileStarting: (work) => whileBusy('starting', work),
  }
}

async function playStep(step: Step, world: OutsideWorld, memory: Memory): Promise<StepOutcome> {
  const startedAt = performance.now()
  const watched = watchWorld(world)
  const took = () => performance.now() - startedAt
  try {
    const { says: seen, ticketIds } = await step.play(watched.world, memory)
    return {
      kind: 'seen',
      seen,
      tookMs: took(),
      touched: { ticketIds, eventIds: watched.eventIds() },
    }
  } catch (error) {
    return failed(error as Error, took(), watched.eventIds())
  }
}

function failed(error: Error, tookMs: number, eventIds: readonly string[]): StepOutcome {
  return { kind: 'not_seen', expected: error.message, tookMs, touched: { ticketIds: [], eventIds } }
}

function lineOf(outcome: StepOutcome): string {
  if (outcome.kind === 'seen') return `${outcome.seen}  (${(outcome.tookMs / 1000).toFixed(2)} s)`
  return outcome.kind === 'not_seen' ? `NOT SEEN: ${outcome.expected}` : outcome.kind
}
