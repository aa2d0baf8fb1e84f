import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { readBridgeFile } from '../connections/read-bridge-file.ts'
import { findBridgeByName } from '../db/bridge-store.ts'
import { removeBridge } from '../db/remove-bridge.ts'
import { StartProblem } from '../open-database.ts'
import type { Sandbox } from '../sandbox/start.ts'
import { applyFile } from './apply-file.ts'
import type { Command } from './command.ts'
import { createOutsideWorld } from './demo/outside-world.ts'
import { startServiceChild } from './demo/service-child.ts'
import { type Memory, STORY } from './demo/story.ts'
import { openSandbox } from './sandbox.ts'
import { signalled } from './signalled.ts'
import { withDatabase } from './with-database.ts'

const BRIDGE_FILE = new URL('../../examples/bridge.yaml', import.meta.url).pathname

/**
 * Runs the sandbox here and the service as a child, makes the bridge of `examples/bridge.yaml`, plays
 * the story and checks each step by what the emulated platforms then hold. With `--once` it exits 0
 * only if every step was seen to happen; without, it stays up.
 */
export const demo: Command = async (args, config) => {
  const { values } = parseArgs({
    args: [...args],
    options: { once: { type: 'boolean', default: false } },
  })
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const sandbox = await openSandbox(config)
  const settings = demoConfig(config, sandbox)
  const ended = signalled()
  const service = await startServiceChild(environmentOf(settings), say).catch(
    async (error: Error) => {
      await sandbox.close()
      throw new StartProblem(error.message)
    },
  )
  const close = async () => {
    await service.stop()
    await sandbox.close()
  }
  const isWhole = await makeBridge(settings, sandbox, say).then(
    (made) => made && playStory(sandbox, say),
    (error: Error) => fail(say, error),
  )
  if (values.once || !isWhole) {
    await close()
    return isWhole ? 0 : 1
  }
  say(`\nOpen ${sandbox.controlUrl}  (nothing here sends real texts; Ctrl-C ends it)`)
  await ended
  await close()
  return 0
}

function demoConfig(config: Config, sandbox: Sandbox): Config {
  return {
    ...config,
    klaviyoApiUrl: sandbox.klaviyoUrl,
    platformHosts: [sandbox.zendeskUrl, sandbox.klaviyoUrl].map((url) => new URL(url).host),
    clockUrl: sandbox.controlUrl,
  }
}

function environmentOf(settings: Config): Record<string, string> {
  return {
    KLAVIYO_API_URL: settings.klaviyoApiUrl,
    PLATFORM_HOSTS: settings.platformHosts.join(','),
    CLOCK_URL: settings.clockUrl ?? '',
    PUBLIC_URL: settings.publicUrl,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  }
}

/** The sandbox begins anew each time, so the bridge of an earlier demo is removed with all it remembers. */
async function makeBridge(
  settings: Config,
  sandbox: Sandbox,
  say: (line: string) => void,
): Promise<boolean> {
  const file = readBridgeFile(await readFile(BRIDGE_FILE, 'utf8'), {
    SANDBOX_ZENDESK_URL: sandbox.zendeskUrl,
  })
  if (!file.ok) throw new Error(file.problem.join('; '))
  const applied = await withDatabase(settings, async (database) => {
    const earlier = await findBridgeByName(database.db, file.value.name)
    if (earlier !== null) await database.inTransaction((tx) => removeBridge(tx, earlier.id))
    return applyFile(settings, database, file.value, { isDryRun: false })
  })
  if (!applied.ok) throw new Error(applied.problem.join('; '))
  say('A bridge is made from examples/bridge.yaml')
  for (const line of [...applied.value.changes, ...applied.value.notices]) say(`      ${line}`)
  return true
}

async function playStory(sandbox: Sandbox, say: (line: string) => void): Promise<boolean> {
  const world = createOutsideWorld(sandbox.controlUrl)
  const memory: Memory = { ticketId: 0 }
  for (const [index, step] of STORY.entries()) {
    const startedAt = performance.now()
    try {
      const seen = await step.play(world, memory)
      say(
        `${index + 1}. ${step.says}\n      ${seen}  (${((performance.now() - startedAt) / 1000).toFixed(2)} s)`,
      )
    } catch (error) {
      say(`${index + 1}. ${step.says}\n      NOT SEEN: ${(error as Error).message}`)
      return false
    }
  }
  say('Every step was seen to happen.')
  return true
}

function fail(say: (line: string) => void, error: Error): false {
  say(`The demo could not go on: ${error.message}`)
  return false
}
