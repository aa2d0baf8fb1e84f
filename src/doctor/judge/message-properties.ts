import { type Instant, toIso } from '../../kernel/instant.ts'
import { MESSAGE_PROPERTIES } from '../../klaviyo/webhook/message-properties.ts'
import { fine, type Judgement, problem, unknown, warning } from './judgement.ts'

/** The names of an inbound event's properties; never their values. */
export type SeenMessage = { readonly at: Instant; readonly names: readonly string[] }

/** Whether the last real text carried what is read of it. Klaviyo documents none of these names for texts. */
export function judgeMessageProperties(message: SeenMessage | null): Judgement {
  if (message === null)
    return unknown(
      'No text has come yet, so the names of its properties are not proven on this account.',
      'Text one of your numbers, then check again.',
    )
  const lacks = (part: keyof typeof MESSAGE_PROPERTIES) =>
    !MESSAGE_PROPERTIES[part].some((name) => message.names.includes(name))
  const came = `The text of ${toIso(message.at)} carried: ${message.names.join(', ') || 'nothing'}.`
  if (lacks('body') || lacks('from'))
    return problem({
      says: `The last text had ${lacks('body') ? 'no words' : 'no sender'} under any name that is read. ${came}`,
      remedy: 'Report these names to Replyline: a version that reads them is needed.',
      without: 'Such texts are kept as unreadable and make no ticket.',
    })
  if (lacks('to'))
    return warning({
      says: `The last text did not name the number that was texted. ${came}`,
      remedy: 'Report these names to Replyline, if one of them could be that number.',
      without: 'Texts become tickets of the default brand; routes do not apply.',
    })
  return fine(`The last text carried all that is read. ${came}`)
}
