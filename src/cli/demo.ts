import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Sandbox } from '../sandbox/start.ts'
import type { Command } from './command.ts'
import { createStage } from './demo/stage.ts'
import { buildStudio, openSandbox } from './sandbox.ts'
import { signalled } from './signalled.ts'

/**
 * Runs the sandbox here and the service as a child, makes the bridge of `examples/bridge.yaml`, plays
 * the story and checks each step by what the emulated platforms then hold. With `--once` it exits 0
 * only if every step was seen to happen; without, it stays up and shows the studio.
 */
export const demo: Command = async (args, config) => {
  const { values } = parseArgs({
    args: [...args],
    options: { once: { type: 'boolean', default: false } },
  })
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const sandbox = await openSandbox(config)
  const ended = signalled()
  const run = createStage(demoConfig(config, sandbox), sandbox, say)
  const pages = values.once ? null : buildStudio(say)
  const isWhole = await run.player
    .whileStarting(run.begin)
    .then(() => run.playAll())
    .catch((error: Error) => run.giveUp(error))
  if (values.once || !isWhole) {
    await pages
    await run.close()
    return isWhole ? 0 : 1
  }
  await pages
  say(`\nOpen ${sandbox.controlUrl}  (nothing here sends real texts; Ctrl-C ends it)`)
  await ended
  say('\nThe demo ends, and its service and sandbox with it.')
  await run.close()
  say('It has ended. "npm run demo" begins a new one.')
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
