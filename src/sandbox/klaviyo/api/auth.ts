import type { Account } from '../entities.ts'
import type { KlaviyoOauth } from '../oauth/oauth.ts'
import type { KlaviyoStore } from '../store.ts'
import { type Answer, refuse, refuseForbidden } from './errors.ts'

export type Authorised =
  | {
      readonly kind: 'allowed'
      readonly account: Account
      /** Whose calls share one rate limit. */
      readonly quota: string
    }
  | { readonly kind: 'refused'; readonly answer: Answer }

type Credential = {
  /** As a refusal names it. */
  readonly name: string
  readonly account: Account
  readonly scopes: ReadonlySet<string>
  readonly quota: string
}

const PRIVATE_KEY = /^Klaviyo-API-Key\s+(\S+)$/i
const ACCESS_TOKEN = /^Bearer\s+(\S+)$/i

/**
 * Finds the account of a private key or an access token and checks its scopes: 401 for a missing,
 * unknown or expired one, 403 for a missing scope. The words of a 401 are not published [I].
 */
export function authorise(
  parts: { readonly store: KlaviyoStore; readonly oauth: KlaviyoOauth },
  header: string | undefined,
  scopes: readonly string[],
): Authorised {
  if (header === undefined) {
    return refused(401, 'not_authenticated', 'Authentication credentials were not provided.')
  }
  const credential = findKey(parts.store, header) ?? findToken(parts.oauth, header)
  if (credential === null) {
    return refused(401, 'authentication_failed', 'Incorrect authentication credentials.')
  }
  const { name, account, quota } = credential
  const missing = scopes.filter((scope) => !credential.scopes.has(scope))
  if (missing.length === 0) return { kind: 'allowed', account, quota }

  const answer = refuseForbidden(
    `Your ${name} is missing the required scope(s): ${missing.join(', ')}.`,
  )
  return { kind: 'refused', answer }
}

/** Private keys share the account's limits. */
function findKey(store: KlaviyoStore, header: string): Credential | null {
  const key = store.findKey(PRIVATE_KEY.exec(header)?.[1] ?? '')
  return key === null ? null : { name: 'API key', ...key, quota: key.account.id }
}

/** An OAuth app has limits of its own in each account that installed it. */
function findToken(oauth: KlaviyoOauth, header: string): Credential | null {
  const token = oauth.findAccess(ACCESS_TOKEN.exec(header)?.[1] ?? '')
  if (token === null) return null
  const quota = `${token.account.id}:app:${oauth.client.current().id}`
  return { name: 'access token', ...token, quota }
}

function refused(status: number, code: string, detail: string): Authorised {
  return { kind: 'refused', answer: refuse({ status, code, title: detail, detail }) }
}
