/** A ticket event's body, built from the documented properties, not recorded. */
const detail = {
  actor_id: '8447388090495',
  assignee_id: '8447388090495',
  brand_id: '8447346621310',
  created_at: '2025-01-08T10:12:07Z',
  external_id: null,
  id: '5158',
  is_public: true,
  requester_id: '8447388090494',
  status: 'OPEN',
  subject: 'ticket_subject_example',
  tags: ['sms'],
  updated_at: '2025-01-08T10:12:07Z',
  via: { channel: 'web_service' },
}

/** A delivery's JSON, with parts replaced. */
export function delivery(
  type: string,
  event: unknown = {},
  changes: object = {},
  extra: object = {},
) {
  return {
    account_id: 22129848,
    type: `zen:event-type:${type}`,
    id: '00000000-0000-4000-8000-000000000001',
    subject: 'zen:ticket:5158',
    time: '2025-01-08T10:12:07.672717030Z',
    detail: { ...detail, ...changes },
    event,
    ...extra,
  }
}

/** The comment of a `comment_added` event. */
export const comment = {
  id: '8513131871102',
  body: 'We are investigating',
  is_public: true,
  author: { id: '8447388090495', is_staff: true, name: 'Support Agent' },
}
