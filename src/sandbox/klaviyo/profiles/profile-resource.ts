import { type Resource, relationship, selfLink, sparse, toApiTime } from '../api/json-api.ts'
import type { Query } from '../api/query.ts'
import { toSubscriptions } from '../consent/consent.ts'
import type { Account, Conversation, Profile } from '../entities.ts'
import { conversationsOf, findConversation } from '../texts/conversations.ts'

type View = {
  readonly account: Account
  readonly origin: string
  readonly query: Query
  readonly now: number
  /** False in the answer to a write and beside an event, which say nothing of them. */
  readonly hasConversations?: boolean
}

/** A profile as the API shows it, with the fields and relationships that the query asks for. */
export function toProfileResource(profile: Profile, view: View): Resource {
  const { account, origin, query, now } = view
  const links = selfLink(origin, 'profiles', profile.id)
  const asksSubscriptions = query.additionalOf('profile').includes('subscriptions')
  const whatsapp = findConversation(account, profile.id, 'whatsapp')
  const conversations = query.include.has('conversations')
    ? conversationsOf(account, profile.id).map(({ id }) => ({ type: 'conversation', id }))
    : undefined

  const resource: Resource = {
    type: 'profile',
    id: profile.id,
    attributes: {
      ...plainAttributes(profile),
      ...(asksSubscriptions ? { subscriptions: toSubscriptions(profile, whatsapp, now) } : {}),
    },
    relationships: {
      lists: relationship(links, 'lists'),
      segments: relationship(links, 'segments'),
      'push-tokens': relationship(links, 'push-tokens'),
      ...(view.hasConversations === false
        ? {}
        : { conversations: relationship(links, 'conversations', conversations) }),
    },
    links,
  }
  const fields = query.fieldsOf('profile')
  return sparse(resource, asksSubscriptions ? fields?.concat('subscriptions') : fields)
}

function plainAttributes(profile: Profile): Record<string, unknown> {
  return {
    email: profile.email,
    phone_number: profile.phoneNumber,
    external_id: profile.externalId,
    ...profile.traits,
    created: toApiTime(profile.createdAt),
    updated: toApiTime(profile.updatedAt),
    last_event_date: toApiTime(profile.lastEventAt),
    location: profile.location,
    properties: profile.properties,
  }
}

export function toConversationResource(conversation: Conversation, origin: string): Resource {
  const links = selfLink(origin, 'conversations', conversation.id)
  const profile = { type: 'profile', id: conversation.profileId }
  return {
    type: 'conversation',
    id: conversation.id,
    attributes: { channel: conversation.channel },
    relationships: { profile: relationship(links, 'profile', profile) },
    links,
  }
}

/** `included` for `include=conversations`. */
export function includedConversations(profiles: readonly Profile[], view: View): Resource[] {
  if (!view.query.include.has('conversations')) return []
  return profiles
    .flatMap((profile) => conversationsOf(view.account, profile.id))
    .map((conversation) => toConversationResource(conversation, view.origin))
    .map((resource) => sparse(resource, view.query.fieldsOf('conversation')))
}
