import type { Config } from '../config.ts'
import { StartProblem } from '../open-database.ts'
import { type Sandbox, startSandbox } from '../sandbox/start.ts'
import { buildPages, pagesFolder } from './build-pages.ts'
import type { Command } from './command.ts'
import { signalled } from './signalled.ts'

/** Runs the emulated platforms and the studio alone, until told to end. */
export const sandbox: Command = async (_args, config) => {
  const running = await openSandbox(config)
  process.stdout.write(
    [
      'The sandbox is up. Nothing here sends real texts.',
      `  control and studio  ${running.controlUrl}`,
      `  Zendesk             ${running.zendeskUrl}`,
      `  Klaviyo             ${running.klaviyoUrl}`,
      '',
    ].join('\n'),
  )
  const ended = signalled()
  await buildStudio((line) => process.stdout.write(`${line}\n`))
  await ended
  await running.close()
  return 0
}

/** Starts the emulated platforms, or says which of their ports is taken. */
export async function openSandbox(config: Config): Promise<Sandbox> {
  try {
    return await startSandbox({ ...config.sandbox, studioFolder: pagesFolder('studio') })
  } catch (error) {
    const { code, port } = error as NodeJS.ErrnoException & { port?: number }
    if (code === 'EADDRINUSE')
      throw new StartProblem(
        `port ${port} is taken: end what uses it, or set SANDBOX_PORT, SANDBOX_ZENDESK_PORT and SANDBOX_KLAVIYO_PORT`,
      )
    throw error
  }
}

/** Builds the studio's page when its sources changed; without the page everything else still works. */
export async function buildStudio(say: (line: string) => void): Promise<void> {
  try {
    await buildPages('studio')
  } catch (error) {
    say(`The studio's page could not be built: ${(error as Error).message}`)
  }
}
