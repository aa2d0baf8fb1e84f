import { err, ok, type Result } from '../kernel/result.ts'
import type { ApplyDeps } from './apply-deps.ts'
import { type Joined, joinBridge } from './join-bridge.ts'
import { reachKlaviyoByKey } from './reach-klaviyo.ts'
import { reachZendeskByClient } from './reach-zendesk.ts'
import type { ReachedKlaviyo, ReachedZendesk } from './reached.ts'
import type { BridgeFile } from './settings.ts'
import { zendeskBaseUrl } from './zendesk-address.ts'

/**
 * Creates or changes a bridge from its file. Idempotent. Nothing is written before both accounts were
 * read and every name in the file was found; on failure every problem is named at once. With
 * `isDryRun` all is read and compared, and nothing written.
 */
export async function applyFile(
  deps: ApplyDeps,
  file: BridgeFile,
  options: { readonly isDryRun: boolean },
): Promise<Result<Joined, readonly string[]>> {
  const sides = await reachBoth(deps, file)
  if (!sides.ok) return sides
  const { zendesk: _zendesk, klaviyo: _klaviyo, ...settings } = file
  return joinBridge(deps, { ...sides.value, settings, ...options })
}

async function reachBoth(
  deps: ApplyDeps,
  file: BridgeFile,
): Promise<
  Result<{ readonly zendesk: ReachedZendesk; readonly klaviyo: ReachedKlaviyo }, readonly string[]>
> {
  const zendesk = await reachNamedZendesk(deps, file.zendesk)
  const klaviyo = await reachKlaviyoByKey(deps, file.klaviyo.apiKey)
  if (zendesk.ok && klaviyo.ok) return ok({ zendesk: zendesk.value, klaviyo: klaviyo.value })
  return err([zendesk, klaviyo].flatMap((side) => (side.ok ? [] : [side.problem])))
}

async function reachNamedZendesk(
  deps: ApplyDeps,
  { url, clientId, clientSecret }: BridgeFile['zendesk'],
): Promise<Result<ReachedZendesk, string>> {
  const address = zendeskBaseUrl(url, deps.platformHosts)
  if (!address.ok) return err(`zendesk.url: ${address.problem}`)
  const credentials = { kind: 'client_credentials', clientId, clientSecret } as const
  return reachZendeskByClient(deps, { baseUrl: address.value, credentials })
}
