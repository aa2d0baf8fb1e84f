import { startSandbox } from '../sandbox/start.ts'
import type { Command } from './main.ts'
import { signalled } from './signalled.ts'

/** Runs the emulated platforms alone, until told to end. */
export const sandbox: Command = async (_args, config) => {
  const running = await startSandbox(config.sandbox)
  process.stdout.write(
    [
      'The sandbox is up. Nothing here sends real texts.',
      `  control and studio  ${running.controlUrl}`,
      `  Zendesk             ${running.zendeskUrl}`,
      `  Klaviyo             ${running.klaviyoUrl}`,
      '',
    ].join('\n'),
  )
  await signalled()
  await running.close()
  return 0
}
