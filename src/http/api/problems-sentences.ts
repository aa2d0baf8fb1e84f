import { because } from './conversations-sentences.ts'
import { type Ended, stepCause } from './conversations-steps.ts'

type Known = {
  /** The name, or else the number. */
  readonly customer: string | null
  /** Why work was set aside. */
  readonly error: string | null
}

const REFUSED: Readonly<Record<string, (who: string) => string>> = {
  send_text: (who) => `The answer to ${who} was not sent`,
  create_ticket: (who) => `No ticket was made for ${who}`,
  add_comment: (who) => `A text of ${who} is not on the ticket`,
  add_note: (who) => `An internal note about ${who} was not written`,
  ensure_end_user: (who) => `${who} could not be made a user in Zendesk`,
  record_event: (who) => `An event of ${who} was not recorded in Klaviyo`,
}

/** What failed, for whom and why; `ended` is null for work that was set aside. */
export function problemSentence(ended: Ended | null, { customer, error }: Known): string {
  const who = customer ?? 'a customer'
  return capital(`${ended === null ? setAside(who, error) : failed(ended, who)}.`)
}

function setAside(who: string, error: string | null): string {
  return `Work for ${who} failed five times inside Replyline${because(error === '' ? null : error)}`
}

function failed(ended: Ended, who: string): string {
  if (ended.delivery === 'failed')
    return `The answer to ${who} did not reach the phone${because(stepCause(ended))}`
  if (ended.state === 'unknown' && ended.kind === 'send_text')
    return `It is not known whether the answer to ${who} arrived`
  const what = REFUSED[ended.kind]?.(who) ?? `${ended.kind} for ${who} was refused`
  return `${what}${because(stepCause(ended))}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
