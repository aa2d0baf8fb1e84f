import { Hono } from 'hono'
import type { FaultRule } from '../core/faults.ts'
import type { Platform } from '../core/platform.ts'
import type { WebhookBehaviour } from '../core/webhook-behaviour.ts'
import type { KlaviyoStore } from '../klaviyo/store.ts'
import type { World } from '../world.ts'

/** What goes wrong in the sandbox now, because somebody asked for it. */
export type Troubles = {
  readonly isLimited: boolean
  /** `times`: how often each still happens. */
  readonly faults: readonly FaultRule[]
  readonly webhooks: Readonly<Record<Platform, WebhookBehaviour>>
  readonly grants: readonly AccountGrants[]
}

/** What Klaviyo has granted to an account. */
export type AccountGrants = {
  readonly account: string
  readonly name: string
  readonly conversations: boolean
  readonly webhooks: boolean
}

type Parts = { readonly world: World; readonly klaviyo: KlaviyoStore }

/** `GET /studio/troubles`: what `/control` can spoil but does not show, in one answer. */
export function troubleRoutes(parts: Parts): Hono {
  return new Hono().get('/studio/troubles', (c) => c.json(describeTroubles(parts)))
}

function describeTroubles({ world, klaviyo }: Parts): Troubles {
  return {
    isLimited: world.limits.enabled(),
    faults: world.faults.list(),
    webhooks: {
      zendesk: world.webhooks.zendesk.behaviour(),
      klaviyo: world.webhooks.klaviyo.behaviour(),
    },
    grants: klaviyo.accounts().map(({ id, name, grants }) => ({ account: id, name, ...grants })),
  }
}
