import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operation } from '../../../src/sandbox/klaviyo/api/operation.ts'
import { OPERATIONS } from '../../../src/sandbox/klaviyo/api/operations.ts'
import type { Node } from '../support/openapi-document.ts'
import {
  type ContractSandbox,
  hasKlaviyoSpecs,
  loadKlaviyoContract,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

// What the documents let a caller ask is built, or answered with 501: never refused as wrong.

type Question = { readonly operationId: string; readonly path: string; readonly query: string }

const VALUES: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  number: '1',
  integer: '1',
  boolean: 'true',
  string: '"+14155550111"',
}

function valueFor({ type, format, enum: choices }: Node): string {
  const [first] = (choices ?? []) as readonly unknown[]
  if (first !== undefined) return type === 'string' ? `"${first}"` : String(first)
  return VALUES[String(format)] ?? VALUES[String(type)] ?? '"x"'
}

function filtersOf(node: Node): readonly string[] {
  const fields = Object.entries((node['x-klaviyo-filters'] ?? {}) as Node) as [string, Node][]
  return fields.flatMap(([field, { operators, value }]) => {
    const { single = [], list = [], none = [] } = operators as Record<string, readonly string[]>
    const given = valueFor((value ?? {}) as Node)
    return [
      ...single.map((operator) => `${operator}(${field},${given})`),
      ...list.map((operator) => `${operator}(${field},[${given}])`),
      ...none.map((operator) => `${operator}(${field})`),
    ]
  })
}

function questionsOf(): readonly Question[] {
  const built = new Map(Object.entries<Operation>(OPERATIONS))
  return loadKlaviyoContract().operations.flatMap(({ operationId, method, parameters, node }) => {
    const path = built.get(operationId)?.path
    if (path === undefined || method !== 'GET') return []
    const choices = parameters.flatMap(({ name, schema }) => {
      const items = (schema.items ?? schema) as { readonly enum?: readonly string[] }
      return name === 'include' || name === 'sort'
        ? (items.enum ?? []).map((choice) => `${name}=${choice}`)
        : []
    })
    const filters = filtersOf(node).map((filter) => `filter=${encodeURIComponent(filter)}`)
    return [...choices, ...filters].map((query) => ({ operationId, path, query }))
  })
}

describe.skipIf(!hasKlaviyoSpecs)('what the documents let a caller ask', () => {
  const questions = hasKlaviyoSpecs ? questionsOf() : []
  const ids = new Map<string, string>()
  let contract: ContractSandbox

  beforeAll(async () => {
    contract = await startContractSandbox()
    const text = { to: '+18005550100', body: 'Hello' }
    const phone = '/phones/%2B14155550111/messages'
    const { profileId, eventId } = await contract.control<Record<string, string>>(
      'POST',
      phone,
      text,
    )
    const metric = (await contract.call('GET', '/api/metrics')).body.data[0].id
    ids
      .set('profiles', profileId ?? '')
      .set('events', eventId ?? '')
      .set('metrics', metric)
    ids.set('accounts', 'NRDLYS').set('webhook-topics', 'event:klaviyo.sent_sms')
    await make('webhooks', {
      type: 'webhook',
      attributes: { name: 'x', endpoint_url: 'https://example.com', secret_key: 'x'.repeat(16) },
      relationships: {
        'webhook-topics': { data: [{ type: 'webhook-topic', id: 'event:klaviyo.sent_sms' }] },
      },
    })
    const condition = {
      type: 'profile-property',
      property: 'email',
      filter: { type: 'existence', operator: 'is-set' },
    }
    const groups = { condition_groups: [{ conditions: [condition] }] }
    await make('lists', { type: 'list', attributes: { name: 'x' } })
    await make('segments', { type: 'segment', attributes: { name: 'x', definition: groups } })
    const delay = { temporary_id: 'a', type: 'time-delay', data: { unit: 'days', value: 1 } }
    const flow = {
      triggers: [{ type: 'metric', id: metric }],
      actions: [delay],
      entry_action_id: 'a',
    }
    const { definition } = await make('flows', {
      type: 'flow',
      attributes: { name: 'x', definition: flow },
    })
    ids.set('flow-actions', definition.actions[0].id)
  })
  afterAll(async () => {
    await contract.close()
    holdAnswersToSpec('questions', contract.exchanges)
  })

  async function make(collection: string, data: object) {
    const { body } = await contract.call('POST', `/api/${collection}`, { body: { data } })
    ids.set(collection, body.data.id)
    return body.data.attributes
  }

  it.each(questions)('$operationId?$query', async ({ path, query }) => {
    const collection = path.split('/')[2] ?? ''
    const revision =
      path.includes('customer-agent') || path.includes('text-messaging')
        ? '2026-07-15.pre'
        : '2026-07-15'
    const id = ids.get(collection) ?? 'none'
    const asked = `${path.replace(':id', id)}?${query}`
    const { status, body } = await contract.call('GET', asked, { headers: { revision } })
    if (status === 501) expect(body.errors[0].code).toBe('not_emulated')
    else expect([status, body?.errors?.[0]?.detail]).toEqual([200, undefined])
  })
})
