import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { loadContract } from './openapi.ts'

const OLD = `
openapi: 3.0.2
servers: [{ url: 'https://{shop}.example.com/api/v2' }]
security: [{ key: [] }]
paths:
  /pets:
    get:
      parameters:
        - { name: 'page[size]', in: query, schema: { type: integer, maximum: 100 } }
        - { name: include, in: query, explode: false, schema: { type: array, items: { type: string, enum: [owner] } } }
        - { name: revision, in: header, required: true, schema: { type: string } }
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
        4XX: { description: no }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '202': { description: later } }
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Named' } } } } }
  /pets/all:
    get: { responses: { '204': { description: none } } }
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, nullable: true }
        kind: { type: string, enum: [cat, dog] }
        traits: { type: object }
        born: { type: string, format: date-time }
    Named:
      allOf:
        - { $ref: '#/components/schemas/Pet' }
        - { type: object, properties: { owner: { type: string }, home: { properties: { city: { type: string } } } } }
        - { properties: { home: { properties: { street: { type: string } } } } }
`

const NEW = JSON.stringify({
  openapi: '3.1.0',
  paths: {
    '/owners': {
      get: {
        responses: {
          200: {
            content: {
              'application/json': {
                schema: { type: 'object', properties: { name: { type: ['string', 'null'] } } },
              },
            },
          },
        },
      },
    },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'replyline-openapi-'))
const files = [join(folder, 'old.yaml'), join(folder, 'new.json')] as const
writeFileSync(files[0], OLD)
writeFileSync(files[1], NEW)
afterAll(() => rmSync(folder, { recursive: true }))

const contract = loadContract(files)

function exchange(given: Partial<Exchange> = {}): Exchange {
  return {
    method: 'GET',
    path: '/api/v2/pets',
    requestHeaders: { authorization: 'key', revision: '1', 'content-type': 'application/json' },
    requestBody: '',
    status: 200,
    responseHeaders: { 'content-type': 'application/json; charset=utf-8' },
    responseBody: '[]',
    ...given,
  }
}

const said = (problems: readonly string[]) =>
  problems.map((each) => each.split(': ').slice(1).join(': '))

describe('a request held to a document', () => {
  it.each<[string, Partial<Exchange>, string[]]>([
    ['as declared', { path: '/api/v2/pets?page[size]=5&include=owner' }, []],
    ['with a slash and .json', { path: '/api/v2/pets/7.json', method: 'GET' }, []],
    [
      'too large a page',
      { path: '/api/v2/pets?page[size]=101' },
      ['query parameter page[size]: / must be <= 100'],
    ],
    [
      'no number',
      { path: '/api/v2/pets?page[size]=x' },
      ['query parameter page[size]: / must be integer'],
    ],
    [
      'a wrong list',
      { path: '/api/v2/pets?include=owner,cat' },
      ['query parameter include: /1 must be equal to one of the allowed values (owner)'],
    ],
    [
      'an unknown parameter',
      { path: '/api/v2/pets?sort=name' },
      ['query parameter sort is undeclared'],
    ],
    ['a wrong path', { path: '/api/v2/pets/seven' }, ['path parameter id: / must be integer']],
    ['no credential', { requestHeaders: { revision: '1' } }, ['header authorization is missing']],
    [
      'no needed header',
      { requestHeaders: { authorization: 'key' } },
      ['header parameter revision is missing'],
    ],
    ['another path', { path: '/api/v2/cats' }, ['no operation is declared for it']],
    ['another method', { method: 'PATCH' }, ['no operation is declared for it']],
    ['a body without what only answers have', { method: 'POST', requestBody: '{"name":"Mi"}' }, []],
    ['no body', { method: 'POST' }, ['the request has no body']],
    [
      'a wrong body',
      { method: 'POST', requestBody: '{"name":1}' },
      ['request body /name must be string'],
    ],
    [
      'a body that is no JSON',
      { method: 'POST', requestBody: '{' },
      ['the body of the request is not JSON'],
    ],
    [
      'another media type',
      {
        method: 'POST',
        requestBody: 'a=b',
        requestHeaders: { authorization: 'key', 'content-type': 'text/plain' },
      },
      ['media type text/plain of the request is undeclared'],
    ],
  ])('%s', (_what, given, problems) => {
    expect(said(contract.judgeRequest(exchange(given)))).toEqual(problems)
  })
})

describe('an answer held to a document', () => {
  const pet = { id: 1, name: null, kind: 'cat', traits: { free: 1 }, born: '2026-01-01T00:00:00Z' }
  const one = (pet: object) => ({ path: '/api/v2/pets/1', responseBody: JSON.stringify(pet) })
  const list = (pet: object) => ({ responseBody: JSON.stringify([pet]) })

  it.each<[string, Partial<Exchange>, string[]]>([
    ['as declared', list(pet), []],
    [
      'made of several parts, inside too',
      one({ ...pet, owner: 'Kari', home: { city: 'Oslo', street: 'Torggata' } }),
      [],
    ],
    [
      'with an undeclared property inside the parts',
      one({ ...pet, home: { city: 'Oslo', zip: '1' } }),
      ['response body /home has zip, undeclared'],
    ],
    [
      'without a needed property',
      list({ name: 'Mi' }),
      ["response body /0 must have required property 'id'"],
    ],
    [
      'of a wrong format',
      list({ ...pet, born: 'today' }),
      ['response body /0/born must match format "date-time"'],
    ],
    [
      'with an undeclared property',
      list({ ...pet, tail: 1 }),
      ['response body /0 has tail, undeclared'],
    ],
    [
      'with an undeclared property beside two parts',
      one({ ...pet, tail: 1 }),
      ['response body / has tail, undeclared'],
    ],
    ['of an undeclared status', { status: 500 }, ['status 500 is undeclared']],
    ['of a status in a range', { status: 404, responseBody: '' }, []],
    [
      'with a body where none is declared',
      { status: 404 },
      ['a body in a response that declares none'],
    ],
    ['without its body', { responseBody: '' }, ['the answer has no body']],
    [
      'of the plain path before the one with a name',
      { path: '/api/v2/pets/all', status: 204, responseBody: '' },
      [],
    ],
    ['by the second file, in 3.1', { path: '/owners', responseBody: '{"name":null}' }, []],
    [
      'wrong by the second file',
      { path: '/owners', responseBody: '{"name":1}' },
      ['response body /name must be string,null'],
    ],
  ])('%s', (_what, given, problems) => {
    expect(said(contract.judgeResponse(exchange(given)))).toEqual(problems)
  })

  it('may carry more where the document is too old to know it', () => {
    const lenient = loadContract(files, { undeclared: 'is fine' })
    expect(lenient.judgeResponse(exchange(list({ ...pet, tail: 1 })))).toEqual([])
  })

  it('is excused by an exception, which is known to be of use', () => {
    const lags = {
      operation: 'GET /api/v2/pets',
      problem: /^status 500/,
      fact: 'it fails',
      source: 'seen',
    }
    const never = { ...lags, problem: /^status 501/ }
    const excusing = loadContract(files, { exceptions: [lags, never] })
    expect(excusing.judgeResponse(exchange({ status: 500 }))).toEqual([])
    expect(excusing.unusedExceptions()).toEqual([never])
  })
})
