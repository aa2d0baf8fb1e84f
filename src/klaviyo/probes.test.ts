import { afterEach, describe, expect, it } from 'vitest'
import type { ProfileId } from '../kernel/ids.ts'
import { ok } from '../kernel/result.ts'
import { createProbes } from './probes.ts'
import { isPermissionDenied } from './refusal.ts'
import { type ScriptedKlaviyo, startKlaviyo } from './testing/scripted-klaviyo.ts'

let klaviyo: ScriptedKlaviyo

async function start(...given: Parameters<typeof startKlaviyo>) {
  klaviyo = await startKlaviyo(...given)
  return createProbes(klaviyo.transport)
}

afterEach(() => klaviyo.close())

const denied = { errors: [{ code: 'permission_denied', detail: 'not enabled' }] }

describe('a probe', () => {
  it('reads one profile’s id and nothing else of it', async () => {
    const probes = await start(() => ({ status: 200, body: { data: [{ id: '01GDDK' }] } }))
    expect(await probes.anyProfile()).toEqual(ok('01GDDK'))
    expect(klaviyo.sentQuery()).toEqual({ 'page[size]': '1', 'fields[profile]': 'created' })
  })

  it('finds no profile in an account that has none', async () => {
    const probes = await start(() => ({ status: 200, body: { data: [] } }))
    expect(await probes.anyProfile()).toEqual(ok(null))
  })

  it('reads one event, and the conversations of one profile', async () => {
    const probes = await start(() => ({ status: 200, body: { data: [] } }))
    expect(await probes.anyEvent()).toEqual(ok(null))
    expect(await probes.conversationsOf('a/b' as ProfileId)).toEqual(ok(null))
    expect(klaviyo.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/events?page%5Bsize%5D=1',
      'GET /api/profiles/a%2Fb/conversations',
    ])
  })

  it('addresses a message to a conversation that no id of Klaviyo’s can mean', async () => {
    const probes = await start(() => ({ status: 403, body: denied }))
    const answer = await probes.mayAnswer()
    expect(!answer.ok && isPermissionDenied(answer.problem)).toBe(true)
    expect(klaviyo.sentBody()).toMatchObject({
      data: {
        relationships: {
          conversation: { data: { id: expect.stringMatching(/^replyline-[a-z-]+$/) } },
        },
      },
    })
  })
})
