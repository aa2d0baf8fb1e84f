import { findWebhook, saveWebhook } from '../db/webhook-store.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { isPermissionDenied } from '../klaviyo/refusal.ts'
import type { ApplyDeps } from './apply-deps.ts'
import type { ReachedKlaviyo } from './reached.ts'
import { secretContext } from './sealed-contexts.ts'
import { type Installed, toldInstalled, webhookName, webhookUrl } from './webhook-setup.ts'

/**
 * Makes sure that Klaviyo delivers to us on the topics found in the account. The secret is ours and is
 * saved before Klaviyo learns it; Klaviyo shows neither it nor the whole address again, so an existing
 * webhook is known by its id or name. Idempotent.
 */
export async function installKlaviyoWebhook(
  deps: ApplyDeps,
  { connectionId: id, clients: { webhooks }, discovered }: ReachedKlaviyo,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<Result<Installed, string>> {
  const topicIds = discovered.facts.topics
  const name = webhookName(deps.publicUrl)
  const endpoint = webhookUrl(deps.publicUrl, 'klaviyo', id)
  const listed = await webhooks.list()
  if (!listed.ok) return err(refusal('listed', listed.problem))
  const stored = await findWebhook(deps.db, id)
  const own =
    listed.value.find((webhook) => webhook.id === stored?.remoteId) ??
    listed.value.find((webhook) => webhook.name === name)
  const isRight =
    own !== undefined &&
    stored !== null &&
    stored.remoteId === own.id &&
    stored.endpoint === endpoint &&
    own.isEnabled &&
    topicIds.every((topic) => own.topicIds.includes(topic))
  if (isRight || isDryRun) return ok(toldInstalled('Klaviyo', own === undefined, isRight))

  const secretKey =
    stored === null ? deps.newSecret() : deps.seal.open(stored.secretSealed, secretContext(id))
  const save = (remoteId: string) =>
    saveWebhook(deps.db, id, {
      remoteId,
      endpoint,
      secretSealed: deps.seal.seal(secretKey, secretContext(id)),
    })
  await save(own?.id ?? stored?.remoteId ?? '')
  const wanted = { name, endpointUrl: endpoint, secretKey, topicIds }
  const made =
    own === undefined
      ? await webhooks.create(wanted)
      : await webhooks.update(own.id, { ...wanted, isEnabled: true })
  if (!made.ok) return err(refusal(own === undefined ? 'made' : 'changed', made.problem))
  await save(made.value.id)
  return ok(toldInstalled('Klaviyo', own === undefined, false))
}

function refusal(what: string, problem: Parameters<typeof isPermissionDenied>[0]): string {
  return isPermissionDenied(problem)
    ? `klaviyo: the webhook could not be ${what}: the account may not use system webhooks, or the key lacks webhooks:write`
    : `klaviyo: the webhook could not be ${what}: ${problem.detail}`
}
