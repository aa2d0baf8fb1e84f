import type { ZendeskClients } from '../connections/clients.ts'
import { unknownBrands } from '../connections/discover.ts'
import { readBridgeSettings } from '../connections/settings.ts'
import { webhookUrl } from '../connections/webhook-setup.ts'
import type { BridgeRow } from '../db/bridge-store.ts'
import type { ConnectionRow } from '../db/connection-store.ts'
import { findLastDelivery } from '../db/doctor-facts.ts'
import { findWebhook } from '../db/webhook-store.ts'
import { SUBSCRIBED_EVENT_TYPES } from '../zendesk/webhook/event-types.ts'
import { type Check, type Lane, once } from './check.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { judgeSealed, judgeZendeskCredential } from './judge/credentials.ts'
import { judgeDeliveries } from './judge/deliveries.ts'
import { type Judgement, notAnswered, unknown } from './judge/judgement.ts'
import { judgeZendeskScopes } from './judge/scopes.ts'
import { judgeBrands } from './judge/settings.ts'
import { judgeWebhook } from './judge/webhook.ts'
import { findMissedTickets } from './missed.ts'
import { openZendeskOrNot } from './open-clients.ts'
import { reachChecks } from './reach-platform.ts'

/** All that is asked of one Zendesk account, one call after the other. */
export function zendeskLane(
  deps: DoctorDeps,
  row: ConnectionRow,
  bridges: readonly BridgeRow[],
): Lane {
  const clients = openZendeskOrNot(deps, row)
  const about = { area: 'zendesk', about: row.accountName } as const
  const credential: Check = {
    ...about,
    name: 'credentials',
    looksAt: 'whether Zendesk accepts the credential',
    ask: async () => [
      clients === null
        ? judgeSealed('Zendesk')
        : judgeZendeskCredential(await clients.account.me()),
    ],
  }
  const gates = [...reachChecks(deps, row), credential]
  if (clients === null) return { gates, checks: [] }
  return {
    gates,
    checks: [
      {
        ...about,
        name: 'scopes',
        looksAt: 'what Zendesk granted',
        ask: async () => [judgeZendeskScopes(row.scopes)],
      },
      ...brandChecks(clients, bridges),
      {
        ...about,
        name: 'webhook',
        looksAt: "Zendesk's webhook",
        ask: async () => [await lookAtWebhook(deps, row, clients, bridges)],
      },
      {
        ...about,
        name: 'deliveries',
        looksAt: 'whether new tickets came here',
        ask: async () => [await lookAtDeliveries(deps, clients, bridges)],
      },
    ],
  }
}

function brandChecks({ account }: ZendeskClients, bridges: readonly BridgeRow[]): readonly Check[] {
  const readBrands = once(() => account.brands())
  return bridges.map(({ name, settings }) => ({
    name: 'brands',
    area: 'bridge' as const,
    about: name,
    looksAt: 'the brands in its settings',
    async ask() {
      const brands = await readBrands()
      if (!brands.ok) return [notAnswered("Zendesk's brands", brands.problem)]
      const active = brands.value.filter(({ isActive }) => isActive)
      const facts = { brands: active, ticketFields: [] }
      return judgeBrands(
        unknownBrands(readBridgeSettings(settings), facts),
        active.map((brand) => brand.name),
      )
    },
  }))
}

async function lookAtWebhook(
  deps: DoctorDeps,
  row: ConnectionRow,
  { webhooks }: ZendeskClients,
  bridges: readonly BridgeRow[],
): Promise<Judgement> {
  const kept = await findWebhook(deps.db, row.id)
  const found = kept === null ? null : await webhooks.find(kept.remoteId)
  if (found !== null && !found.ok) return notAnswered("Zendesk's webhook", found.problem)
  const shown = found?.value ?? null
  return judgeWebhook({
    platform: 'Zendesk',
    installedAt: kept?.endpoint ?? null,
    endpoint: webhookUrl(deps.publicUrl, 'zendesk', row.id),
    shown:
      shown === null
        ? null
        : {
            isOn: shown.status === 'active',
            endpoint: shown.endpoint,
            listensTo: shown.subscriptions,
          },
    wanted: SUBSCRIBED_EVENT_TYPES,
    isUsed: bridges.length > 0,
  })
}

async function lookAtDeliveries(
  deps: DoctorDeps,
  clients: ZendeskClients,
  bridges: readonly BridgeRow[],
): Promise<Judgement> {
  if (bridges.length === 0) return unknown('No bridge uses this account, so nothing is kept of it.')
  const ids = bridges.map(({ id }) => id)
  const lastAt = await findLastDelivery(deps.db, ids, 'zendesk')
  const missed = await findMissedTickets(deps, clients, bridges)
  if (!missed.ok) return notAnswered("Zendesk's newest tickets", missed.problem)
  return judgeDeliveries({ platform: 'Zendesk', lastAt, missedAt: missed.value })
}
