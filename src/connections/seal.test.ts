import { createCipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeal } from './seal.ts'

const KEY = Buffer.alloc(32, 7)
const seal = createSeal([KEY])

/** A sealed value with the bytes of one part (2 nonce, 3 tag, 4 body) changed. */
function withPart(sealed: string, part: number, change: (bytes: Buffer) => Buffer): string {
  const parts = sealed.split('.')
  parts[part] = change(Buffer.from(parts[part] ?? '', 'base64url')).toString('base64url')
  return parts.join('.')
}

function flipped(bytes: Buffer, position: number): Buffer {
  const changed = Buffer.from(bytes)
  const index = position % changed.length
  changed[index] = (changed[index] ?? 0) ^ 1
  return changed
}

/** What PostgreSQL and the platforms can give us: text without halves of surrogate pairs. */
const secret = fc.string({ unit: 'grapheme' })

describe('a sealed secret', () => {
  it('opens to what was sealed, whatever it says', () => {
    fc.assert(
      fc.property(secret, secret, (text, context) => {
        expect(seal.open(seal.seal(text, context), context)).toBe(text)
      }),
    )
  })

  it('does not show what is in it, and looks different every time', () => {
    const [one, other] = [seal.seal('pk_secret', 'c'), seal.seal('pk_secret', 'c')]
    expect(one).not.toBe(other)
    expect(one).not.toContain('pk_secret')
    expect(Buffer.from(one.split('.')[4] ?? '', 'base64url').toString()).not.toContain('pk_secret')
  })

  it('does not open in another context', () => {
    fc.assert(
      fc.property(secret, secret, secret, (text, mine, other) => {
        fc.pre(mine !== other)
        const sealed = seal.seal(text, mine)
        expect(() => seal.open(sealed, other)).toThrow()
      }),
    )
  })

  it('does not open after any change of nonce, tag or body', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom(2, 3, 4),
        fc.nat({ max: 1_000 }),
        (text, part, position) => {
          const changed = withPart(seal.seal(text, 'c'), part, (bytes) => flipped(bytes, position))
          expect(() => seal.open(changed, 'c')).toThrow()
        },
      ),
    )
  })

  it.each([0, 4, 8, 12, 15])('does not open with its tag cut to %d bytes', (length) => {
    const cut = withPart(seal.seal('pk_secret', 'c'), 3, (tag) => tag.subarray(0, length))
    expect(() => seal.open(cut, 'c')).toThrow()
  })

  it('does not open with its body cut', () => {
    const cut = withPart(seal.seal('pk_secret', 'c'), 4, (body) => body.subarray(0, -1))
    expect(() => seal.open(cut, 'c')).toThrow()
  })

  it.each(['', 'pk_secret', 'v2.a.b.c.d', '.....'])('is not %j, which says so', (text) => {
    expect(() => seal.open(text, 'c')).toThrow('the sealed value has an unknown form')
  })

  it('says which key it needs when this is another one', () => {
    const mine = createHash('sha256').update(KEY).digest('hex').slice(0, 8)
    expect(() => createSeal([Buffer.alloc(32, 8)]).open(seal.seal('x', 'c'), 'c')).toThrow(
      `the value was sealed with key ${mine}, this installation has key`,
    )
  })

  it('is plain AES-256-GCM, so that another tool could open it', () => {
    const nonce = Buffer.alloc(12, 3)
    const cipher = createCipheriv('aes-256-gcm', KEY, nonce).setAAD(Buffer.from('c'))
    const body = Buffer.concat([cipher.update('pk_secret', 'utf8'), cipher.final()])
    const parts = [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))
    const keyId = createHash('sha256').update(KEY).digest('hex').slice(0, 8)
    expect(seal.open(['v1', keyId, ...parts].join('.'), 'c')).toBe('pk_secret')
  })
})
