import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminToken, call, startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.close())

const add = (more: object) => sandbox.control('POST', '/accounts', { platform: 'zendesk', ...more })
const as = (token: string) => ({ authorization: `Bearer ${token}` })

describe('a second Zendesk account', () => {
  it('answers at an address of its own, with brands of its own and no tickets', async () => {
    const made = await add({ name: 'Fjell Sport', brands: ['Fjell Sport', 'Dal'] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ subdomain: 'fjell-sport', brands: ['Fjell Sport', 'Dal'] })

    const headers = as(await adminToken(made.body.url))
    const brands = await call(`${made.body.url}/api/v2/brands`, 'GET', undefined, headers)
    expect(brands.body.brands).toMatchObject([
      { name: 'Fjell Sport', default: true, url: expect.stringContaining('//fjell-sport.zendesk') },
      { name: 'Dal' },
    ])
    const tickets = await call(`${made.body.url}/api/v2/tickets`, 'GET', undefined, headers)
    expect(tickets.body.tickets).toEqual([])
  })

  it('shares neither tokens, tickets, ids nor limits with the first', async () => {
    const { url } = (await add({ name: 'Dal' })).body
    const token = await adminToken(url)
    const here = (path: string, body?: object) =>
      call(`${url}/api/v2${path}`, body ? 'POST' : 'GET', body, as(token))
    const stranger = await sandbox.api('GET', '/tickets', undefined, as(token))
    expect(stranger.status).toBe(401)

    const ticket = { subject: 'Only here', comment: { body: 'x' } }
    expect((await here('/tickets', { ticket })).status).toBe(201)
    const nordlys = await sandbox.api('GET', '/tickets')
    expect(JSON.stringify(nordlys.body)).not.toContain('Only here')

    const idsOf = (body: { users: { id: number }[] }) => body.users.map(({ id }) => id)
    const theirs = idsOf((await sandbox.api('GET', '/users')).body)
    expect(idsOf((await here('/users')).body).filter((id) => theirs.includes(id))).toEqual([])
    expect((await here('/users')).headers.get('x-rate-limit-remaining')).toBe('697')
  })

  it('is also found by its subdomain in Host', async () => {
    await add({ name: 'Skog', subdomain: 'skog-as' })
    const { hostname, port } = new URL(sandbox.zendeskUrl)
    const { request } = await import('node:http')
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'skog-as.zendesk.com', authorization: 'Bearer agent-alva' }
      const options = { hostname, port, path: '/api/v2/tickets/1', headers }
      request(options, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end()
    })
    // Ticket 1 is of the seed, and the new account has none.
    expect(status).toBe(404)
  })

  it('is gone after a reset', async () => {
    const { url } = (await add({ name: 'Kort' })).body
    await sandbox.control('POST', '/reset')
    await expect(fetch(`${url}/api/v2/users/me`)).rejects.toThrow()
  })

  it.each([
    ['without a name', {}],
    ['with a subdomain that is none', { name: 'X', subdomain: 'No Way' }],
    ['called like the seeded one', { name: 'Nordlys' }],
  ])('is refused %s', async (_what, more) => {
    const { status, body } = await add(more)
    expect([status, body.error]).toEqual([400, 'BadRequest'])
  })
})
