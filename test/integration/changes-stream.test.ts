import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, MINUTE } from '../../src/kernel/instant.ts'
import { isSessionOpen } from '../../src/operators/sessions.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner, signIn } from '../support/owner.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService
let now = Date.parse('2026-11-22T12:00:00Z')
const clock = { now: () => instant(now) }

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config, clock.now)
  await makeOwner(service.url)
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})

/** A stream whose first event has come. */
async function openStream(headers: Readonly<Record<string, string>>) {
  const stop = new AbortController()
  const { body } = await fetch(`${service.url}/api/changes`, { headers, signal: stop.signal })
  const reader = body?.getReader()
  if (reader === undefined) throw new Error('the stream has no body')
  await reader.read()
  const toItsEnd = async (): Promise<string> => {
    const { done } = await reader.read()
    return done ? 'ended' : toItsEnd()
  }
  return { toItsEnd, stop: () => stop.abort() }
}

describe('the stream of changes', () => {
  it('ends when its session is signed out, and goes on for another', async () => {
    const [leaving, staying] = [await signIn(service.url), await signIn(service.url)]
    const left = await openStream({ cookie: leaving.cookie })
    const stayed = await openStream({ cookie: staying.cookie })
    await leaving.send('DELETE', '/api/session')
    const other = stayed.toItsEnd().catch(() => 'stopped by us')
    expect(await Promise.race([left.toItsEnd(), other.then(() => 'the other one')])).toBe('ended')
    stayed.stop()
    expect(await other).toBe('stopped by us')
  })

  it('ends when its token is taken away', async () => {
    const stream = await openStream({ authorization: `Bearer ${service.apiToken}` })
    await service.db.query('delete from api_tokens')
    expect(await stream.toItsEnd()).toBe('ended')
  })

  it('is no use that would keep an idle session alive', async () => {
    const { cookie } = await signIn(service.url)
    const stream = await openStream({ cookie })
    const token = cookie.split('=')[1] ?? ''
    const before = await usesOfAll()
    now += 5 * MINUTE
    expect(await isSessionOpen({ db: service.db, clock }, token)).toBe(true)
    expect(await usesOfAll()).toEqual(before)
    now += 12 * 60 * MINUTE
    expect(await stream.toItsEnd()).toBe('ended')
  })
})

async function usesOfAll() {
  const { rows } = await service.db.query('select last_used_at from sessions order by token_hash')
  return rows
}
