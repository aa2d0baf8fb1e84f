import type { Account } from './entities.ts'
import { type Answer, refuse, refuseForbidden, refuseNotEmulated } from './errors.ts'
import type { KlaviyoStore } from './store.ts'

export type Authorised =
  | { readonly kind: 'allowed'; readonly account: Account }
  | { readonly kind: 'refused'; readonly answer: Answer }

const PRIVATE_KEY = /^Klaviyo-API-Key\s+(\S+)$/i

/**
 * Finds the account of a private key and checks the key's scopes: 401 for a missing or unknown
 * key, 403 for a missing scope. The words of a 401 are not published [I].
 */
export function authorise(
  store: KlaviyoStore,
  header: string | undefined,
  scopes: readonly string[],
): Authorised {
  if (header === undefined) {
    return refused(401, 'not_authenticated', 'Authentication credentials were not provided.')
  }
  if (/^Bearer\s/i.test(header)) {
    return { kind: 'refused', answer: refuseNotEmulated('OAuth access tokens yet') }
  }

  const key = store.findKey(PRIVATE_KEY.exec(header)?.[1] ?? '')
  if (key === null) {
    return refused(401, 'authentication_failed', 'Incorrect authentication credentials.')
  }
  const missing = scopes.filter((scope) => !key.scopes.has(scope))
  if (missing.length === 0) return { kind: 'allowed', account: key.account }

  const answer = refuseForbidden(
    `Your API key is missing the required scope(s): ${missing.join(', ')}.`,
  )
  return { kind: 'refused', answer }
}

function refused(status: number, code: string, detail: string): Authorised {
  return { kind: 'refused', answer: refuse({ status, code, title: detail, detail }) }
}
