import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Seals secrets at rest with AES-256-GCM. Opening needs the same key and the same context. */
export type Seal = {
  /** Tells keys apart; says nothing about the key. */
  readonly keyId: string
  /** `context` says what the secret is and whose; a sealed value moved elsewhere does not open. */
  seal(secret: string, context: string): string
  /** Throws when the key is another one or the value was changed. */
  open(sealed: string, context: string): string
}

/** Named, because Node would take a tag cut to four bytes for a whole one. */
const TAG_BYTES = 16

/** `key` is 32 bytes. Its id, the first bytes of its hash, is kept with each value to tell keys apart. */
export function createSeal(key: Buffer): Seal {
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8)
  return {
    keyId,
    seal(secret, context) {
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
      const [version, id, nonce = '', tag = '', body = ''] = sealed.split('.')
      if (version !== 'v1') throw new Error('the sealed value has an unknown form')
      if (id !== keyId)
        throw new Error(
          `the value was sealed with key ${id}, this installation has key ${keyId}: restore the secret key file`,
        )
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
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
