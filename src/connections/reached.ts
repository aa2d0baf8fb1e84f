import type { ConnectionId } from '../kernel/ids.ts'
import type { OauthToken } from '../outbound/oauth-token.ts'
import type { KlaviyoFacts, ZendeskFacts } from './account-facts.ts'
import type { KlaviyoClients, ZendeskClients } from './clients.ts'
import type { KlaviyoCredentials, ZendeskCredentials } from './credentials.ts'
import type { Discovered } from './discover.ts'

type Reached<Name, Clients, Facts, Credentials> = {
  readonly platform: Name
  readonly baseUrl: string
  /** Of the connection that there is, or that is to be made. */
  readonly connectionId: ConnectionId
  readonly clients: Clients
  readonly discovered: Discovered<Facts>
  /** What it was reached with, when that is news; null for a connection used as it is kept. */
  readonly authorisation: {
    readonly credentials: Credentials
    readonly token: OauthToken | null
  } | null
}

/** A Zendesk account that answered: who it is, and how to go on talking to it. */
export type ReachedZendesk = Reached<'zendesk', ZendeskClients, ZendeskFacts, ZendeskCredentials>

/** A Klaviyo account that answered. */
export type ReachedKlaviyo = Reached<'klaviyo', KlaviyoClients, KlaviyoFacts, KlaviyoCredentials>
