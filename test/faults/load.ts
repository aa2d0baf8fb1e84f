import { setTimeout as delay } from 'node:timers/promises'
import type { SentPhone } from './account.ts'
import { subscribe } from './harms.ts'
import { isAllThere, ticketOfRound } from './load-sees.ts'
import type { Site } from './site.ts'
import { createWatch, type Watch } from './watch.ts'

/*
 * The load: customers who text in bursts, agents who answer, tickets that are closed, and texts after that.
 * A burst is not waited for; the next move begins when all of the one before is seen, or told.
 */

export type LoadOptions = {
  readonly phones?: number
  /** Texts and replies of each round; a round is one ticket. */
  readonly texts?: number
  readonly replies?: number
  readonly rounds?: number
  /** Whether a campaign reaches the same phones meanwhile. */
  readonly campaigns?: boolean
  /** Whether the sandbox's clock is helped along while nothing happens. */
  readonly hurries?: boolean
  readonly hurryMs?: number
  /** How long a phone waits for what it must see. */
  readonly giveUpMs?: number
}

export type Load = {
  readonly sent: readonly SentPhone[]
  readonly watch: Watch
  readonly phones: readonly string[]
  /** Holds the world to nothing that was sent so far. */
  forget(): void
  /** No further rounds. */
  stop(): void
  /** Resolves when every phone has played its rounds, or given up waiting. */
  readonly finished: Promise<void>
  readonly isFinished: () => boolean
}

const BRAND_NUMBER = '+18005550100'
const AGENT = 'agent@example.com'
const LOOK_EVERY_MS = 250
const STILL_MS = 1_500

type Player = { -readonly [Name in keyof SentPhone]: SentPhone[Name] } & { readonly number: number }

export function startLoad(site: Site, options: LoadOptions = {}): Load {
  const { phones = 8, texts = 3, replies = 2, rounds = 2, campaigns = true } = options
  const { hurries = true, hurryMs = 10_000, giveUpMs = 75_000 } = options
  const watch = createWatch(site)
  const players: Player[] = Array.from({ length: phones }, (_, number) => ({
    ...{ number, phone: `+1415556${1000 + number}`, texts: [], replies: [], ticketCount: 0 },
  }))
  const waiting = new Set<string>()
  let stopped = false
  let finished = false

  async function play(player: Player): Promise<void> {
    const { phone } = player
    await subscribe(site, phone)
    for (let round = 0; round < rounds && (round === 0 || !stopped); round += 1) {
      player.ticketCount += 1
      await writes(player, texts)
      const ticket = await seen(player, () => ticketOfRound(watch, player, texts))
      if (ticket === null) return
      await answers(player, ticket.id, replies)
      if ((await seen(player, () => isAllThere(watch, player))) === null) return
      await site.world.setsStatus(ticket.id, 'closed')
    }
  }

  async function writes(player: Player, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const key = `t-${player.number}-${player.texts.length + 1}`
      player.texts = [...player.texts, key]
      await site.world.texts(player.phone, BRAND_NUMBER, `${key} Where is my parcel?`)
    }
  }

  async function answers(player: Player, ticketId: number, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const key = `r-${player.number}-${player.replies.length + 1}`
      player.replies = [...player.replies, key]
      const comment = { agentEmail: AGENT, body: `${key} It is on its way.`, public: true }
      await site.world.comments(ticketId, comment)
    }
  }

  async function seen<T>({ phone }: Player, find: () => T | null | false): Promise<T | null> {
    const until = performance.now() + giveUpMs
    waiting.add(phone)
    try {
      while (performance.now() < until) {
        const found = find()
        if (found !== null && found !== false) return found
        await delay(LOOK_EVERY_MS / 2)
      }
      return null
    } finally {
      waiting.delete(phone)
    }
  }

  /** Looks for all who wait; while nothing happens, the sandbox's time passes faster. */
  async function keepLooking(): Promise<void> {
    let last = { progress: -1, at: performance.now() }
    while (!finished) {
      await watch.look([...waiting]).catch(() => undefined)
      const progress = watch.progress()
      if (progress !== last.progress) last = { progress, at: performance.now() }
      else if (hurries && performance.now() - last.at > STILL_MS) {
        await site.world.advancesClock(hurryMs).catch(() => undefined)
        last = { progress, at: performance.now() }
      }
      await delay(LOOK_EVERY_MS)
    }
  }

  async function campaign(): Promise<void> {
    for (let number = 1; campaigns && number <= 3; number += 1) {
      const to = { numbers: players.map(({ phone }) => phone) }
      await site.control('POST', '/campaigns', {
        name: `Sale ${number}`,
        body: `c-0-${number}`,
        to,
      })
      await delay(500)
    }
  }

  const looking = keepLooking()
  const playing = Promise.all([...players.map(play), campaign()])
  return {
    sent: players,
    watch,
    phones: players.map(({ phone }) => phone),
    forget() {
      for (const player of players)
        Object.assign(player, { texts: [], replies: [], ticketCount: 0 })
    },
    stop: () => {
      stopped = true
    },
    isFinished: () => finished,
    finished: playing
      .finally(() => {
        finished = true
      })
      .then(() => looking),
  }
}
