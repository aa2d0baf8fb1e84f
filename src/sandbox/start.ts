import { createControlApp } from './control/app.ts'
import { type RunningServer, serveApp, servePlatform } from './core/serve.ts'
import { createKlaviyoEmulator } from './klaviyo/app.ts'
import { createWorld, type World } from './world.ts'
import { createZendeskEmulator } from './zendesk/app.ts'

export type SandboxOptions = {
  /** The control API's port. Port 0 takes any free one, here and below. */
  readonly port: number
  readonly zendeskPort: number
  readonly klaviyoPort: number
  /** 127.0.0.1 when not given. */
  readonly host?: string
}

export type Sandbox = {
  readonly controlUrl: string
  readonly zendeskUrl: string
  readonly klaviyoUrl: string
  readonly world: World
  /** Cuts all connections and forgets what was waiting. */
  close(): Promise<void>
}

/** Starts both emulated platforms and the control API, seeded, each on its port. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, zendeskPort, klaviyoPort, host = '127.0.0.1' } = options
  const world = createWorld()
  const zendesk = createZendeskEmulator(world)
  const klaviyo = createKlaviyoEmulator(world)
  const control = createControlApp({ world, zendesk, klaviyo })
  const servers: RunningServer[] = []

  async function close(): Promise<void> {
    klaviyo.close()
    world.close()
    await Promise.all(servers.map((server) => server.close()))
  }

  async function start(starting: Promise<RunningServer>): Promise<string> {
    const server = await starting
    servers.push(server)
    return server.url
  }

  try {
    const shared = { host, clock: world.clock, calls: world.calls, faults: world.faults }
    const zendeskApp = { ...shared, platform: 'zendesk' as const, app: zendesk.app }
    const klaviyoApp = { ...shared, platform: 'klaviyo' as const, app: klaviyo.app }
    const zendeskUrl = await start(servePlatform({ ...zendeskApp, port: zendeskPort }))
    const klaviyoUrl = await start(servePlatform({ ...klaviyoApp, port: klaviyoPort }))
    const controlUrl = await start(serveApp({ app: control, port, host }))
    return { controlUrl, zendeskUrl, klaviyoUrl, world, close }
  } catch (error) {
    await close()
    throw error
  }
}
