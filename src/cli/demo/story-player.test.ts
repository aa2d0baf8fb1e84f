import { describe, expect, it } from 'vitest'
import { createOutsideWorld } from './outside-world.ts'
import type { Step } from './story.ts'
import { createStoryPlayer } from './story-player.ts'

/** Three steps that note when they are played; the second fails while `isBroken`. */
function createStage() {
  const played: string[] = []
  const state = { isBroken: false, renewals: 0, changes: 0 }
  const step = (name: string): Step => ({
    says: name,
    async play() {
      played.push(name)
      if (name === 'two' && state.isBroken) throw new Error('it is not so: a second text')
      return { says: `${name} was seen`, ticketIds: [7] }
    },
  })
  const lines: string[] = []
  const player = createStoryPlayer({
    steps: ['one', 'two', 'three'].map(step),
    world: createOutsideWorld('http://127.0.0.1:1'),
    async renew() {
      state.renewals += 1
    },
    say: (line) => lines.push(line),
    onChange: () => {
      state.changes += 1
    },
  })
  const kinds = () => player.story().steps.map(({ outcome }) => outcome.kind)
  /** The moves of the page go on by themselves; this waits for their end. */
  const settled = async () => {
    while (player.story().busy !== null) await new Promise(setImmediate)
  }
  return { player, played, lines, state, kinds, settled }
}

describe('the player of the story', () => {
  it('plays what a step needs before it, and no step twice', async () => {
    const { player, played, kinds, settled } = createStage()
    await player.playUpTo(1)
    expect(player.play(3)).toBeNull()
    await settled()
    expect(played).toEqual(['one', 'two', 'three'])
    expect(kinds()).toEqual(['seen', 'seen', 'seen'])
  })

  it('makes the world new before it plays a step again', async () => {
    const { player, played, state, kinds, settled } = createStage()
    await player.playUpTo(3)
    player.play(2)
    await settled()
    expect(state.renewals).toBe(1)
    expect(played).toEqual(['one', 'two', 'three', 'one', 'two'])
    expect(kinds()).toEqual(['seen', 'seen', 'not_played'])
  })

  it('says what was expected of a step that is not seen, and goes no further', async () => {
    const { player, lines, state, kinds } = createStage()
    state.isBroken = true
    expect(await player.playUpTo(3)).toBe(false)
    expect(kinds()).toEqual(['seen', 'not_seen', 'not_played'])
    expect(player.story().steps[1]?.outcome).toMatchObject({
      expected: 'it is not so: a second text',
    })
    expect(lines.at(-1)).toContain('NOT SEEN: it is not so: a second text')
  })

  it('begins anew after a step that was not seen, whichever is played then', async () => {
    const { player, state, kinds, settled } = createStage()
    state.isBroken = true
    await player.playUpTo(3)
    state.isBroken = false
    player.play(3)
    await settled()
    expect(state.renewals).toBe(1)
    expect(kinds()).toEqual(['seen', 'seen', 'seen'])
  })

  it('does one thing at a time, and names a step that there is not', async () => {
    const { player, settled } = createStage()
    expect(player.play(9)).toContain('no step 9')
    expect(player.play(1)).toBeNull()
    expect(player.play(2)).toContain('under way')
    expect(await player.startOver()).toContain('under way')
    await settled()
    expect(await player.startOver()).toBeNull()
    expect(player.story().steps.every(({ outcome }) => outcome.kind === 'not_played')).toBe(true)
  })
})
