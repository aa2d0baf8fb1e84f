import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startSandbox } from '../start.ts'

const ANY_PORTS = { port: 0, zendeskPort: 0, klaviyoPort: 0 }

describe('the page', () => {
  const INDEX =
    '<meta name="csp-nonce" content="__CSP_NONCE__"><script src="/assets/a.js"></script>'

  it('is served with a policy whose nonce is new each time, and its files beside it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'studio-'))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), INDEX)
    await writeFile(join(folder, 'assets/a.js'), 'globalThis.a = 1')
    await writeFile(join(folder, 'secret.js'), 'no')
    const own = await startSandbox({ ...ANY_PORTS, studioFolder: folder })
    const get = (path: string) => fetch(`${own.controlUrl}${path}`)
    const nonceOf = async (response: Response) => {
      const nonce = /content="([^"]+)"/.exec(await response.text())?.[1] ?? ''
      expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
      return nonce
    }
    const [first, second] = [await nonceOf(await get('/')), await nonceOf(await get('/'))]
    expect(first).not.toBe(second)
    expect(first).not.toContain('__')
    const asset = await get('/assets/a.js')
    expect([asset.status, asset.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ])
    for (const path of ['/assets/..%2fsecret.js', '/assets/.hidden.js', '/assets/none.js'])
      expect((await get(path)).status).toBe(404)
    await own.close()
    await rm(folder, { recursive: true })
  })

  it('says that it is being built until it is there', async () => {
    const own = await startSandbox({
      ...ANY_PORTS,
      studioFolder: join(tmpdir(), 'there-is-no-such-folder'),
    })
    const text = await (await fetch(own.controlUrl)).text()
    expect(text).toContain('is being built')
    expect(text).toContain('Nothing here sends real texts')
    await own.close()
  })

  it('is a plain one where nobody builds it', async () => {
    const own = await startSandbox(ANY_PORTS)
    const text = await (await fetch(own.controlUrl)).text()
    expect(text).not.toContain('is being built')
    expect(text).toContain('Nothing here sends real texts')
    await own.close()
  })
})
