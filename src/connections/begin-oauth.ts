import { saveOauthFlow } from '../db/oauth-flow-store.ts'
import type { Platform } from '../db/records.ts'
import { HOUR, instant } from '../kernel/instant.ts'
import { klaviyoConsentUrl } from '../klaviyo/oauth.ts'
import { zendeskConsentUrl } from '../zendesk/oauth.ts'
import type { ApplyDeps } from './apply-deps.ts'
import type { Proof } from './chance.ts'
import { hashState, type OauthRequest, redirectUri, sealRequest } from './oauth-request.ts'

export type OauthDeps = ApplyDeps & {
  /** `https://www.klaviyo.com`, where people see the consent page. */
  readonly klaviyoWwwUrl: string
  readonly newProof: () => Proof
}

/** Used states are kept this long, so that one which comes twice is known for what it is. */
const KEPT_MS = 24 * HOUR

/** Where to, as which client, and whether an existing connection is to be approved again. */
export type Beginning = { readonly browserHash: string } & (
  | {
      readonly platform: 'zendesk'
      readonly baseUrl: string
      readonly clientId: string
      readonly clientSecret: string | null
    }
  | { readonly platform: 'klaviyo'; readonly clientId: string; readonly clientSecret: string }
)

/**
 * Begins a way to a platform's consent page and answers its address. The state is for one use, by the
 * browser session that `browserHash` names, at this platform's own callback.
 */
export async function beginOauth(deps: OauthDeps, beginning: Beginning): Promise<string> {
  const { state, verifier, challenge } = deps.newProof()
  const { browserHash, ...rest } = beginning
  const request: OauthRequest = { ...rest, verifier }
  const now = deps.clock.now()
  const stateHash = hashState(state)
  await saveOauthFlow(
    deps.db,
    {
      ...{ stateHash, browserHash, platform: request.platform, createdAt: now },
      requestSealed: sealRequest(deps.seal, stateHash, request),
    },
    instant(now - KEPT_MS),
  )
  return consentUrl(deps, request, { state, challenge })
}

function consentUrl(
  deps: OauthDeps,
  request: OauthRequest,
  proof: { readonly state: string; readonly challenge: string },
): string {
  const asked = {
    ...proof,
    clientId: request.clientId,
    redirectUri: redirectUri(deps.publicUrl, request.platform),
  }
  return request.platform === 'zendesk'
    ? zendeskConsentUrl({ ...asked, baseUrl: request.baseUrl })
    : klaviyoConsentUrl({ ...asked, wwwUrl: deps.klaviyoWwwUrl })
}

/** Where each platform sends people back to; to be registered with the OAuth client, letter by letter. */
export function redirectUris(publicUrl: string): Readonly<Record<Platform, string>> {
  return {
    zendesk: redirectUri(publicUrl, 'zendesk'),
    klaviyo: redirectUri(publicUrl, 'klaviyo'),
  }
}
