import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RENEWS, renderSchema, SCHEMA_FILE } from './support/api-schema.ts'
import { openApiTypes } from './support/openapi-types.ts'

describe("the window's types of the operator API", () => {
  it('are what the OpenAPI document gives', async () => {
    const kept = readFileSync(SCHEMA_FILE, 'utf8')
    expect(kept === (await renderSchema()), `the API has changed: run "${RENEWS}"`).toBe(true)
  })
})

/** The type that a schema becomes, on one line. */
function typeOf(schema: object): string {
  const written = openApiTypes({ components: { schemas: { It: schema as never } } })
  return (
    /schemas: \{ It: ([\s\S]*) \} \}$/.exec(written.replace(/\s+/g, ' ').trim())?.[1] ?? ''
  ).trim()
}

describe('a schema as TypeScript', () => {
  it.each<[object, string]>([
    [{ type: 'string', minLength: 1, description: 'a' }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'string', enum: ['a', 'b'] }, '"a" | "b"'],
    [{ const: 'a' }, '"a"'],
    [{}, 'unknown'],
    [{ type: 'array', items: { type: ['number', 'null'] } }, '(number | null)[]'],
    [{ $ref: '#/components/schemas/Other' }, 'components[\'schemas\']["Other"]'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ allOf: [{ type: ['string', 'null'] }, {}] }, '(string | null) & unknown'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [key: string]: number }'],
    [
      {
        type: 'object',
        properties: { a: { type: 'string' }, 'b-c': { type: 'boolean' } },
        required: ['a'],
      },
      '{ a: string "b-c"?: boolean }',
    ],
  ])('%j', (schema, type) => {
    expect(typeOf(schema)).toBe(type)
  })

  it.each<[string, object]>([
    ['a keyword that it does not know', { type: 'string', contains: {} }],
    ['a type that it does not know', { type: 'date' }],
    ['a reference out of the document', { $ref: 'other.json#/It' }],
    [
      'named and open properties together',
      { type: 'object', properties: { a: {} }, additionalProperties: true },
    ],
  ])('is refused for %s', (_what, schema) => {
    expect(() => typeOf(schema)).toThrow()
  })
})

describe('an operation as TypeScript', () => {
  it('tells what must be given and what may be', () => {
    const written = openApiTypes({
      paths: {
        '/things/{id}': {
          post: {
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
              { name: 'limit', in: 'query', schema: { type: 'integer' } },
            ],
            requestBody: { required: true, content: { 'application/json': { schema: {} } } },
            responses: { 204: {}, default: { content: { 'text/plain': { schema: {} } } } },
          },
        },
      },
    }).replace(/\s+/g, ' ')
    expect(written).toContain('query?: { limit?: number }')
    expect(written).toContain('path: { id: string }')
    expect(written).toContain('header?: never')
    expect(written).toContain('requestBody: { content: { "application/json": unknown } }')
    expect(written).toContain('204: { headers: { [name: string]: unknown }; content?: never }')
    expect(written).toContain('content: { "text/plain": unknown }')
  })

  it.each<[string, object]>([
    ['a method', { '/a': { fetch: { responses: {} } } }],
    [
      'a place',
      { '/a': { get: { parameters: [{ name: 'a', in: 'body', schema: {} }], responses: {} } } },
    ],
  ])('is refused for %s that it does not know', (_what, paths) => {
    expect(() => openApiTypes({ paths: paths as never })).toThrow()
  })
})
