import type { TextIntent } from '../klaviyo/consent/keywords.ts'
import type { ReceivedText } from '../klaviyo/texts/traffic.ts'
import { isProblem } from '../zendesk/api/errors.ts'
import type { Status, TicketRecord } from '../zendesk/entities/tickets.ts'
import type { CurrentTickets } from './current-ticket.ts'
import { type Installation, isSynced } from './installation.ts'
import { isKeywordText } from './keyword-rule.ts'
import { type Mark, toMetadata } from './mark.ts'
import { ownActor } from './own-user.ts'
import type { NativeParts } from './parts.ts'
import { findOrMakeRequester } from './requester.ts'

type Heard = ReceivedText & { readonly intent: TextIntent }

const LONGEST_SUBJECT = 80

/**
 * Makes tickets and comments of what customers text, by "How SMS works" and "WhatsApp" of
 * https://help.klaviyo.com/hc/en-us/articles/115005253728. A text without words makes nothing:
 * its image is not shown, and what is shown in its place is not known [?]. Nor is it known what
 * follows when Zendesk refuses a write; here nothing does.
 */
export function createTextsToTickets(parts: NativeParts, current: CurrentTickets) {
  const { zendesk, doubts, installations } = parts

  function onText(heard: Heard): void {
    const { account, text } = heard
    const installation = installations.find(account.id)
    if (installation === null || !isSynced(installation, text.channel)) return
    if (text.body.trim() === '') return

    const record = current.find(talkOf(heard))
    const isWelcome = mayMakeTicket(heard)
    if (record === null) {
      if (isWelcome) openTicket(heard, installation)
    } else if (isWelcome || mayJoin(record)) addComment(heard, record)
  }

  /** Consent is asked for on SMS alone. */
  function mayMakeTicket({ account, profile, text, intent }: Heard): boolean {
    const isConsented = text.channel === 'whatsapp' || profile.consent.sms.status === 'SUBSCRIBED'
    return (
      isConsented && !isKeywordText({ account, body: text.body, intent }, doubts.keywordMatch())
    )
  }

  /** A text that may make no ticket does not reopen one either. */
  function mayJoin({ ticket }: TicketRecord): boolean {
    return doubts.excludedText() === 'comment' && ticket.status !== 'solved'
  }

  function openTicket(heard: Heard, { brand }: Installation): void {
    const { profile, text } = heard
    const requester = findOrMakeRequester(zendesk, profile)
    const subject = doubts.subject() === 'text' ? text.body.slice(0, LONGEST_SUBJECT) : null
    const given = {
      ...(subject === null ? {} : { subject }),
      requester_id: requester.id,
      submitter_id: requester.id,
      brand_id: brand.id,
      tags: [text.channel],
      comment: { body: text.body, public: true },
      metadata: toMetadata(markOf(heard)),
    }
    const made = zendesk.operations.create(given, ownActor(parts))
    if (!isProblem(made)) current.set(talkOf(heard), made.record)
  }

  function addComment(heard: Heard, record: TicketRecord): void {
    const requester = findOrMakeRequester(zendesk, heard.profile)
    const status = statusAfterText(record.ticket.status)
    zendesk.operations.change({
      record,
      patch: status === record.ticket.status ? {} : { status },
      comment: { body: heard.text.body, public: true, author_id: requester.id },
      actor: ownActor(parts),
      metadata: toMetadata(markOf(heard)),
    })
  }

  function statusAfterText(status: Status): Status {
    const isWaiting = status === 'pending' || status === 'hold'
    return status === 'solved' || (isWaiting && doubts.waitingTicket() === 'reopen')
      ? 'open'
      : status
  }

  return onText
}

function talkOf({ profile, text }: Heard) {
  return { profile, channel: text.channel, number: text.to }
}

function markOf({ account, profile, text }: Heard): Mark {
  const { channel, to: number } = text
  return { origin: 'text', account: account.id, profile: profile.id, channel, number }
}
