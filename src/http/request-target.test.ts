import { describe, expect, it } from 'vitest'
import { isPlainTarget } from './request-target.ts'

describe("a request's target", () => {
  it.each(['/', '/api/bridges', '/.hidden', '/a..b', '/...', '/x?next=/../y', '/a%2fb', '/a//b'])(
    '%s is plain',
    (target) => {
      expect(isPlainTarget(target)).toBe(true)
    },
  )

  it.each([
    '',
    '*',
    'api',
    'http://127.0.0.1/api',
    '//x/../api',
    '/..',
    '/./a',
    '/a/%2e%2E/b',
    '/a/.%2e',
    '/a%2f..%2fb',
    '/a\\..\\b',
    '/a/..?b',
    '/a/..#b',
  ])('%j is not', (target) => {
    expect(isPlainTarget(target)).toBe(false)
  })
})
