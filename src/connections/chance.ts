import { createHash, randomBytes } from 'node:crypto'

/** A webhook's secret: 64 hex digits nobody can guess. */
export function newSecret(): string {
  return randomBytes(32).toString('hex')
}

/** What ties an answer to the question: a state, and the verifier of PKCE (43 characters) with its S256 challenge. */
export type Proof = {
  readonly state: string
  readonly verifier: string
  readonly challenge: string
}

/** https://www.rfc-editor.org/rfc/rfc7636#section-4 */
export function newProof(): Proof {
  const verifier = randomBytes(32).toString('base64url')
  return {
    state: randomBytes(32).toString('base64url'),
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
  }
}
