import type { Clock } from '../kernel/instant.ts'
import { createAccounts } from '../klaviyo/accounts.ts'
import { createConversationMessages } from '../klaviyo/conversation-messages.ts'
import { createEvents } from '../klaviyo/events.ts'
import { createProfiles } from '../klaviyo/profiles.ts'
import { createKlaviyoTransport } from '../klaviyo/transport.ts'
import { createWebhooks as createKlaviyoWebhooks } from '../klaviyo/webhooks.ts'
import type { Outbound } from '../outbound/request.ts'
import type { TokenSource } from '../outbound/token-source.ts'
import { createAccount } from '../zendesk/account.ts'
import { createTickets } from '../zendesk/tickets.ts'
import { createZendeskTransport } from '../zendesk/transport.ts'
import { createUsers } from '../zendesk/users.ts'
import { createWebhooks as createZendeskWebhooks } from '../zendesk/webhooks.ts'

/** Every Zendesk call a bridge makes, as one identity. */
export function zendeskClients(options: {
  readonly baseUrl: string
  readonly outbound: Outbound
  readonly token: TokenSource
  readonly clock: Clock
}) {
  const transport = createZendeskTransport(options)
  return {
    account: createAccount(transport),
    tickets: createTickets(transport),
    users: createUsers(transport),
    webhooks: createZendeskWebhooks(transport),
  }
}

/** Every Klaviyo call a bridge makes, with one key. */
export function klaviyoClients(options: {
  readonly baseUrl: string
  readonly outbound: Outbound
  readonly apiKey: string
  readonly clock: Clock
}) {
  const { baseUrl, outbound, clock } = options
  const transport = createKlaviyoTransport({
    baseUrl,
    outbound,
    clock,
    credential: { kind: 'private_key', key: options.apiKey },
  })
  return {
    accounts: createAccounts(transport),
    profiles: createProfiles(transport),
    messages: createConversationMessages(transport),
    events: createEvents(transport),
    webhooks: createKlaviyoWebhooks(transport),
  }
}
