import { err, ok, type Result } from '../kernel/result.ts'
import { isPermissionDenied } from '../klaviyo/refusal.ts'
import { isWantedTopic } from '../klaviyo/webhook/event-types.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { ZendeskBrand } from '../zendesk/account.ts'
import type { KlaviyoFacts, ZendeskFacts } from './account-facts.ts'
import type { KlaviyoClients, ZendeskClients } from './clients.ts'
import type { BridgeSettings } from './settings.ts'

/** What an account told of itself. */
export type Discovered<Facts> = {
  readonly accountId: string
  readonly accountName: string
  readonly facts: Facts
}

/** Reads what a bridge needs of a Zendesk account; on failure one line that says what to do. */
export async function discoverZendesk(
  clients: ZendeskClients,
  baseUrl: string,
): Promise<Result<Discovered<ZendeskFacts>, string>> {
  const me = await clients.account.me()
  if (!me.ok)
    return err(
      `zendesk: ${sentence(me.problem, 'check clientId and clientSecret, and that the OAuth client is confidential and allows client_credentials')}`,
    )
  if (me.value.role === 'end-user')
    return err('zendesk: the OAuth client acts as an end user: let an admin make the client')
  // Whether an agent may depends on the plan and on custom roles, so it is tried.
  const webhooks = await clients.webhooks.list('Replyline')
  if (!webhooks.ok && webhooks.problem.kind === 'refused')
    return err(
      `zendesk: ${me.value.name} (${me.value.role}) may not manage webhooks, which Replyline needs: let an admin approve it, or make the OAuth client`,
    )
  const brands = await clients.account.brands()
  if (!brands.ok) return err(`zendesk: the brands could not be read: ${brands.problem.detail}`)
  const fields = await clients.account.ticketFields()
  if (!fields.ok)
    return err(`zendesk: the ticket fields could not be read: ${fields.problem.detail}`)
  const name = accountOf(baseUrl, brands.value)
  return ok({
    accountId: name,
    accountName: `${new URL(baseUrl).host}, as ${me.value.name}`,
    facts: {
      brands: brands.value
        .filter(({ isActive }) => isActive)
        .map(({ id, name, isDefault }) => ({ id, name, isDefault })),
      ticketFields: fields.value.map(({ id, title, type, options }) => ({
        id,
        title,
        type,
        ...(options === undefined ? {} : { options: [...options] }),
      })),
    },
  })
}

/**
 * The account behind an address. Each brand has a subdomain, and all lead to the same account; the
 * default brand's stands for it. A host that is not Zendesk's own stands for itself.
 */
function accountOf(baseUrl: string, brands: readonly ZendeskBrand[]): string {
  const { hostname, host } = new URL(baseUrl)
  if (!hostname.endsWith('.zendesk.com')) return host
  const main = brands.find(({ isDefault }) => isDefault)?.subdomain ?? null
  return main ?? hostname.slice(0, -'.zendesk.com'.length)
}

/** Reads what a bridge needs of a Klaviyo account: who it is, and which webhook topics it has. */
export async function discoverKlaviyo(
  clients: KlaviyoClients,
): Promise<Result<Discovered<KlaviyoFacts>, string>> {
  const account = await clients.accounts.account()
  if (!account.ok)
    return err(
      `klaviyo: ${sentence(account.problem, 'check apiKey: a private key (pk_…) with the scope accounts:read')}`,
    )
  const topics = await clients.webhooks.topics()
  if (!topics.ok) {
    return err(
      isPermissionDenied(topics.problem)
        ? 'klaviyo: this account may not use system webhooks, or the key lacks webhooks:read: they come with Advanced KDP or an app partnership; ask Klaviyo to enable them'
        : `klaviyo: the webhook topics could not be read: ${topics.problem.detail}`,
    )
  }
  const wanted = topics.value.filter(isWantedTopic)
  if (wanted.length === 0)
    return err(
      'klaviyo: the account has no webhook topic for text messages: set up SMS in Klaviyo first',
    )
  return ok({
    accountId: account.value.id,
    accountName: account.value.name ?? account.value.id,
    facts: { topics: wanted },
  })
}

/** Brands the settings name that the account does not have. */
export function unknownBrands(settings: BridgeSettings, facts: ZendeskFacts): readonly string[] {
  const known = facts.brands.map(({ name }) => name)
  const isKnown = (name: string) =>
    known.some((brand) => brand.toLowerCase() === name.toLowerCase())
  const named = [
    ...(settings.tickets.brands === 'all'
      ? []
      : settings.tickets.brands.map((name) => ['tickets.brands', name] as const)),
    ...(settings.sms.brand === undefined ? [] : [['sms.brand', settings.sms.brand] as const]),
    ...settings.sms.routes.flatMap(({ brand }, index) =>
      brand === undefined ? [] : [[`sms.routes.${index}.brand`, brand] as const],
    ),
  ]
  return named
    .filter(([, name]) => !isKnown(name))
    .map(
      ([path, name]) =>
        `${path}: Zendesk has no active brand "${name}"; it has ${known.join(', ')}`,
    )
}

function sentence(problem: ApiProblem, remedy: string): string {
  return problem.kind === 'refused' || problem.kind === 'unauthorised'
    ? `${problem.detail}: ${remedy}`
    : `it could not be reached (${problem.detail}): check the address and the network`
}
