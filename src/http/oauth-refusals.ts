import type { Refusal } from '../connections/finish-oauth.ts'
import type { CallbackProblem } from '../connections/judge-callback.ts'
import type { Platform } from '../db/records.ts'
import { KLAVIYO_SCOPES } from '../klaviyo/oauth.ts'
import { ZENDESK_SCOPES } from '../zendesk/oauth.ts'
import type { PlainPage } from './plain-page.ts'

type Words = {
  readonly status: 400 | 401 | 403 | 502 | 503
  readonly title: string
  /** `{platform}` stands for its name. */
  readonly says: string
  readonly remedy: string
}

const AGAIN = 'Open Connections and begin again from there.'

/** What a person reads who is turned away: what happened, and what to do. */
const WORDS: Readonly<Record<CallbackProblem, Words>> = {
  signed_out: {
    status: 401,
    title: 'You are not signed in here',
    says: '{platform} sent you back to a browser in which nobody is signed in to Replyline, so nothing was connected.',
    remedy: 'Sign in, then begin again from Connections, in this browser.',
  },
  denied: {
    status: 400,
    title: '{platform} was not connected',
    says: 'The request was not approved in {platform}.',
    remedy:
      'If you meant to approve it, begin again from Connections. If you may not, ask an administrator of the account to do it.',
  },
  scopes_refused: {
    status: 400,
    title: '{platform} does not grant all that is needed',
    says: 'The OAuth client may not have every scope that Replyline asks for: {scopes}.',
    remedy:
      'Allow these scopes for the OAuth client in {platform}, then begin again from Connections.',
  },
  no_state: {
    status: 400,
    title: 'This is not an answer to us',
    says: 'The address lacks the part that ties it to a connection begun here, so nothing was connected.',
    remedy: AGAIN,
  },
  unknown_state: {
    status: 400,
    title: 'We did not ask for this',
    says: 'No connection was begun here that this answer belongs to, so nothing was connected. If a link led you here, somebody may have wanted you to connect their account.',
    remedy: AGAIN,
  },
  used_state: {
    status: 400,
    title: 'This answer was used already',
    says: 'Each approval counts once. Nothing was changed by this second time.',
    remedy: 'Look at Connections: if {platform} is not there, begin again from there.',
  },
  foreign_state: {
    status: 403,
    title: 'Another browser began this',
    says: 'The connection was begun in another browser, or before you signed in anew, so nothing was connected.',
    remedy: AGAIN,
  },
  wrong_platform: {
    status: 400,
    title: 'This answer came by the wrong door',
    says: 'The connection was begun with another platform than the one whose address this is, so nothing was connected.',
    remedy:
      'Check the redirect addresses registered with both OAuth clients, then begin again from Connections.',
  },
  late_state: {
    status: 400,
    title: 'That took too long',
    says: 'An approval counts for 15 minutes after it was begun. Nothing was connected.',
    remedy: AGAIN,
  },
  no_code: {
    status: 400,
    title: 'The answer is not complete',
    says: '{platform} sent neither an approval nor a refusal, so nothing was connected.',
    remedy: AGAIN,
  },
  not_exchanged: {
    status: 502,
    title: '{platform} did not complete the connection',
    says: 'You approved it, but {platform} then gave no access.',
    remedy:
      'Check the client id, the secret and the registered redirect address, then begin again from Connections. A code counts for two minutes in Zendesk and five in Klaviyo.',
  },
  not_kept: {
    status: 503,
    title: 'The connection could not be stored',
    says: 'You approved it, but Replyline could not write it down, so it was given back. The log says why.',
    remedy: 'Wait a minute, then begin again from Connections.',
  },
  not_usable: {
    status: 400,
    title: '{platform} cannot be used like this',
    says: 'You approved it, but the access is not enough. It was not kept.',
    remedy: 'Mend what is named, then begin again from Connections.',
  },
}

const PLATFORMS: Readonly<Record<Platform, { name: string; scopes: readonly string[] }>> = {
  zendesk: { name: 'Zendesk', scopes: ZENDESK_SCOPES },
  klaviyo: { name: 'Klaviyo', scopes: KLAVIYO_SCOPES },
}

/** The page and its status. What the platform said is shown as text, cut short. */
export function refusalPage(
  platform: Platform,
  { problem, detail }: Refusal,
): { readonly status: Words['status']; readonly page: PlainPage } {
  const { status, title, says, remedy } = WORDS[problem]
  const { name, scopes } = PLATFORMS[platform]
  const filled = (text: string) =>
    text.replaceAll('{platform}', name).replaceAll('{scopes}', scopes.join(', '))
  const said = detail === null ? [] : [`${name} said: ${detail.slice(0, 400)}`]
  const link = problem === 'signed_out' ? 'Sign in' : 'Open Connections'
  return {
    status,
    page: {
      title: filled(title),
      paragraphs: [filled(says), ...said, filled(remedy)],
      link: { to: '/connections', label: link },
    },
  }
}
