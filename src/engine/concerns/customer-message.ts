import { type Conversation, isActive } from '../../conversations/conversation.ts'
import type { CustomerFacts, ProfileFacts } from '../../conversations/customer-facts.ts'
import type { CustomerMessageReceived } from '../../conversations/events.ts'
import { couldBeKeyword, keywordReason } from '../../conversations/keywords.ts'
import { keywordHoldUntil, onCustomerMessage } from '../../conversations/on-customer-message.ts'
import { ensureConversation, findConversation } from '../../db/conversation-store.ts'
import { findCustomerState } from '../../db/customer-store.ts'
import { findLaterMessages } from '../../db/event-store.ts'
import type { ConversationKey, WorkItem } from '../../db/records.ts'
import type { ConversationId } from '../../kernel/ids.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import type { Profile } from '../../klaviyo/profile.ts'
import { isNotFound } from '../../klaviyo/refusal.ts'
import type { Wait } from '../retry.ts'
import type { Run } from '../run.ts'
import { parseStored, toCustomerMessage } from '../translate-klaviyo.ts'
import type { Concern } from './concern.ts'
import { gatherWait, isOutOfPatience } from './gather-wait.ts'

/** A customer's text, toward Zendesk. */
export const customerMessage: Concern<CustomerFacts> = {
  async holdUntil({ deps, bridge, item }) {
    const message = messageOf(item)
    if (!couldBeKeyword(message.body)) return null
    const conversation = await findConversation(deps.db, keyOf(item, message))
    const until = keywordHoldUntil(conversation ?? unmade(message), message, bridge.policy)
    if (until === null) return null
    // From whichever came first: an event that names a far future must not hold its lane until then.
    const latest = instant(item.createdAt + bridge.policy.keywordHoldMs)
    return { until: instant(Math.min(until, latest)), because: COULD_BE_KEYWORD }
  },

  async gather(run) {
    const { deps, item } = run
    const message = messageOf(item)
    const conversation = await findConversation(deps.db, keyOf(item, message))
    const { bridgeId } = item
    const { customerId } = item.event
    const state = await findCustomerState(deps.db, bridgeId, customerId, message.profileId)
    const { zendeskUserId } = state
    const isNeeded = zendeskUserId === null || !isActive(conversation?.ticket ?? null)
    const profile = isNeeded ? await readProfile(run, message) : ok({ kind: 'not_needed' } as const)
    if (!profile.ok) return profile
    const { lastConsent, flowMessageAt } = isNeeded
      ? await findCustomerState(deps.db, bridgeId, customerId, message.profileId)
      : state
    const nextKeywordAt = await findNextKeyword(run, message)
    return ok({ profile: profile.value, lastConsent, flowMessageAt, nextKeywordAt, zendeskUserId })
  },

  async decide({ deps, bridge, item }, tx, facts) {
    const message = messageOf(item)
    const { profileId, customerNumber } = message
    const key = keyOf(item, message)
    const fresh = { id: deps.newId(), now: deps.clock.now() }
    const links = { profileId, customerNumber, ...personOf(facts.profile) }
    const conversation = await ensureConversation(tx, key, links, fresh)
    const decision = onCustomerMessage(conversation, message, facts, bridge.policy)
    return { decision, conversationId: conversation.id }
  },
}

const COULD_BE_KEYWORD =
  'the text could be a keyword: waiting for the consent change that would prove it'

export function messageOf(item: WorkItem): CustomerMessageReceived {
  return toCustomerMessage(parseStored(item.event.payload))
}

function keyOf(item: WorkItem, message: CustomerMessageReceived): ConversationKey {
  if (item.event.customerId === null) throw new Error('a customer message without a customer')
  return {
    bridgeId: item.bridgeId,
    customerId: item.event.customerId,
    channel: message.channel,
    brandNumber: message.brandNumber ?? '',
  }
}

function unmade(message: CustomerMessageReceived): Conversation {
  return {
    id: '' as ConversationId,
    channel: message.channel,
    profileId: message.profileId,
    klaviyoConversationId: null,
    ticket: null,
  }
}

/** The first of the customer's later texts that is a keyword as a whole, as far as they have come in. */
async function findNextKeyword(
  { deps, bridge, item }: Run,
  message: CustomerMessageReceived,
): Promise<Instant | null> {
  const { customerId } = item.event
  if (customerId === null || !couldBeKeyword(message.body)) return null
  const payloads = await findLaterMessages(deps.db, customerId, item.eventId)
  const messages = payloads.map((payload) => toCustomerMessage(parseStored(payload)))
  const keyword = messages.find(({ body }) => keywordReason(body, bridge.policy) !== null)
  return keyword?.at ?? null
}

/** Who the customer is, as far as the profile was read: what an operator searches by. */
function personOf(profile: CustomerFacts['profile']) {
  if (profile.kind !== 'known') return {}
  const { firstName, lastName, email } = profile.facts
  const name = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ')
  return { customerName: name === '' ? null : name, customerEmail: email }
}

type ProfileRead = Result<CustomerFacts['profile'], Wait>

async function readProfile(run: Run, message: CustomerMessageReceived): Promise<ProfileRead> {
  const read = await run.bridge.klaviyo.profiles.get(message.profileId)
  if (read.ok) return ok({ kind: 'known', facts: toFacts(read.value) })
  const { problem } = read
  if (isNotFound(problem)) return readByPhone(run, message)
  if (problem.kind === 'refused' || isOutOfPatience(run)) return ok({ kind: 'unverified' })
  return err(gatherWait(run, problem, 'Klaviyo'))
}

/** A merged profile's id is gone; its phone leads to the one that is left. */
async function readByPhone(run: Run, message: CustomerMessageReceived): Promise<ProfileRead> {
  const found = await run.bridge.klaviyo.profiles.findByPhone(message.customerNumber)
  if (found.ok)
    return ok(
      found.value === null
        ? { kind: 'unverified' }
        : { kind: 'known', facts: toFacts(found.value) },
    )
  if (found.problem.kind === 'refused' || isOutOfPatience(run)) return ok({ kind: 'unverified' })
  return err(gatherWait(run, found.problem, 'Klaviyo'))
}

function toFacts(profile: Profile): ProfileFacts {
  return {
    firstName: profile.firstName,
    lastName: profile.lastName,
    email: profile.email,
    consent: profile.smsMarketing?.consent ?? 'NEVER_SUBSCRIBED',
    consentAt: profile.smsMarketing?.consentAt ?? null,
  }
}
