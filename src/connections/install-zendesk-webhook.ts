import { findWebhook, saveWebhook } from '../db/webhook-store.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { SUBSCRIBED_EVENT_TYPES } from '../zendesk/webhook/event-types.ts'
import type { ApplyDeps } from './apply-deps.ts'
import type { ReachedZendesk } from './reached.ts'
import { secretContext } from './sealed-contexts.ts'
import { type Installed, toldInstalled, webhookName, webhookUrl } from './webhook-setup.ts'

/**
 * Makes sure that Zendesk delivers to us, by one webhook of our name and address, and that we have
 * its signing secret. Idempotent: finds its own by id, address or name, changes what differs, makes it once.
 */
export async function installZendeskWebhook(
  deps: ApplyDeps,
  { connectionId: id, clients: { webhooks } }: ReachedZendesk,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<Result<Installed, string>> {
  const name = webhookName(deps.publicUrl)
  const endpoint = webhookUrl(deps.publicUrl, 'zendesk', id)
  const subscriptions = [...SUBSCRIBED_EVENT_TYPES]
  const listed = await webhooks.list(name)
  if (!listed.ok) return err(`zendesk: the webhooks could not be listed: ${listed.problem.detail}`)
  const stored = await findWebhook(deps.db, id)
  const own =
    listed.value.find((webhook) => webhook.id === stored?.remoteId) ??
    listed.value.find((webhook) => webhook.endpoint === endpoint) ??
    listed.value.find((webhook) => webhook.name === name)
  const isRight =
    own !== undefined &&
    own.endpoint === endpoint &&
    own.status === 'active' &&
    subscriptions.every((type) => own.subscriptions.includes(type))
  if (isDryRun) return ok(toldInstalled('Zendesk', own === undefined, isRight))

  const made =
    own === undefined ? await webhooks.create({ name, endpoint, subscriptions }) : ok(own)
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
    remoteId: made.value.id,
    endpoint,
    secretSealed: deps.seal.seal(secret.value, secretContext(id)),
  })
  return ok(toldInstalled('Zendesk', own === undefined, isRight))
}
