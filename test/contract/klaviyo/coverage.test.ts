import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../../src/sandbox/klaviyo/api/fields.ts'
import type { Operation } from '../../../src/sandbox/klaviyo/api/operation.ts'
import { OPERATIONS } from '../../../src/sandbox/klaviyo/api/operations.ts'
import { createKlaviyoEmulator } from '../../../src/sandbox/klaviyo/app.ts'
import { createWorld } from '../../../src/sandbox/world.ts'
import { ROOT, readCoverage } from '../support/coverage-page.ts'
import { hasKlaviyoSpecs, loadKlaviyoContract } from './contract-sandbox.ts'

/** Paths of the resources that an integration of texts, tickets and events meets. */
const TOUCHED =
  /^\/api\/(accounts|metrics|metric-properties|metric-aggregates|events|event-bulk-create-jobs|profiles|profile-[a-z-]+|conversation-messages|webhooks|webhook-topics|flows|flow-actions|flow-messages|segments|lists|customer-agent-conversations|customer-agents|customer-agent-responses|text-messaging-senders)(\/|$)/

function registeredEndpoints(): readonly string[] {
  const world = createWorld()
  const klaviyo = createKlaviyoEmulator(world)
  const routes = klaviyo.app.routes.filter(({ path }) => path.includes('/', 1))
  klaviyo.close()
  world.close()
  return [...new Set(routes.map(({ method, path }) => `${method} ${inBraces(path)}`))]
}

function inBraces(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace(/\{job_id\}/, '{id}')
}

const rows = readCoverage('klaviyo')
const built = rows.filter(({ state }) => state !== 'not started')

describe('the page on what the emulated Klaviyo covers', () => {
  it('names as built what is built, and nothing else', () => {
    expect(built.map(({ endpoint }) => endpoint).toSorted()).toEqual(
      registeredEndpoints().toSorted(),
    )
  })

  it('says supported, not started, or what is missing', () => {
    const unclear = rows.filter(({ state }) => !/^(supported|not started|partial: .+)$/.test(state))
    expect(unclear).toEqual([])
  })

  it('names a contract test of everything that is built, and of nothing else', () => {
    expect(rows.filter((row) => row.tests.length > 0)).toEqual(built)
    const isHeld = (file: string) =>
      /^test\/contract\/klaviyo\/[\w-]+\.test\.ts$/.test(file) && existsSync(join(ROOT, file))
    expect(rows.flatMap(({ tests }) => tests).filter((file) => !isHeld(file))).toEqual([])
  })

  it.skipIf(!hasKlaviyoSpecs)('leaves out no operation of the resources that it is about', () => {
    const declared = loadKlaviyoContract()
      .operations.filter(({ path }) => TOUCHED.test(path))
      .map(({ method, path }) => `${method} ${inBraces(path.replace('{job_id}', '{id}'))}`)
    const listed = rows.map(({ endpoint }) => endpoint).filter((each) => each.includes(' /api/'))
    expect(listed.toSorted()).toEqual([...new Set(declared)].toSorted())
  })
})

describe.skipIf(!hasKlaviyoSpecs)('the table of operations', () => {
  const declared = new Map(
    loadKlaviyoContract().operations.map(({ operationId, ...rest }) => [operationId, rest]),
  )

  it.each(Object.entries<Operation>(OPERATIONS))(
    '%s has the path, scopes and limits of the document',
    (id, operation) => {
      const written = declared.get(id)
      const { burst, steady, daily } = operation
      expect([operation.method, inBraces(operation.path)]).toEqual([written?.method, written?.path])
      expect(operation.scopes.toSorted()).toEqual(written?.node['x-klaviyo-scopes'])
      expect(written?.node['x-klaviyo-ratelimit']).toEqual({
        burst: `${burst}/s`,
        steady: `${steady}/m`,
        ...(daily === undefined ? {} : { daily: `${daily}/d` }),
      })
    },
  )
})

describe.skipIf(!hasKlaviyoSpecs)('the table of sparse fields', () => {
  const built = new Set<string>(Object.keys(OPERATIONS))
  const declared = loadKlaviyoContract()
    .operations.filter(({ operationId }) => built.has(operationId))
    .flatMap(({ parameters }) => parameters)

  /** Every name that the documents let a parameter have, without what stands after a dot. */
  function namesIn(parameter: string): readonly string[] {
    const names = declared
      .filter(({ name }) => name === parameter)
      .flatMap(({ schema }) => (schema.items as { enum: string[] }).enum)
    return [...new Set(names.map((name) => name.split('.')[0] ?? ''))].toSorted()
  }

  it.each(Object.entries(FIELDS))('of %s has the names of the documents', (type, fields) => {
    const { plain, additional = [] } = fields
    expect(['id', ...plain, ...additional].toSorted()).toEqual(
      [...new Set([...namesIn(`fields[${type}]`), ...additional])].toSorted(),
    )
    expect(additional.toSorted()).toEqual(namesIn(`additional-fields[${type}]`))
  })

  it('leaves out no type', () => {
    const types = declared.map(({ name }) => /^fields\[(.+)\]$/.exec(name)?.[1])
    expect(Object.keys(FIELDS).toSorted()).toEqual(
      [...new Set(types.filter((type) => type !== undefined))].toSorted(),
    )
  })
})

describe('what is not built', () => {
  it.each([
    ['GET', '/api/campaigns'],
    ['POST', '/api/templates'],
    ['DELETE', '/api/profiles/1'],
    ['GET', '/somewhere/else'],
  ])('%s %s answers 501 and says so', async (method, path) => {
    const world = createWorld()
    const klaviyo = createKlaviyoEmulator(world)
    const answer = await klaviyo.app.request(path, { method })
    klaviyo.close()
    expect(answer.status).toBe(501)
    expect(await answer.json()).toMatchObject({
      errors: [{ code: 'not_emulated', detail: `The sandbox does not emulate ${method} ${path}.` }],
    })
  })
})
