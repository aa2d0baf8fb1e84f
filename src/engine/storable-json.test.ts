import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyUtf16 } from '../../test/support/core-builders.ts'
import { isStorableText, storable, toStorableJson } from './storable-json.ts'

/** Every string of a JSON value, names included. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsOf(inner)])
}

const anyLeaf = fc.oneof(anyUtf16, fc.integer(), fc.boolean(), fc.constant(null))
const anyJson = fc.oneof(
  fc.object({ key: anyUtf16, values: [anyLeaf], maxDepth: 4 }),
  fc.array(anyLeaf),
  anyLeaf,
)

describe('JSON for PostgreSQL', () => {
  it.each([
    ['a\u0000b', 'ab'],
    ['\ud83d', '\ufffd'],
    ['x\ude00y', 'x\ufffdy'],
    ['\ude00\ud83d', '\ufffd\ufffd'],
    ['👍', '👍'],
    ['', ''],
  ])('holds %j as %j', (text, kept) => {
    expect(storable(text)).toBe(kept)
    expect(toStorableJson({ list: [{ text }] })).toEqual({ list: [{ text: kept }] })
  })

  it('keeps to it in names as well', () => {
    expect(toStorableJson({ 'a\u0000b': { '\ud83d': 1 } })).toEqual({ ab: { '\ufffd': 1 } })
  })

  it.each([
    ['a backslash, then u0000', '\\u0000'],
    ['a backslash, then ud83d', '\\ud83d'],
    ['two backslashes', '\\\\u0000'],
  ])('is not misled by %s', (_what, text) => {
    expect(toStorableJson({ text })).toEqual({ text })
    expect(toStorableJson({ text, nul: '\u0000' })).toEqual({ text, nul: '' })
  })

  it('keeps a name that means something to JavaScript', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"x":"\\u0000"},"constructor":1}')
    expect(JSON.stringify(toStorableJson(hostile))).toBe('{"__proto__":{"x":""},"constructor":1}')
  })

  it('is null for what JSON has no word for', () => {
    expect([toStorableJson(undefined), toStorableJson(() => 1)]).toEqual([null, null])
  })

  it('never holds NUL or half of a surrogate pair', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const strings = stringsOf(toStorableJson(value))
        expect(strings.filter((text) => text.includes('\u0000') || !text.isWellFormed())).toEqual(
          [],
        )
      }),
    )
  })

  it('is the very same value when nothing had to change', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        fc.pre(stringsOf(value).every((text) => !text.includes('\u0000') && text.isWellFormed()))
        expect(JSON.stringify(toStorableJson(value))).toBe(JSON.stringify(value))
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const once = toStorableJson(value)
        expect(toStorableJson(once)).toBe(once)
      }),
    )
  })

  it('is told from its text: what passes is held as it is', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = JSON.stringify(value)
        if (isStorableText(text)) expect(toStorableJson(JSON.parse(text))).toEqual(JSON.parse(text))
      }),
    )
    expect(isStorableText('{"a":"\\u0000"}')).toBe(false)
    expect(isStorableText('{"a":"\\uD83D"}')).toBe(false)
    expect(isStorableText('{"a":"fine"}')).toBe(true)
  })
})
