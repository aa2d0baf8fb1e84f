import type { Result } from '../../kernel/result.ts'
import type { KlaviyoAccount } from '../../klaviyo/accounts.ts'
import { isPermissionDenied } from '../../klaviyo/refusal.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import type { ZendeskUser } from '../../zendesk/zendesk-user.ts'
import { fine, type Judgement, notAnswered, problem, said, unknown, warning } from './judgement.ts'
import { CHANGE_KEY, connectAgain } from './remedies.ts'

const ZENDESK_WAITS =
  'Texts and events that come are kept, and become tickets in order once Zendesk accepts it.'
const KLAVIYO_WAITS =
  'Texts and answers that come are kept and wait. No ticket is made, and nothing is sent, until Klaviyo accepts it.'

/** Whether Zendesk accepts what is kept, and as whom. */
export function judgeZendeskCredential(answer: Result<ZendeskUser, ApiProblem>): Judgement {
  if (!answer.ok) return refused('Zendesk', answer.problem, ZENDESK_WAITS)
  const { name, role, suspended } = answer.value
  if (suspended || role === 'end-user')
    return problem({
      says: `Zendesk knows Replyline as ${name}, ${suspended ? 'who is suspended' : 'an end user, who may not write tickets for others'}.`,
      remedy: 'Let an admin of the account connect Zendesk, or make the OAuth client.',
      without: ZENDESK_WAITS,
    })
  if (role === 'agent')
    return warning({
      says: `Zendesk knows Replyline as ${name}, an agent and no admin.`,
      remedy: 'Let an admin connect Zendesk, or make sure that this role may manage webhooks.',
      without:
        'Tickets of the brands and groups that this agent sees. Webhooks may not be changeable.',
    })
  return fine(`Zendesk accepts the credential, as ${name}, an admin.`)
}

/** Whether Klaviyo accepts what is kept, and for which account. */
export function judgeKlaviyoCredential(
  answer: Result<KlaviyoAccount, ApiProblem>,
  expectedId: string,
): Judgement {
  if (answer.ok && answer.value.id !== expectedId)
    return problem({
      says: `The credential belongs to the Klaviyo account ${answer.value.id}, not ${expectedId}.`,
      remedy: connectAgain('Klaviyo'),
    })
  if (answer.ok) return fine(`Klaviyo accepts the credential, for the account ${answer.value.id}.`)
  if (isPermissionDenied(answer.problem))
    return unknown(
      'Klaviyo answers, but does not say whose account it is: the scope accounts:read is missing.',
      CHANGE_KEY,
    )
  return refused('Klaviyo', answer.problem, KLAVIYO_WAITS)
}

function refused(platform: string, trouble: ApiProblem, without: string): Judgement {
  if (trouble.kind !== 'unauthorised' && trouble.kind !== 'refused')
    return notAnswered(`Whether ${platform} accepts the credential`, trouble)
  return problem({
    says: `${platform} refuses the credential: ${said(trouble)}.`,
    remedy: connectAgain(platform),
    without,
  })
}

/** For credentials that cannot be opened here, so that nothing can be asked. */
export function judgeSealed(platform: string): Judgement {
  return problem({
    says: `The credential kept for ${platform} cannot be opened with this installation's key.`,
    remedy: `Restore the secret key file (SECRET_KEY_FILE) that belongs to this database, or connect ${platform} again.`,
    without: 'Nothing crosses. What comes is kept.',
  })
}
