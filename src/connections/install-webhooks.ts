import type { Platform, Tx } from '../db/records.ts'
import { findWebhook, saveWebhook } from '../db/webhook-store.ts'
import type { BridgeId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { isPermissionDenied } from '../klaviyo/refusal.ts'
import { SUBSCRIBED_EVENT_TYPES } from '../zendesk/webhook/event-types.ts'
import type { klaviyoClients, zendeskClients } from './clients.ts'
import type { Seal } from './seal.ts'
import { secretContext } from './sealed-contexts.ts'

export type InstallDeps = {
  /** Only look, and say what would be done. */
  readonly isDryRun: boolean
  readonly db: Tx
  readonly seal: Seal
  readonly publicUrl: string
  /** 64 hex digits nobody can guess. */
  readonly newSecret: () => string
}

/** What an installation did, in words; `changed` is false when all was as it should be. */
export type Installed = { readonly says: string; readonly changed: boolean }

/** Where a platform delivers a bridge's events. */
function webhookUrl(publicUrl: string, platform: Platform, id: BridgeId): string {
  return `${publicUrl}/webhooks/${platform}/${id}`
}

/**
 * Makes sure that Zendesk delivers to us, by one webhook of our name and address, and that we have
 * its signing secret. Idempotent: finds its own by address, changes what differs, makes it once.
 */
export async function installZendeskWebhook(
  deps: InstallDeps,
  id: BridgeId,
  name: string,
  { webhooks }: ReturnType<typeof zendeskClients>,
): Promise<Result<Installed, string>> {
  const endpoint = webhookUrl(deps.publicUrl, 'zendesk', id)
  const subscriptions = [...SUBSCRIBED_EVENT_TYPES]
  const listed = await webhooks.list(webhookName(name))
  if (!listed.ok) return err(`zendesk: the webhooks could not be listed: ${listed.problem.detail}`)
  const stored = await findWebhook(deps.db, id, 'zendesk')
  const own =
    listed.value.find((webhook) => webhook.id === stored?.remoteId) ??
    listed.value.find((webhook) => webhook.endpoint === endpoint)
  const isRight =
    own !== undefined &&
    own.endpoint === endpoint &&
    own.status === 'active' &&
    subscriptions.every((type) => own.subscriptions.includes(type))

  if (deps.isDryRun) return ok(told('Zendesk', own === undefined, isRight))

  const made =
    own === undefined
      ? await webhooks.create({ name: webhookName(name), endpoint, subscriptions })
      : ok(own)
  if (!made.ok) return err(`zendesk: the webhook could not be made: ${made.problem.detail}`)
  if (own !== undefined && !isRight) {
    const updated = await webhooks.update(own.id, { endpoint, subscriptions, status: 'active' })
    if (!updated.ok)
      return err(`zendesk: the webhook could not be changed: ${updated.problem.detail}`)
  }
  const secret = await webhooks.signingSecret(made.value.id)
  if (!secret.ok)
    return err(`zendesk: the webhook's signing secret could not be read: ${secret.problem.detail}`)
  await saveWebhook(deps.db, id, {
    platform: 'zendesk',
    remoteId: made.value.id,
    endpoint,
    secretSealed: deps.seal.seal(secret.value, secretContext(id, 'zendesk')),
  })
  return ok(told('Zendesk', own === undefined, isRight))
}

/**
 * Makes sure that Klaviyo delivers to us on the topics found in the account. The secret is ours and is
 * saved before Klaviyo learns it; Klaviyo shows neither it nor the whole address again, so an existing
 * webhook is known by its id or name.
 */
export async function installKlaviyoWebhook(
  deps: InstallDeps,
  id: BridgeId,
  name: string,
  topicIds: readonly string[],
  { webhooks }: ReturnType<typeof klaviyoClients>,
): Promise<Result<Installed, string>> {
  const endpoint = webhookUrl(deps.publicUrl, 'klaviyo', id)
  const listed = await webhooks.list()
  if (!listed.ok) return err(refusal('listed', listed.problem))
  const stored = await findWebhook(deps.db, id, 'klaviyo')
  const own =
    listed.value.find((webhook) => webhook.id === stored?.remoteId) ??
    listed.value.find((webhook) => webhook.name === webhookName(name))
  const isRight =
    own !== undefined &&
    stored !== null &&
    stored.remoteId === own.id &&
    stored.endpoint === endpoint &&
    own.isEnabled &&
    topicIds.every((topic) => own.topicIds.includes(topic))
  if (isRight || deps.isDryRun) return ok(told('Klaviyo', own === undefined, isRight))

  const secretKey =
    stored === null
      ? deps.newSecret()
      : deps.seal.open(stored.secretSealed, secretContext(id, 'klaviyo'))
  const save = (remoteId: string) =>
    saveWebhook(deps.db, id, {
      platform: 'klaviyo',
      remoteId,
      endpoint,
      secretSealed: deps.seal.seal(secretKey, secretContext(id, 'klaviyo')),
    })
  await save(own?.id ?? stored?.remoteId ?? '')
  const wanted = { name: webhookName(name), endpointUrl: endpoint, secretKey, topicIds }
  const made =
    own === undefined
      ? await webhooks.create(wanted)
      : await webhooks.update(own.id, { ...wanted, isEnabled: true })
  if (!made.ok) return err(refusal(own === undefined ? 'made' : 'changed', made.problem))
  await save(made.value.id)
  return ok(told('Klaviyo', own === undefined, false))
}

/** Told apart from other people's webhooks by this name. */
function webhookName(bridge: string): string {
  return `Replyline ${bridge}`
}

function told(platform: string, wasMissing: boolean, wasRight: boolean): Installed {
  if (wasMissing) return { says: `${platform} webhook made`, changed: true }
  return wasRight
    ? { says: `${platform} webhook as it should be`, changed: false }
    : { says: `${platform} webhook put right`, changed: true }
}

function refusal(what: string, problem: Parameters<typeof isPermissionDenied>[0]): string {
  return isPermissionDenied(problem)
    ? `klaviyo: the webhook could not be ${what}: the account may not use system webhooks, or the key lacks webhooks:write`
    : `klaviyo: the webhook could not be ${what}: ${problem.detail}`
}
