import { Hono } from 'hono'
import { createEmitter } from '../core/emitter.ts'
import { createSandboxTimers } from '../core/timers.ts'
import type { World } from '../world.ts'
import type { Routes } from './api/call.ts'
import { refuseNotEmulated } from './api/errors.ts'
import { OPERATIONS, type OperationId } from './api/operations.ts'
import { respond, serveOperation } from './api/pipeline.ts'
import { createKeywordReactions } from './consent/keyword-reactions.ts'
import { createEventRecorder, type EventRecorder } from './events/event-recorder.ts'
import { runFlows } from './flows/flow-runner.ts'
import { createKlaviyoOauth, type KlaviyoOauth } from './oauth/oauth.ts'
import type { JobParts } from './parts.ts'
import { accountRoutes } from './routes/accounts.ts'
import { createAgentConversationRoutes } from './routes/agent-conversations.ts'
import { createAgentResponseRoutes } from './routes/agent-responses.ts'
import { createConsentJobRoutes } from './routes/consent-jobs.ts'
import { createConversationRoutes } from './routes/conversations.ts'
import { createCustomerAgentRoutes } from './routes/customer-agents.ts'
import { createEventRelationRoutes } from './routes/event-relations.ts'
import { createEventWriteRoutes } from './routes/event-writes.ts'
import { createEventRoutes } from './routes/events.ts'
import { flowActionRoutes } from './routes/flow-actions.ts'
import { createFlowRoutes } from './routes/flows.ts'
import { createListRoutes } from './routes/lists.ts'
import { metricAggregateRoutes } from './routes/metric-aggregates.ts'
import { createMetricRoutes } from './routes/metrics.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { createProfileMergeRoutes } from './routes/profile-merge.ts'
import { createProfileWriteRoutes } from './routes/profile-writes.ts'
import { createProfileRoutes } from './routes/profiles.ts'
import { createSegmentRoutes } from './routes/segments.ts'
import { senderRoutes } from './routes/senders.ts'
import { createWebhookRoutes } from './routes/webhooks.ts'
import { seedKlaviyo } from './seed.ts'
import { createKlaviyoStore, type KlaviyoStore } from './store.ts'
import { defineSwitches, type Switches } from './switches/switches.ts'
import { createMarketing, type Marketing } from './texts/marketing.ts'
import { createMessages, type Messages } from './texts/messages.ts'
import { createPhoneNetwork, type PhoneNetwork } from './texts/phone-network.ts'
import { createPhones, type Phones } from './texts/phones.ts'
import type { TextHappening, Traffic } from './texts/traffic.ts'
import { createWebhookDelivery } from './webhooks/webhook-delivery.ts'

export type KlaviyoEmulator = {
  /** Answers Klaviyo's own paths from the root. */
  readonly app: Hono
  readonly store: KlaviyoStore
  readonly phones: Phones
  readonly phoneNetwork: PhoneNetwork
  readonly messages: Messages
  readonly events: EventRecorder
  readonly traffic: Traffic
  readonly marketing: Marketing
  readonly switches: Switches
  readonly oauth: KlaviyoOauth
  /** Back to the seed; nothing that was under way happens any more. */
  reset(): void
  close(): void
}

/** Once per world: it registers its switches there. */
export function createKlaviyoEmulator(world: World): KlaviyoEmulator {
  const { clock } = world
  const switches = defineSwitches(world.settings)
  const timers = createSandboxTimers(clock, world.changes.note)
  const store = createKlaviyoStore()
  const oauth = createKlaviyoOauth(clock, switches)
  const phones = createPhones()
  const sender = world.webhooks.klaviyo
  const deliveries = createWebhookDelivery({ clock, timers, sender, switches })
  const events = createEventRecorder({ clock, timers, switches, deliveries })
  const traffic = createEmitter<TextHappening>()
  const messages = createMessages({ clock, timers, switches, events, phones, traffic })
  const reactions = createKeywordReactions({ timers, switches, events, messages })
  const parts = { clock, store, switches, events, phones, reactions, traffic }
  const phoneNetwork = createPhoneNetwork(parts)
  const marketing = createMarketing({ clock, messages })
  runFlows({ clock, timers, switches, events, messages, sender })

  const routes = createRoutes({ clock, timers, switches, events, messages })
  seedKlaviyo(store, clock.now())

  return {
    app: createApp(routes, { clock, store, oauth, limits: world.limits }),
    store,
    phones,
    phoneNetwork,
    messages,
    events,
    traffic,
    marketing,
    switches,
    oauth,

    reset() {
      timers.clear()
      for (const part of [deliveries, phones, store]) part.clear()
      oauth.reset()
      seedKlaviyo(store, clock.now())
    },

    close: () => timers.close(),
  }
}

function createRoutes(parts: JobParts): Routes {
  return {
    ...accountRoutes,
    ...createMetricRoutes(parts),
    ...createProfileRoutes(parts),
    ...createProfileWriteRoutes(parts),
    ...createConsentJobRoutes(parts),
    ...createProfileMergeRoutes(parts),
    ...createConversationRoutes(parts),
    ...createEventRoutes(parts),
    ...createEventRelationRoutes(parts),
    ...createEventWriteRoutes(parts),
    ...createFlowRoutes(parts),
    ...flowActionRoutes,
    ...createSegmentRoutes(parts),
    ...createListRoutes(parts),
    ...metricAggregateRoutes,
    ...createAgentConversationRoutes(parts),
    ...createAgentResponseRoutes(parts),
    ...createCustomerAgentRoutes(parts),
    ...senderRoutes,
    ...createWebhookRoutes(parts),
  }
}

function createApp(routes: Routes, parts: Parameters<typeof serveOperation>[2]): Hono {
  const app = new Hono({ strict: false })
  app.route('/', oauthRoutes(parts.oauth, parts.store))
  for (const [operationId, route] of Object.entries(routes)) {
    const { method, path } = OPERATIONS[operationId as OperationId]
    app.on(method, path, serveOperation(operationId as OperationId, route, parts))
  }
  app.all('*', (c) => respond(refuseNotEmulated(`${c.req.method} ${c.req.path}`)))
  return app
}
