import { ownAddress, type ZendeskAccount } from '../account.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { Brand, Group } from '../entities/account.ts'
import type { Identity, User } from '../entities/people.ts'
import type { Audit, Comment, TicketRecord } from '../entities/tickets.ts'
import { commentMetadata } from '../tickets/comment-record.ts'
import { toSeconds } from './wire.ts'

export type Presenter = ReturnType<typeof createPresenter>

/** How an account's things look in answers; their `url` names the account, whatever host was asked. */
export function createPresenter(account: ZendeskAccount) {
  const api = `${ownAddress(account)}/api/v2`
  return {
    /** Where something of this account is found; `path` starts after `/api/v2/`. */
    urlOf: (path: string) => `${api}/${path}.json`,
    ticket: (record: TicketRecord) => presentTicket(api, record),
    user: (user: User) => presentUser(api, user),
    identity: (identity: Identity) => presentIdentity(api, identity),
    brand: (brand: Brand) => presentBrand(api, brand),
    group: (group: Group) => presentGroup(api, group),
  }
}

function presentTicket(api: string, record: TicketRecord): Record<string, unknown> {
  const { via_followup_source_id: source, ...ticket } = record.ticket
  const { custom_fields } = ticket
  return {
    url: `${api}/tickets/${ticket.id}.json`,
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

function presentUser(api: string, user: User): Record<string, unknown> {
  return {
    url: `${api}/users/${user.id}.json`,
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

function presentIdentity(api: string, identity: Identity): Record<string, unknown> {
  const url = `${api}/users/${identity.user_id}/identities/${identity.id}.json`
  const isEmail = identity.type === 'email'
  const delivery = isEmail ? { undeliverable_count: 0, deliverable_state: 'deliverable' } : {}
  return { url, ...identity, ...delivery }
}

function presentBrand(api: string, brand: Brand): Record<string, unknown> {
  return {
    url: `${api}/brands/${brand.id}.json`,
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

function presentGroup(api: string, group: Group): Record<string, unknown> {
  const { member_ids: _memberIds, ...shown } = group
  const url = `${api}/groups/${group.id}.json`
  return { url, ...shown, deleted: false, is_public: true, updated_at: group.created_at }
}
