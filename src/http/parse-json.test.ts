import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../../test/support/core-builders.ts'
import { err, ok } from '../kernel/result.ts'
import { parseJsonObject } from './parse-json.ts'

const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`
const lists = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
const TOO_DEEP = err('the body is nested more than 100 levels deep')

describe('a body', () => {
  it.each([
    ['{}', {}],
    [' {"a": [1, null]}\n', { a: [1, null] }],
    ['{"a":"\\ud83d"}', { a: '\ud83d' }],
  ])('%j is read', (text, value) => {
    expect(parseJsonObject(text)).toEqual(ok(value))
  })

  it.each(['', '{', '{"a":1,}', "{'a':1}", '{}{}', '\ufeff{}', 'undefined', '"abc', '{"a":"\\"}'])(
    '%j is not JSON',
    (text) => {
      expect(parseJsonObject(text)).toEqual(err('the body is not JSON'))
    },
  )

  it.each(['null', '[]', '[{}]', '"text"', '7', 'true'])('%s is not an object', (text) => {
    expect(parseJsonObject(text)).toEqual(err('the body is not a JSON object'))
  })

  it.each([
    ['objects', nested],
    ['lists', lists],
  ])('may hold %s a hundred levels deep, and not one more', (_what, deep) => {
    expect(parseJsonObject(deep(100)).ok).toBe(true)
    expect(parseJsonObject(deep(101))).toEqual(TOO_DEEP)
  })

  it('is refused at any depth without costing a stack', () => {
    expect(parseJsonObject('{"a":'.repeat(1_000_000))).toEqual(TOO_DEEP)
  })

  it.each([
    ['in a text', `{"a":"${'['.repeat(500)}"}`],
    ['after a quote in a text', `{"a":"\\"${'{'.repeat(500)}"}`],
    ['after a backslash in a text', `{"a":"\\\\","b":"${'['.repeat(500)}"}`],
    ['in a name', `{"${'['.repeat(500)}":1}`],
  ])('may hold any number of brackets %s', (_where, text) => {
    expect(parseJsonObject(text).ok).toBe(true)
  })

  it('cannot hide its depth behind a text that ends in a backslash', () => {
    expect(parseJsonObject(`{"a":"\\\\","b":${'['.repeat(101)}`)).toEqual(TOO_DEEP)
  })

  it('cannot hide its depth by closing before it opens', () => {
    expect(parseJsonObject(`${']'.repeat(50)}${'['.repeat(151)}`)).toEqual(TOO_DEEP)
  })

  it('does not change what objects are', () => {
    const read = parseJsonObject('{"__proto__":{"isAdmin":true}}')
    expect(read.ok && Object.getPrototypeOf(read.value)).toBe(Object.prototype)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('never causes an exception, whatever it says', () => {
    const jsonLike = fc
      .array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', 'null', '"a"'))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(anyText, jsonLike), (text) => {
        const read = parseJsonObject(text)
        expect(read.ok || read.problem.startsWith('the body is ')).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is read as what was written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (value) => {
        const text = JSON.stringify(value)
        expect(parseJsonObject(text)).toEqual(ok(JSON.parse(text)))
      }),
    )
  })
})
