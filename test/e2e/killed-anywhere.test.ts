import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mulberry } from '../faults/random.ts'
import { conversationRun } from '../support/conversation-run.ts'
import { MOMENTS } from '../support/moments.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** Enough to hit most moments, few enough that a slow machine gets its work done in between. */
const MOST_KILLS = 15

/**
 * The crash table of docs/engine.md, row by row: the service is killed with SIGKILL at the named moment
 * while a conversation goes on, started again, and both platforms are looked at.
 */
describe('a service that is killed', () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
  })
  afterAll(() => stack.close())

  it.each(MOMENTS.map((moment, index) => [moment, `+1415556${String(1000 + index)}`] as const))(
    'at %s loses nothing and doubles nothing',
    async (moment, phone) => {
      await stack.service.kill()
      await stack.service.start(moment)
      const mayBeUnknown = /^(attempt_started|call_returned).send_text$/.test(moment)
      const conversation = conversationRun(stack, phone, { mayBeUnknown })
      const playing = conversation.play()
      const restarted = stack.service.died().then(() => stack.service.start())
      await Promise.all([playing, restarted])
      await conversation.check()
    },
  )

  it.each(['token_received', 'token_saved'])(
    'at %s gets a new token and goes on',
    async (moment) => {
      await stack.service.kill()
      // Older than any token lives.
      await stack.world.advancesClock(3 * 24 * 3600 * 1000)
      await stack.service.start(moment)
      const conversation = conversationRun(
        stack,
        moment === 'token_saved' ? '+14155562001' : '+14155562002',
      )
      await Promise.all([
        conversation.play(),
        stack.service.died().then(() => stack.service.start()),
      ])
      await conversation.check()
    },
  )

  it('at random moments, again and again, loses nothing and doubles nothing', async () => {
    const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
    const random = mulberry(seed)
    const conversations = Array.from({ length: 6 }, (_, index) =>
      conversationRun(stack, `+1415557${1000 + index}`, { mayBeUnknown: true }),
    )
    // While it is killed the clock keeps its pace: Zendesk tries five times in half a minute, then never again.
    const patienceMs = stack.patience.ms
    stack.patience.ms = 0
    let isOver = false
    let kills = 0
    const killing = (async () => {
      while (!isOver && kills < MOST_KILLS) {
        await new Promise((resolve) => setTimeout(resolve, 150 + random() * 900))
        if (isOver) return
        await stack.service.kill()
        kills += 1
        await stack.service.start()
      }
      stack.patience.ms = patienceMs
    })()
    await Promise.all(conversations.map(({ play }) => play())).finally(() => {
      isOver = true
    })
    await killing
    for (const conversation of conversations) await conversation.check()
    expect(kills, `kills with KILL_SEED=${seed}`).toBeGreaterThan(2)
  })
})
