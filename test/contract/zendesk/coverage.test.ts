import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../src/sandbox/world.ts'
import { createZendeskApp } from '../../../src/sandbox/zendesk/api.ts'
import { createZendeskEmulator } from '../../../src/sandbox/zendesk/app.ts'
import { ROOT, readCoverage } from '../support/coverage-page.ts'
import { hasZendeskSpecs, loadZendeskContract } from './spec.ts'

/** Paths of the resources that an integration of texts, tickets and webhooks meets. */
const TOUCHED =
  /^\/api\/v2\/(tickets|ticket_audits|deleted_tickets|imports|users|brands|groups|ticket_fields|custom_status|custom_statuses|macros|triggers|automations|views|incremental|search|job_statuses|oauth|webhooks|tags|uploads|attachments)(\/|$)/

/** What the sandbox calls `:id` and the documents `{ticket_id}` is the same place of a path. */
function unnamed(endpoint: string): string {
  return endpoint.replace(/:\w+|\{\w+\}/g, '{}')
}

function registeredEndpoints(): readonly string[] {
  const world = createWorld()
  const zendesk = createZendeskEmulator(world)
  const routes = createZendeskApp(zendesk).routes.filter(({ method }) => method !== 'ALL')
  zendesk.close()
  world.close()
  return [...new Set(routes.map(({ method, path }) => unnamed(`${method} ${path}`)))]
}

const rows = readCoverage('zendesk')
const built = rows.filter(({ state }) => state !== 'not started')
const sorted = (endpoints: readonly string[]) => endpoints.map(unnamed).toSorted()

describe('the page on what the emulated Zendesk covers', () => {
  it('names as built what is built, and nothing else', () => {
    expect(sorted(built.map(({ endpoint }) => endpoint))).toEqual(sorted(registeredEndpoints()))
  })

  it('says supported, not started, or what is missing', () => {
    const unclear = rows.filter(({ state }) => !/^(supported|not started|partial: .+)$/.test(state))
    expect(unclear).toEqual([])
  })

  it('names a contract test of everything that is built, and of nothing else', () => {
    expect(rows.filter((row) => row.tests.length > 0)).toEqual(built)
    const isHeld = (file: string) =>
      /^test\/contract\/zendesk\/[\w-]+\.test\.ts$/.test(file) && existsSync(join(ROOT, file))
    expect(rows.flatMap(({ tests }) => tests).filter((file) => !isHeld(file))).toEqual([])
  })

  it.skipIf(!hasZendeskSpecs)('leaves out no operation of the resources that it is about', () => {
    const declared = loadZendeskContract()
      .operations.filter(({ path }) => TOUCHED.test(path))
      .map(({ method, path }) => unnamed(`${method} ${path}`))
    const listed = new Set(rows.map(({ endpoint }) => unnamed(endpoint)))
    expect(declared.filter((endpoint) => !listed.has(endpoint))).toEqual([])
  })
})

describe('what is not built', () => {
  it.each([
    ['GET', '/api/v2/organizations'],
    ['POST', '/api/v2/tickets/1/satisfaction_rating'],
    ['GET', '/api/v2/help_center/articles'],
    ['GET', '/somewhere/else'],
  ])('%s %s answers 501 and says so', async (method, path) => {
    const world = createWorld()
    const zendesk = createZendeskEmulator(world)
    const headers = { authorization: `Basic ${btoa('admin@example.com/token:sandbox-api-token')}` }
    const answer = await createZendeskApp(zendesk).request(path, { method, headers })
    zendesk.close()
    world.close()
    expect(answer.status).toBe(501)
    expect(await answer.json()).toEqual({
      error: 'NotImplemented',
      description: `the sandbox does not emulate ${method} ${path}`,
    })
  })
})
