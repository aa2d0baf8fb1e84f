import type { Result } from '../../kernel/result.ts'
import { isPermissionDenied } from '../../klaviyo/refusal.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import { fine, type Judgement, notAnswered, problem, said } from './judgement.ts'

/*
 * Two things that Klaviyo grants to an account, or does not. A missing grant and a missing scope are
 * both 403 `permission_denied` (seen 2026-07), so where the scope is not proven both are named.
 */

/** Whether the words of a refusal are about a scope. */
export function isAboutScope(trouble: ApiProblem): boolean {
  return isPermissionDenied(trouble) && /scope/i.test(trouble.detail)
}

/** `listed` is the answer to a list of webhooks, which changes nothing. */
export function judgeWebhookGrant(
  listed: Result<unknown, ApiProblem>,
  scopes: string | null,
): Judgement {
  if (listed.ok) return fine('Klaviyo grants this account system webhooks.')
  if (!isPermissionDenied(listed.problem))
    return notAnswered('Whether Klaviyo grants system webhooks', listed.problem)
  const without =
    'Texts do not reach Replyline, so they become no tickets. Tickets still become events in Klaviyo.'
  if (isAboutScope(listed.problem))
    return problem({
      says: `Webhooks cannot be read: ${said(listed.problem)}.`,
      remedy: 'Add webhooks:read and webhooks:write to the key or app in Klaviyo.',
      without,
    })
  return problem({
    says: `Klaviyo does not let this account use system webhooks (${said(listed.problem)}).`,
    remedy: `Ask your contact at Klaviyo, or its support, to enable system webhooks for this account: they come with Advanced KDP, or with an app partnership.${orScope(scopes, 'webhooks:read')}`,
    without,
  })
}

/** `tried` is the answer to a message into a conversation that does not exist. */
export function judgeSendingGrant(
  tried: Result<unknown, ApiProblem>,
  scopes: string | null,
): Judgement {
  const refusal = tried.ok ? null : tried.problem
  if (refusal === null || (refusal.kind === 'refused' && !isPermissionDenied(refusal)))
    return fine('Klaviyo lets this account send answers by API (Conversations API).')
  if (!isPermissionDenied(refusal))
    return notAnswered('Whether Klaviyo lets answers be sent', refusal)
  const without =
    'Texts become tickets, and tickets become events. Answers are not sent: each is refused, and the agent is told so by a note on the ticket.'
  if (isAboutScope(refusal))
    return problem({
      says: `Answers cannot be sent: ${said(refusal)}.`,
      remedy: 'Add conversations:write to the key or app in Klaviyo.',
      without,
    })
  return problem({
    says: `Klaviyo has not enabled the Conversations API for this account (${said(refusal)}).`,
    remedy: `Ask Klaviyo to enable the Conversations API for this account, for sending replies to texts from a helpdesk: by the form on its page "Conversations API overview" (developers.klaviyo.com), or in its developer community.${orScope(scopes, 'conversations:write')}`,
    without,
  })
}

/** An approval's scopes are known; a key's are not. */
function orScope(scopes: string | null, scope: string): string {
  return scopes?.split(' ').includes(scope)
    ? ''
    : ` Make sure, too, that the key has the scope ${scope}: without it Klaviyo refuses the same way.`
}
