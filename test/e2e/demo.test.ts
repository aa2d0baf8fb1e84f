import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { BIN, freePorts, type ServiceProcess, serviceProcess } from '../support/service-process.ts'

/** `npm run demo` as a person starts it, in a folder of its own. */
describe('the demo', () => {
  let folder = ''
  let env: Record<string, string> = {}
  const running: ChildProcess[] = []
  let service: ServiceProcess | null = null

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replyline-demo-'))
    const [port, control, zendesk, klaviyo] = await freePorts(4)
    env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      DATA_DIR: join(folder, 'data'),
      PORT: String(port),
      SANDBOX_PORT: String(control),
      SANDBOX_ZENDESK_PORT: String(zendesk),
      SANDBOX_KLAVIYO_PORT: String(klaviyo),
    }
  })
  afterEach(async () => {
    for (const child of running.splice(0)) child.kill('SIGKILL')
    await service?.kill()
    service = null
    await eventually('all is down', async () => !(await isUp()))
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  function start(...args: string[]) {
    const child = spawn(process.execPath, [BIN, 'demo', ...args], { env, cwd: folder })
    running.push(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        output += text
      })
    }
    return { child, output: () => output }
  }
  const isUp = () =>
    fetch(`http://127.0.0.1:${env.PORT}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )

  it('plays the story to its end in a folder of its own, and exits 0', async () => {
    const { DATA_DIR, ...others } = env
    env = others
    const { child, output } = start('--once')
    const [code] = (await once(child, 'exit')) as [number]
    expect(output()).toContain('Every step was seen to happen.')
    expect(code).toBe(0)
    expect(await readdir(join(folder, 'data'))).toEqual(['demo'])
  })

  it('takes its service along when it is killed', async () => {
    const { child, output } = start()
    await eventually(
      'the service',
      async () => output().includes('A bridge is made') && (await isUp()),
    )
    child.kill('SIGKILL')
    await eventually('the service is gone', async () => !(await isUp()))
  })

  it('says so when it ends', async () => {
    const { child, output } = start()
    await eventually('the address', async () => output().includes('\nOpen http'), 60_000)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(output()).toContain('The demo ends')
    expect(output()).toContain('It has ended.')
  })

  it('leaves a service that runs on the same data alone, and says so in one line', async () => {
    service = serviceProcess({ ...env, LOG_LEVEL: 'silent' })
    await service.start()
    const { child, output } = start('--once')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(1)
    expect(output()).toContain('is used by a running Replyline')
    expect(output()).not.toContain('A bridge is made')
    expect(
      output()
        .split('\n')
        .filter((line) => line.startsWith('replyline:')).length,
    ).toBeLessThanOrEqual(2)
    expect(await isUp()).toBe(true)
  })
})
