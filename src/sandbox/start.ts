import { createControlApp } from './control/app.ts'
import { type RunningServer, serveApp, servePlatform } from './core/serve.ts'
import { createKlaviyoEmulator } from './klaviyo/app.ts'
import { createNativeIntegration } from './native/integration.ts'
import type { StudioHost } from './studio/host.ts'
import { createWorld, type World } from './world.ts'
import { createZendeskEmulator } from './zendesk/app.ts'

export type SandboxOptions = {
  /** The control API's port. Port 0 takes any free one, here and below. */
  readonly port: number
  readonly zendeskPort: number
  readonly klaviyoPort: number
  /** 127.0.0.1 when not given. */
  readonly host?: string
  /** Where the studio's built page lies, or soon will; without it `/` is a plain page. */
  readonly studioFolder?: string
}

export type Sandbox = {
  readonly controlUrl: string
  readonly zendeskUrl: string
  readonly klaviyoUrl: string
  readonly world: World
  /** Gives the studio a service to show: its story, its decisions, its plug. */
  attachHost(host: StudioHost): void
  /** Cuts all connections and forgets what was waiting. */
  close(): Promise<void>
}

/** Starts both emulated platforms and the control API, seeded, each on its port. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, zendeskPort, klaviyoPort, host = '127.0.0.1', studioFolder = null } = options
  const world = createWorld()
  const zendesk = createZendeskEmulator(world)
  const klaviyo = createKlaviyoEmulator(world)
  const native = createNativeIntegration({ world, zendesk, klaviyo })
  let studioHost: StudioHost | null = null
  const findHost = () => studioHost
  const folder = studioFolder
  const control = createControlApp({ world, zendesk, klaviyo, native, folder, findHost })
  const servers: RunningServer[] = []

  async function close(): Promise<void> {
    klaviyo.close()
    zendesk.close()
    zendesk.accounts.clear()
    world.close()
    await Promise.all(servers.map((server) => server.close()))
  }

  function attachHost(attached: StudioHost): void {
    studioHost = attached
    attached.onChange(world.changes.note)
    world.changes.note()
  }

  async function start(starting: Promise<RunningServer>): Promise<string> {
    const server = await starting
    servers.push(server)
    return server.url
  }

  try {
    const { clock, calls, faults, changes } = world
    const shared = { host, clock, calls, faults, changes }
    const zendeskApp = { ...shared, platform: 'zendesk' as const, app: zendesk.app }
    const klaviyoApp = { ...shared, platform: 'klaviyo' as const, app: klaviyo.app }
    zendesk.accounts.openWith((account, port) =>
      servePlatform({ ...zendeskApp, app: account.app, port }),
    )
    const zendeskUrl = await start(servePlatform({ ...zendeskApp, port: zendeskPort }))
    const klaviyoUrl = await start(servePlatform({ ...klaviyoApp, port: klaviyoPort }))
    const controlUrl = await start(serveApp({ app: control, port, host }))
    return { controlUrl, zendeskUrl, klaviyoUrl, world, attachHost, close }
  } catch (error) {
    await close()
    throw error
  }
}
