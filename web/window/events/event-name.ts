const NAMES: Readonly<Record<string, string>> = {
  customer_message: 'A customer texted',
  comment_added: 'A comment was written on a ticket',
  message_delivered: 'Klaviyo reported a text as delivered',
  message_failed: 'Klaviyo reported that a text did not arrive',
  auto_response_delivered: 'Klaviyo answered by itself',
  consent_given: 'A customer subscribed to texts',
  consent_withdrawn: 'A customer opted out of texts',
  ticket_created: 'A ticket was opened',
  ticket_status_changed: "A ticket's status changed",
  ticket_merged: 'A ticket was merged',
  ticket_deleted: 'A ticket was deleted',
  ticket_changed: 'A ticket was changed',
  text_outcome: 'There was news of a text for its agent',
}

/** What an event's kind is called; a kind that we do not act on keeps its own name. */
export function eventName(kind: string): string {
  return NAMES[kind] ?? `Event ${kind}`
}
