/**
 * Every conclusion the core can reach, with the sentence an operator reads. `remedy` says what would
 * change it; null where nothing needs to change. `docs/reasons.md` lists the same, held to it by a test.
 */
export const REASONS = {
  // A customer's text
  first_message: { says: 'The customer had no ticket: one was made.', remedy: null },
  ticket_is_active: {
    says: 'The ticket was active: the text was added as a comment.',
    remedy: null,
  },
  reopened_solved_ticket: { says: 'The ticket was solved: the text reopened it.', remedy: null },
  previous_ticket_is_closed: {
    says: 'The ticket was closed, which is final: a new one names it.',
    remedy: null,
  },
  previous_ticket_is_gone: { says: 'The ticket was deleted: a new one was made.', remedy: null },
  consent_unverified: {
    says: 'Klaviyo could not be read for 30 seconds: a ticket was made without checking consent.',
    remedy: 'Check the Klaviyo connection.',
  },
  opted_out_by_request: {
    says: 'The sentence opted its writer out but looks like a request: it is on a ticket, with a note.',
    remedy: null,
  },
  keyword_opt_out: { says: 'The text was an opt-out keyword.', remedy: null },
  keyword_opt_in: { says: 'The text was an opt-in keyword.', remedy: null },
  keyword_subscribe: {
    says: 'The text was a subscribe keyword.',
    remedy: 'Change sms.keywords.subscribe if this word is an ordinary one.',
  },
  keyword_automation: {
    says: 'The text was the keyword of an automation.',
    remedy: 'Change sms.keywords.automation if this word is an ordinary one.',
  },
  keyword_changed_consent: {
    says: "The text changed the customer's consent: it was a keyword.",
    remedy: null,
  },
  keyword_answered_by_flow: {
    says: 'A flow answered the single word at once: it was the keyword of an automation.',
    remedy: null,
  },
  not_subscribed: {
    says: 'The writer is not subscribed to texts, so a reply could not reach them.',
    remedy: 'Subscribe the profile in Klaviyo; later texts will make a ticket.',
  },
  sms_not_enabled: {
    says: 'Text conversations are switched off for this bridge.',
    remedy: 'Set sms.enabled and apply again.',
  },
  // A comment on a ticket
  reply_sent: { says: "The agent's public comment is sent as a text.", remedy: null },
  reply_sent_unverified: {
    says: 'Zendesk could not be asked how the comment came: it is sent as its webhook told it.',
    remedy: null,
  },
  internal_note: { says: 'An internal note never leaves Zendesk.', remedy: null },
  echo: { says: 'Our own write came back.', remedy: null },
  author_is_not_staff: { says: 'The comment was not written by staff.', remedy: null },
  not_our_ticket: { says: 'The ticket is not a text conversation of this bridge.', remedy: null },
  requester_changed: {
    says: 'The requester of the ticket is no longer the person who texted: the agent was told.',
    remedy: 'Set the requester back to the person who texted, or answer in another way.',
  },
  came_by_email: {
    says: 'The comment came by e-mail; such comments are never texted.',
    remedy: 'Answer in the ticket.',
  },
  came_by_chat: {
    says: 'The comment belongs to a chat, which has a channel of its own.',
    remedy: null,
  },
  written_by_rule: {
    says: 'A business rule wrote the comment; such comments are never texted.',
    remedy: null,
  },
  empty_comment: {
    says: 'Nothing was left of the comment as plain text.',
    remedy: 'Write the answer as text; files cannot be texted.',
  },
  reply_too_late: {
    says: 'The reply was written more than 4 hours before it could go out: the agent was told.',
    remedy: 'Write it again if it still holds.',
  },
  no_text_conversation: {
    says: 'No text conversation with this customer could be found: the agent was told.',
    remedy: 'The customer has to write first.',
  },
  // Texts and consent
  settled_a_text: { says: 'Klaviyo reported what became of a text of ours.', remedy: null },
  not_a_text_of_ours: { says: 'A message that this bridge did not send.', remedy: null },
  marketing_message: { says: 'A campaign or flow message.', remedy: null },
  marketing_without_ticket: {
    says: 'A campaign or flow message to a customer without a current ticket: counted, not kept.',
    remedy: null,
  },
  marketing_to_stranger: {
    says: 'A campaign or flow message to somebody who never texted: counted, not kept.',
    remedy: null,
  },
  auto_response: { says: "Klaviyo's own auto-response.", remedy: null },
  told_on_ticket: { says: 'The agent was told on the ticket.', remedy: null },
  told_on_new_ticket: {
    says: "The text's ticket was closed: the agent was told on a new one.",
    remedy: null,
  },
  opt_out_noted: { says: 'The opt-out was noted on the open ticket.', remedy: null },
  no_open_ticket: { says: 'There is no open ticket to tell.', remedy: null },
  consent_recorded: { says: 'The consent was recorded.', remedy: null },
  // Tickets
  opened_recorded: { says: 'An Opened Ticket event was recorded in Klaviyo.', remedy: null },
  resolved_recorded: { says: 'A Resolved Ticket event was recorded in Klaviyo.', remedy: null },
  not_a_resolution: {
    says: 'The ticket did not close; only closing counts as resolved.',
    remedy: null,
  },
  closed_by_merge: { says: 'The ticket was merged into another, which goes on.', remedy: null },
  brand_not_chosen: {
    says: "The ticket's brand is not among the chosen ones.",
    remedy: 'Add the brand to tickets.brands and apply again.',
  },
  requester_unknown: {
    says: 'The requester has neither e-mail nor phone: no Klaviyo profile can be named.',
    remedy: 'Give the requester an e-mail or a phone number in Zendesk.',
  },
  ticket_unreadable: {
    says: 'Zendesk refused to show the ticket, so no event could be recorded.',
    remedy: 'Let the OAuth client read tickets and users; its scopes must hold read.',
  },
  ticket_gone: { says: 'The ticket no longer exists.', remedy: null },
  status_recorded: { says: 'The state of the ticket was recorded.', remedy: null },
  // Anything else
  discarded: {
    says: 'A person discarded it before anything was decided.',
    remedy: 'Replay the event.',
  },
  unsupported: { says: 'A kind of event that this version does not act on.', remedy: null },
  unreadable: {
    says: 'The event lacks something needed; it is kept as it came.',
    remedy: 'Report the field named in the event.',
  },
} as const satisfies Record<string, { readonly says: string; readonly remedy: string | null }>

export type Reason = keyof typeof REASONS
