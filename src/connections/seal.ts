import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Seals secrets at rest with AES-256-GCM. Opening needs the same key and the same context. */
export type Seal = {
  /** Tells keys apart; says nothing about the key. Of the key that seals now. */
  keyId(): string
  /** Whether values sealed with this key can be opened. */
  knows(keyId: string): boolean
  /** `context` says what the secret is and whose; a sealed value moved elsewhere does not open. */
  seal(secret: string, context: string): string
  /** Throws when the key is another one or the value was changed. */
  open(sealed: string, context: string): string
}

/** Named, because Node would take a tag cut to four bytes for a whole one. */
const TAG_BYTES = 16

/**
 * `keys` are 32 bytes each: the first seals, every one opens. A value sealed with none of them makes
 * `reread` be asked, once each time: the keys may have been changed under a running process.
 */
export function createSeal(keys: readonly Buffer[], reread = (): readonly Buffer[] => keys): Seal {
  let ring = toRing(keys)

  function keyOf(id: string): Buffer {
    if (!ring.has(id)) ring = toRing(reread())
    const key = ring.get(id)
    if (key !== undefined) return key
    throw new Error(
      `the value was sealed with key ${id}, this installation has key ${[...ring.keys()].join(', ')}: restore the secret key file`,
    )
  }

  return {
    keyId: () => first(ring)[0],
    knows: (keyId) => ring.has(keyId),
    seal(secret, context) {
      const [keyId, key] = first(ring)
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return [
        'v1',
        keyId,
        ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url')),
      ].join('.')
    },
    open(sealed, context) {
      const [version, id = '', nonce = '', tag = '', body = ''] = sealed.split('.')
      if (version !== 'v1') throw new Error('the sealed value has an unknown form')
      const decipher = createDecipheriv('aes-256-gcm', keyOf(id), Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(context)).setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([
        decipher.update(Buffer.from(body, 'base64url')),
        decipher.final(),
      ]).toString('utf8')
    },
  }
}

type Ring = ReadonlyMap<string, Buffer>

/** A key's id is the first bytes of its hash. */
function toRing(keys: readonly Buffer[]): Ring {
  return new Map(
    keys.map((key) => [createHash('sha256').update(key).digest('hex').slice(0, 8), key]),
  )
}

function first(ring: Ring): readonly [string, Buffer] {
  const [entry] = ring
  if (entry === undefined) throw new Error('there is no secret key')
  return entry
}
