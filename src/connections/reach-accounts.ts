import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { requestClientCredentialsToken } from '../zendesk/oauth.ts'
import type { KlaviyoFacts, ZendeskFacts } from './account-facts.ts'
import type { ApplyDeps } from './apply-deps.ts'
import { klaviyoClients, zendeskClients } from './clients.ts'
import { type Discovered, discoverKlaviyo, discoverZendesk, unknownBrands } from './discover.ts'
import type { BridgeFile } from './settings.ts'
import { zendeskBaseUrl } from './zendesk-address.ts'

export type Found = {
  readonly zendesk: {
    readonly baseUrl: string
    readonly clients: ReturnType<typeof zendeskClients>
    readonly discovered: Discovered<ZendeskFacts>
  }
  readonly klaviyo: {
    readonly clients: ReturnType<typeof klaviyoClients>
    readonly discovered: Discovered<KlaviyoFacts>
  }
}

export async function discover(
  deps: ApplyDeps,
  file: BridgeFile,
): Promise<Result<Found, readonly string[]>> {
  const zendesk = await reachZendesk(deps, file)
  const clients = klaviyoClients({
    ...deps,
    baseUrl: deps.klaviyoApiUrl,
    apiKey: file.klaviyo.apiKey,
  })
  const klaviyo = await discoverKlaviyo(clients)
  if (zendesk.ok && klaviyo.ok) {
    const unknown = unknownBrands(file, zendesk.value.discovered.facts)
    return unknown.length > 0
      ? err(unknown)
      : ok({ zendesk: zendesk.value, klaviyo: { clients, discovered: klaviyo.value } })
  }
  return err([zendesk, klaviyo].flatMap((side) => (side.ok ? [] : [side.problem])))
}

async function reachZendesk(
  deps: ApplyDeps,
  file: BridgeFile,
): Promise<Result<Found['zendesk'], string>> {
  const address = zendeskBaseUrl(file.zendesk.url, deps.platformHosts)
  if (!address.ok) return err(`zendesk.url: ${address.problem}`)
  const baseUrl = address.value
  const { clientId, clientSecret } = file.zendesk
  const answer = await requestClientCredentialsToken({
    baseUrl,
    clientId,
    clientSecret,
    scope: 'read write',
    outbound: deps.outbound,
    now: deps.clock.now(),
  })
  if (!answer.ok) return err(`zendesk: ${tokenProblem(answer.problem)}`)
  const source = () => Promise.resolve(ok(answer.value.accessToken))
  const clients = zendeskClients({ ...deps, baseUrl, token: { current: source, renew: source } })
  const discovered = await discoverZendesk(clients, baseUrl)
  return discovered.ok ? ok({ baseUrl, clients, discovered: discovered.value }) : discovered
}

function tokenProblem(problem: ApiProblem): string {
  if (problem.kind === 'refused' || problem.kind === 'unauthorised')
    return `the OAuth client was refused (${problem.detail}): check clientId and clientSecret`
  return `it could not be reached (${problem.detail}): check zendesk.url and the network`
}
