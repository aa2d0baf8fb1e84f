import type { Clock } from '../kernel/instant.ts'
import { createAccounts } from '../klaviyo/accounts.ts'
import { createConversationMessages } from '../klaviyo/conversation-messages.ts'
import { createEvents } from '../klaviyo/events.ts'
import { createMetrics } from '../klaviyo/metrics.ts'
import { createProbes } from '../klaviyo/probes.ts'
import { createProfiles } from '../klaviyo/profiles.ts'
import {
  createKlaviyoTransport,
  type KlaviyoCredential,
  type KlaviyoTransport,
} from '../klaviyo/transport.ts'
import { createWebhooks as createKlaviyoWebhooks } from '../klaviyo/webhooks.ts'
import type { Gate } from '../outbound/gate.ts'
import type { Limiter } from '../outbound/limiter.ts'
import type { Outbound } from '../outbound/request.ts'
import type { TokenSource } from '../outbound/token-source.ts'
import { createAccount } from '../zendesk/account.ts'
import { createTicketEvents } from '../zendesk/ticket-events.ts'
import { createTickets } from '../zendesk/tickets.ts'
import { createZendeskTransport } from '../zendesk/transport.ts'
import { createUsers } from '../zendesk/users.ts'
import { createWebhooks as createZendeskWebhooks } from '../zendesk/webhooks.ts'

export type ZendeskClients = ReturnType<typeof zendeskClients>
export type KlaviyoClients = ReturnType<typeof klaviyoClients>

/** Every Zendesk call a bridge makes, as one identity. */
export function zendeskClients(options: {
  readonly baseUrl: string
  readonly outbound: Outbound
  readonly token: TokenSource
  readonly clock: Clock
  readonly limiter?: Limiter
  readonly gate?: Gate
}) {
  const transport = createZendeskTransport(options)
  return {
    account: createAccount(transport),
    tickets: createTickets(transport),
    ticketEvents: createTicketEvents(transport),
    users: createUsers(transport),
    webhooks: createZendeskWebhooks(transport),
  }
}

/** Every Klaviyo call a bridge makes, with one credential. */
export function klaviyoClients(options: {
  readonly baseUrl: string
  readonly outbound: Outbound
  readonly credential: KlaviyoCredential
  readonly clock: Clock
  readonly limiter?: Limiter
  readonly gate?: Gate
  /** Hears when Klaviyo begins to refuse the key, with why, and when it takes it again, with null. */
  readonly onRefused?: (why: string | null) => void
  /** Whether it refused the key when last heard of. */
  readonly wasRefused?: boolean
}) {
  const { onRefused, wasRefused = false, ...transportOptions } = options
  const transport = watched(
    createKlaviyoTransport(transportOptions),
    onRefused ?? (() => undefined),
    wasRefused,
  )
  return {
    accounts: createAccounts(transport),
    profiles: createProfiles(transport),
    messages: createConversationMessages(transport),
    events: createEvents(transport),
    metrics: createMetrics(transport),
    probes: createProbes(transport),
    webhooks: createKlaviyoWebhooks(transport),
  }
}

/** Tells of each change between accepted and refused, once. */
function watched(
  transport: KlaviyoTransport,
  onRefused: (why: string | null) => void,
  wasRefused: boolean,
): KlaviyoTransport {
  let isRefused = wasRefused
  return {
    async send(call) {
      const answer = await transport.send(call)
      const refusal = !answer.ok && answer.problem.kind === 'unauthorised' ? answer.problem : null
      if ((refusal !== null) !== isRefused && (answer.ok || refusal !== null)) {
        isRefused = refusal !== null
        onRefused(refusal?.detail ?? null)
      }
      return answer
    },
  }
}
