import { commentMetadata } from './comment-record.ts'
import type { ZendeskDoubts } from './doubts.ts'
import type { Audit, Brand, Comment, Group, Identity, TicketRecord, User } from './entities.ts'
import { toSeconds } from './wire.ts'

/** The account's own address, which Zendesk prints whatever host was asked. */
const API = 'https://nordlys.zendesk.com/api/v2'

export function presentTicket(record: TicketRecord): Record<string, unknown> {
  const { via_followup_source_id: source, ...ticket } = record.ticket
  const { custom_fields } = ticket
  return {
    url: `${API}/tickets/${ticket.id}.json`,
    ...ticket,
    ...(source === null ? {} : { via_followup_source_id: source }),
    status: record.deletedAt === null ? ticket.status : 'deleted',
    raw_subject: ticket.subject,
    recipient: null,
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    due_at: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    sharing_agreement_ids: [],
    fields: custom_fields,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
    generated_timestamp: toSeconds(record.generatedAt),
    satisfaction_rating: ticket.satisfaction_rating ?? { score: 'unoffered' },
  }
}

export function presentComment(comment: Comment, doubts: ZendeskDoubts): Record<string, unknown> {
  return { ...comment, metadata: commentMetadata(comment, doubts) }
}

export function presentAudit(audit: Audit): Record<string, unknown> {
  return { ...audit }
}

export function presentUser(user: User): Record<string, unknown> {
  return {
    url: `${API}/users/${user.id}.json`,
    ...user,
    iana_time_zone: 'Europe/Stockholm',
    alias: null,
    signature: null,
    photo: null,
    moderator: user.role !== 'end-user',
    ticket_restriction: user.role === 'end-user' ? 'requested' : null,
    only_private_comments: false,
    restricted_agent: user.role === 'end-user',
    shared: false,
    shared_agent: false,
    last_login_at: null,
  }
}

export function presentIdentity(identity: Identity): Record<string, unknown> {
  const url = `${API}/users/${identity.user_id}/identities/${identity.id}.json`
  const isEmail = identity.type === 'email'
  const delivery = isEmail ? { undeliverable_count: 0, deliverable_state: 'deliverable' } : {}
  return { url, ...identity, ...delivery }
}

export function presentBrand(brand: Brand): Record<string, unknown> {
  return {
    url: `${API}/brands/${brand.id}.json`,
    ...brand,
    brand_url: `https://${brand.subdomain}.zendesk.com`,
    host_mapping: null,
    has_help_center: true,
    help_center_state: 'enabled',
    is_deleted: false,
    logo: null,
    ticket_form_ids: [],
    signature_template: '{{agent.signature}}',
    updated_at: brand.created_at,
  }
}

export function presentGroup(group: Group): Record<string, unknown> {
  const { member_ids: _memberIds, ...shown } = group
  const url = `${API}/groups/${group.id}.json`
  return { url, ...shown, deleted: false, is_public: true, updated_at: group.created_at }
}
