import type { KlaviyoClients } from '../connections/clients.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { once } from './check.ts'
import { isAboutScope } from './judge/grants.ts'
import type { ScopeProbe } from './judge/scopes.ts'

/** What is read of one Klaviyo account, each once: some of these calls are allowed once a second. */
export type KlaviyoReads = ReturnType<typeof klaviyoReads>

export function klaviyoReads({ accounts, metrics, webhooks, probes }: KlaviyoClients) {
  return {
    account: once(() => accounts.account()),
    metrics: once(() => metrics.list()),
    webhooks: once(() => webhooks.list()),
    topics: once(() => webhooks.topics()),
    mayAnswer: once(() => probes.mayAnswer()),
    anyProfile: once(() => probes.anyProfile()),
    anyEvent: once(() => probes.anyEvent()),
  }
}

/** One harmless call for each scope that such a call can prove. */
export async function probeScopes(
  reads: KlaviyoReads,
  { probes }: KlaviyoClients,
): Promise<readonly ScopeProbe[]> {
  const profile = await reads.anyProfile()
  const anyone = profile.ok ? profile.value : null
  return [
    { scope: 'accounts:read', answer: await reads.account() },
    { scope: 'metrics:read', answer: await reads.metrics() },
    { scope: 'profiles:read', answer: profile },
    { scope: 'events:read', answer: await reads.anyEvent() },
    {
      scope: 'conversations:read',
      answer: anyone === null ? null : await probes.conversationsOf(anyone),
    },
    { scope: 'webhooks:read', answer: aboutScope(await reads.webhooks()) },
    { scope: 'conversations:write', answer: sent(await reads.mayAnswer()) },
  ]
}

/** Where a refusal may be the missing grant as well, it proves nothing about the scope. */
function aboutScope(answer: Result<unknown, ApiProblem>): ScopeProbe['answer'] {
  if (answer.ok || answer.problem.kind !== 'refused' || isAboutScope(answer.problem)) return answer
  return null
}

/** That the conversation is not found shows that sending was allowed. */
function sent(answer: Result<unknown, ApiProblem>): ScopeProbe['answer'] {
  const isPastScopes =
    !answer.ok && answer.problem.kind === 'refused' && answer.problem.status !== 403
  return isPastScopes ? ok(null) : aboutScope(answer)
}
