import { randomBytes } from 'node:crypto'
import type { Config } from '../../config.ts'
import { saveApiToken } from '../../db/api-token-store.ts'
import { systemClock } from '../../follow-clock.ts'
import { StartProblem } from '../../open-database.ts'
import { hashToken } from '../../operators/hash-token.ts'
import { createChanges } from '../../sandbox/core/changes.ts'
import type { Sandbox } from '../../sandbox/start.ts'
import { withDatabase } from '../with-database.ts'
import { makeBridge } from './make-bridge.ts'
import { createOutsideWorld } from './outside-world.ts'
import { type ServiceChild, startServiceChild } from './service-child.ts'
import { STORY } from './story.ts'
import { createStoryPlayer, type StoryPlayer } from './story-player.ts'
import { createStudioHost } from './studio-host.ts'

type Say = (line: string) => void

/** What the demo has on stage, and the moves that its command makes one after another. */
type Stage = {
  readonly player: StoryPlayer
  /** Starts the service and makes the bridge. Throws `StartProblem` for what a person can mend. */
  begin(): Promise<void>
  /** True when every step was seen to happen. */
  playAll(): Promise<boolean>
  /** Says why the demo cannot go on. */
  giveUp(error: Error): false
  close(): Promise<void>
}

/** Sets the stage beside a sandbox that runs, and shows it in the sandbox's studio. Nothing is started yet. */
export function createStage(settings: Config, sandbox: Sandbox, say: Say): Stage {
  const changes = createChanges()
  const world = createOutsideWorld(sandbox.controlUrl)
  let service: ServiceChild | null = null
  let token: string | null = null

  const renew = async () => {
    await world.resets()
    await makeBridge(settings, sandbox)
  }
  const onChange = changes.note
  const player = createStoryPlayer({ steps: STORY, world, renew, say, onChange })
  const found = { service: () => service, token: () => token }
  sandbox.attachHost(createStudioHost({ settings, player, changes, ...found }))

  async function begin(): Promise<void> {
    const env = environmentOf(settings)
    service = await startServiceChild(env, { say, onChange }).catch(async (error: Error) => {
      await sandbox.close()
      throw new StartProblem(error.message)
    })
    const made = await makeBridge(settings, sandbox)
    token = await makeToken(settings)
    say('A bridge is made from examples/bridge.yaml')
    for (const line of made) say(`      ${line}`)
  }

  return {
    player,
    begin,
    async playAll(): Promise<boolean> {
      const isWhole = await player.playUpTo(STORY.length)
      if (isWhole) say('Every step was seen to happen.')
      return isWhole
    },
    giveUp(error: Error): false {
      if (error instanceof StartProblem) throw error
      say(`The demo could not go on: ${error.message}`)
      return false
    },
    async close(): Promise<void> {
      await service?.stop()
      await sandbox.close()
    },
  }
}

function environmentOf(settings: Config): Record<string, string> {
  return {
    DATA_DIR: settings.dataDir,
    KLAVIYO_API_URL: settings.klaviyoApiUrl,
    PLATFORM_HOSTS: settings.platformHosts.join(','),
    CLOCK_URL: settings.clockUrl ?? '',
    PUBLIC_URL: settings.publicUrl,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  }
}

/** For the studio alone, which asks the operator API why things were done. */
async function makeToken(settings: Config): Promise<string> {
  const made = `rl_${randomBytes(32).toString('base64url')}`
  await withDatabase(settings, ({ db }) =>
    saveApiToken(db, hashToken(made), "the demo's studio", systemClock.now()),
  )
  return made
}
