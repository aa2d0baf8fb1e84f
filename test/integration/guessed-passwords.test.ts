import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, MINUTE, SECOND } from '../../src/kernel/instant.ts'
import { operatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner, OWNER } from '../support/owner.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService
let now = Date.parse('2026-11-22T12:00:00Z')

beforeEach(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config, () => instant(now))
  await makeOwner(service.url)
})
afterEach(async () => {
  await service?.close()
  await database?.drop()
})

async function tryPassword(password: string, name: string = OWNER.name) {
  const body = { name, password }
  const answer = await operatorBrowser(service.url).send('POST', '/api/session', { body })
  return { status: answer.status, waitS: Number(answer.headers.get('retry-after') ?? 0) }
}

const statuses = (tries: readonly { readonly status: number }[]) =>
  tries.map(({ status }) => status).toSorted()

describe('guessing a password', () => {
  it('is stopped after five tries, even when a hundred come at once', async () => {
    const tries = await Promise.all(
      Array.from({ length: 100 }, (_, guess) => tryPassword(`guess ${guess}`)),
    )
    expect(statuses(tries)).toEqual([...Array<number>(5).fill(401), ...Array<number>(95).fill(429)])
  })

  it('refuses the right password too while it has to wait, and takes it after', async () => {
    for (let guess = 0; guess < 5; guess += 1) await tryPassword(`guess ${guess}`)
    expect(await tryPassword(OWNER.password)).toEqual({ status: 429, waitS: 1 })
    now += SECOND
    expect((await tryPassword(OWNER.password)).status).toBe(200)
  })

  it('never keeps the owner out for longer than a minute', async () => {
    for (let guess = 0; guess < 30; guess += 1) {
      await tryPassword(`guess ${guess}`)
      now += MINUTE
    }
    await tryPassword('the last guess')
    expect((await tryPassword(OWNER.password)).waitS).toBe(60)
    now += MINUTE
    expect((await tryPassword(OWNER.password)).status).toBe(200)
  })

  it('is slowed over many names from one address, whatever it says of others', async () => {
    const guess = async (index: number) => {
      const answer = await operatorBrowser(service.url).send('POST', '/api/session', {
        body: { name: `name ${index}`, password: 'x' },
        headers: { 'x-forwarded-for': `192.0.2.${index}`, forwarded: `for=192.0.2.${index}` },
      })
      return { status: answer.status }
    }
    const tries = await Promise.all(Array.from({ length: 40 }, (_, index) => guess(index)))
    expect(statuses(tries)).toEqual([
      ...Array<number>(20).fill(401),
      ...Array<number>(20).fill(429),
    ])
  })

  it('does not tell whether a name exists', async () => {
    for (let guess = 0; guess < 5; guess += 1) {
      await tryPassword(`guess ${guess}`)
      await tryPassword(`guess ${guess}`, 'nobody')
    }
    expect(await tryPassword('x', 'nobody')).toEqual(await tryPassword('x'))
  })
})
