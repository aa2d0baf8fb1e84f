import type { KlaviyoClients } from '../connections/clients.ts'
import { openKlaviyoCredentials } from '../connections/credentials.ts'
import { webhookUrl } from '../connections/webhook-setup.ts'
import type { BridgeRow } from '../db/bridge-store.ts'
import type { ConnectionRow } from '../db/connection-store.ts'
import { findLastDelivery } from '../db/doctor-facts.ts'
import { findWebhook } from '../db/webhook-store.ts'
import { isWantedTopic } from '../klaviyo/webhook/event-types.ts'
import type { Check, Lane } from './check.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { judgeKlaviyoCredential, judgeSealed } from './judge/credentials.ts'
import { judgeDeliveries } from './judge/deliveries.ts'
import { judgeSendingGrant, judgeWebhookGrant } from './judge/grants.ts'
import { type Judgement, notAnswered, unknown } from './judge/judgement.ts'
import { judgeMetricNames, judgeTopics } from './judge/klaviyo-names.ts'
import { judgeApprovedScopes, judgeKeyScopes } from './judge/scopes.ts'
import { judgeWebhook } from './judge/webhook.ts'
import { type KlaviyoReads, klaviyoReads, probeScopes } from './klaviyo-account.ts'
import { findMissedTexts } from './missed.ts'
import { openKlaviyoOrNot } from './open-clients.ts'
import { reachChecks } from './reach-platform.ts'

/** One account, and how it is asked. */
type Account = {
  readonly deps: DoctorDeps
  readonly row: ConnectionRow
  readonly clients: KlaviyoClients
  readonly reads: KlaviyoReads
  readonly bridges: readonly BridgeRow[]
}

/** All that is asked of one Klaviyo account, one call after the other. */
export function klaviyoLane(
  deps: DoctorDeps,
  row: ConnectionRow,
  bridges: readonly BridgeRow[],
): Lane {
  const clients = openKlaviyoOrNot(deps, row)
  const check = (name: string, looksAt: string, ask: Check['ask']): Check => ({
    ...{ area: 'klaviyo', about: row.accountName, name, looksAt, ask },
  })
  const whether = 'whether Klaviyo accepts the credential'
  const reach = reachChecks(deps, row)
  if (clients === null) {
    const sealed = check('credentials', whether, async () => [judgeSealed('Klaviyo')])
    return { gates: [...reach, sealed], checks: [] }
  }
  const reads = klaviyoReads(clients)
  const account = { deps, row, clients, reads, bridges }
  const credential = check('credentials', whether, async () => [
    judgeKlaviyoCredential(await reads.account(), row.accountId),
  ])
  return {
    gates: [...reach, credential],
    checks: [
      check('scopes', 'what the key or approval may do', () => lookAtScopes(account)),
      check('webhook_grant', 'whether Klaviyo grants system webhooks', async () => [
        judgeWebhookGrant(await reads.webhooks(), row.scopes),
      ]),
      check('sending_grant', 'whether Klaviyo lets answers be sent', async () => [
        judgeSendingGrant(await reads.mayAnswer(), row.scopes),
      ]),
      check('metric_names', 'the names of its metrics', () => lookAtMetrics(account)),
      check('topics', 'its webhook topics', () => lookAtTopics(account)),
      check('webhook', "Klaviyo's webhook", async () => [await lookAtWebhook(account)]),
      check('deliveries', 'whether its texts came here', async () => [
        await lookAtDeliveries(account),
      ]),
    ],
  }
}

async function lookAtScopes({ deps, row, clients, reads }: Account): Promise<readonly Judgement[]> {
  const { kind } = openKlaviyoCredentials(deps.seal, row)
  if (kind === 'authorization_code') return [judgeApprovedScopes(row.scopes)]
  return judgeKeyScopes(await probeScopes(reads, clients))
}

async function lookAtMetrics({ reads }: Account): Promise<readonly Judgement[]> {
  const metrics = await reads.metrics()
  return metrics.ok
    ? judgeMetricNames(metrics.value)
    : [notAnswered("Klaviyo's metrics", metrics.problem)]
}

async function lookAtTopics({ reads }: Account): Promise<readonly Judgement[]> {
  const topics = await reads.topics()
  return topics.ok
    ? judgeTopics(topics.value)
    : [notAnswered("Klaviyo's webhook topics", topics.problem)]
}

async function lookAtWebhook({ deps, row, reads, bridges }: Account): Promise<Judgement> {
  const kept = await findWebhook(deps.db, row.id)
  const listed = await reads.webhooks()
  if (!listed.ok) return notAnswered("Klaviyo's webhook", listed.problem)
  const topics = await reads.topics()
  const shown = listed.value.find(({ id }) => id === kept?.remoteId)
  return judgeWebhook({
    platform: 'Klaviyo',
    installedAt: kept?.endpoint ?? null,
    endpoint: webhookUrl(deps.publicUrl, 'klaviyo', row.id),
    shown:
      shown === undefined
        ? null
        : { isOn: shown.isEnabled, endpoint: shown.endpointUrl, listensTo: shown.topicIds },
    wanted: topics.ok ? topics.value.filter(isWantedTopic) : [],
    isUsed: bridges.length > 0,
  })
}

async function lookAtDeliveries(account: Account): Promise<Judgement> {
  const { deps, clients, reads, bridges } = account
  if (bridges.length === 0) return unknown('No bridge uses this account, so nothing is kept of it.')
  const ids = bridges.map(({ id }) => id)
  const lastAt = await findLastDelivery(deps.db, ids, 'klaviyo')
  const metrics = await reads.metrics()
  const missed = metrics.ok ? await findMissedTexts(deps, clients, metrics.value, bridges) : metrics
  if (!missed.ok) return notAnswered("Klaviyo's latest texts", missed.problem)
  return judgeDeliveries({ platform: 'Klaviyo', lastAt, missedAt: missed.value })
}
