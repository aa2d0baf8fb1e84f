import type { Result } from '../../kernel/result.ts'
import { KLAVIYO_SCOPES } from '../../klaviyo/oauth.ts'
import { isPermissionDenied } from '../../klaviyo/refusal.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import { missingScopes } from '../../outbound/oauth-token.ts'
import { ZENDESK_SCOPES } from '../../zendesk/oauth.ts'
import { fine, type Judgement, notAnswered, problem, unknown } from './judgement.ts'
import { CHANGE_KEY } from './remedies.ts'

export type KlaviyoScope = (typeof KLAVIYO_SCOPES)[number]

/** What does not work without each. */
const COSTS: Readonly<Record<KlaviyoScope, string>> = {
  'accounts:read': 'the account cannot be told',
  'conversations:read': 'answers find no conversation to go into',
  'conversations:write': 'answers are not sent',
  'events:read': 'texts that did not come cannot be looked for',
  'events:write': 'tickets do not become events',
  'metrics:read': 'metric names cannot be checked',
  'profiles:read': 'consent cannot be read, so texts wait',
  'profiles:write': 'profiles cannot be changed',
  'webhooks:read': 'webhooks cannot be checked',
  'webhooks:write': 'webhooks cannot be made or put right',
}

/** `granted` as kept with the connection; null where the platform did not say. */
export function judgeZendeskScopes(granted: string | null): Judgement {
  if (granted === null) return unknown('Zendesk has not said which scopes it granted.')
  const missing = missingScopes(ZENDESK_SCOPES, granted)
  if (missing.length === 0) return fine(`Zendesk granted ${ZENDESK_SCOPES.join(' and ')}.`)
  return problem({
    says: `Zendesk did not grant ${missing.join(' and ')}; it granted ${granted}.`,
    remedy: `Allow ${missing.join(' and ')} for the OAuth client (Admin Center, Apps and integrations, APIs, OAuth clients), then connect Zendesk again.`,
    without: missing.includes('write')
      ? 'Tickets can be read and not written: texts wait.'
      : 'Tickets cannot be read: texts and answers wait.',
  })
}

/** The scopes of an approval, as kept with the connection. */
export function judgeApprovedScopes(granted: string | null): Judgement {
  if (granted === null) return unknown('Klaviyo has not said which scopes it granted.')
  const missing = KLAVIYO_SCOPES.filter((scope) =>
    missingScopes(KLAVIYO_SCOPES, granted).includes(scope),
  )
  if (missing.length === 0)
    return fine(`Klaviyo granted all ${KLAVIYO_SCOPES.length} scopes that are used.`)
  return lacking(
    missing,
    "Add them to the app's settings in Klaviyo, then connect Klaviyo again on the page Connections.",
  )
}

/** A harmless call that only its scope's holder may make; null when there was nothing to ask it of. */
export type ScopeProbe = {
  readonly scope: KlaviyoScope
  readonly answer: Result<unknown, ApiProblem> | null
}

/** What a private key may do, as far as calls that change nothing can prove it. */
export function judgeKeyScopes(probes: readonly ScopeProbe[]): readonly Judgement[] {
  const missing = probes.filter(
    ({ answer }) => answer?.ok === false && isPermissionDenied(answer.problem),
  )
  const proven = probes.filter(({ answer }) => answer?.ok === true).map(({ scope }) => scope)
  const silent = probes.flatMap(({ scope, answer }) =>
    answer?.ok === false && !isPermissionDenied(answer.problem)
      ? [{ scope, trouble: answer.problem }]
      : [],
  )
  const asked = probes.filter(({ answer }) => answer !== null).map(({ scope }) => scope)
  const open = KLAVIYO_SCOPES.filter((scope) => !asked.includes(scope))
  return [
    ...(missing.length === 0
      ? []
      : [
          lacking(
            missing.map(({ scope }) => scope),
            CHANGE_KEY,
          ),
        ]),
    ...(proven.length === 0
      ? []
      : [fine(`The key has ${proven.join(', ')}: proven by harmless calls.`)]),
    ...silent.map(({ scope, trouble }) => notAnswered(`Whether the key has ${scope}`, trouble)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]
}

function unproven(scopes: readonly KlaviyoScope[]): Judgement {
  return unknown(
    `Klaviyo does not tell which scopes a private key has, and nothing harmless proves ${scopes.join(', ')}.`,
    'Look at the key in Klaviyo (Settings, API keys).',
  )
}

function lacking(scopes: readonly KlaviyoScope[], remedy: string): Judgement {
  const costs = scopes.map((scope) => COSTS[scope]).join('; ')
  return problem({
    says: `Missing in Klaviyo: ${scopes.join(', ')}.`,
    remedy,
    without: `Without ${scopes.length === 1 ? 'it' : 'them'} ${costs}.`,
  })
}
