import { type Conversation, isActive } from '../../conversations/conversation.ts'
import type { CustomerFacts, ProfileFacts } from '../../conversations/customer-facts.ts'
import type { CustomerMessageReceived } from '../../conversations/events.ts'
import { keywordHoldUntil, onCustomerMessage } from '../../conversations/on-customer-message.ts'
import {
  ensureConversation,
  findConversation,
  lockConversation,
} from '../../db/conversation-store.ts'
import { findProfileState, findZendeskUser } from '../../db/customer-store.ts'
import type { ConversationKey, WorkItem } from '../../db/records.ts'
import type { ConversationId } from '../../kernel/ids.ts'
import { SECOND } from '../../kernel/instant.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import type { Profile } from '../../klaviyo/profile.ts'
import { isNotFound } from '../../klaviyo/refusal.ts'
import type { BridgeContext } from '../bridge-context.ts'
import type { EngineDeps } from '../engine-deps.ts'
import { backoffMs, type Wait, waitAfter } from '../retry.ts'
import { parseStored, toCustomerMessage } from '../translate-klaviyo.ts'
import type { Concern } from './concern.ts'

/** How long a text may wait for Klaviyo to be readable before it goes on with the event alone. */
const PATIENCE_MS = 30 * SECOND

/** A customer's text, toward Zendesk. */
export const customerMessage: Concern<CustomerFacts> = {
  async holdUntil(deps, bridge, item) {
    const message = messageOf(item)
    const conversation = await findConversation(deps.db, keyOf(item, message))
    const until = keywordHoldUntil(conversation ?? unmade(message), message, bridge.policy)
    return until === null
      ? null
      : {
          until,
          because:
            'the text could be a keyword: waiting for the consent change that would prove it',
        }
  },

  async gather(deps, bridge, item) {
    const message = messageOf(item)
    const conversation = await findConversation(deps.db, keyOf(item, message))
    const zendeskUserId =
      item.event.customerId === null ? null : await findZendeskUser(deps.db, item.event.customerId)
    const isNeeded = zendeskUserId === null || !isActive(conversation?.ticket ?? null)
    const profile = isNeeded
      ? await readProfile(deps, bridge, item, message)
      : ok({ kind: 'not_needed' } as const)
    if (!profile.ok) return profile
    const state = await findProfileState(deps.db, item.bridgeId, message.profileId)
    return ok({ profile: profile.value, ...state, zendeskUserId })
  },

  async decide(deps, tx, bridge, item, facts) {
    const message = messageOf(item)
    const made = await ensureConversation(
      tx,
      keyOf(item, message),
      { profileId: message.profileId, customerNumber: message.customerNumber },
      deps.newId(),
      deps.clock.now(),
    )
    const conversation = await lockConversation(tx, made.id)
    return {
      decision: onCustomerMessage(conversation, message, facts, bridge.policy),
      conversationId: conversation.id,
    }
  },
}

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

async function readProfile(
  deps: EngineDeps,
  bridge: BridgeContext,
  item: WorkItem,
  message: CustomerMessageReceived,
): Promise<Result<CustomerFacts['profile'], Wait>> {
  const read = await bridge.klaviyo.profiles.get(message.profileId)
  if (read.ok) return ok({ kind: 'known', facts: toFacts(read.value) })
  const { problem } = read
  if (isNotFound(problem)) return readByPhone(bridge, message)
  const waitedMs = deps.clock.now() - item.createdAt
  if (problem.kind === 'refused' || waitedMs > PATIENCE_MS + bridge.policy.keywordHoldMs)
    return ok({ kind: 'unverified' })
  return err(waitAfter(problem, 'Klaviyo', Math.floor(waitedMs / (5 * SECOND)), deps.jitter()))
}

/** A merged profile's id is gone; its phone leads to the one that is left. */
async function readByPhone(
  bridge: BridgeContext,
  message: CustomerMessageReceived,
): Promise<Result<CustomerFacts['profile'], Wait>> {
  const found = await bridge.klaviyo.profiles.findByPhone(message.customerNumber)
  if (found.ok)
    return ok(
      found.value === null
        ? { kind: 'unverified' }
        : { kind: 'known', facts: toFacts(found.value) },
    )
  return found.problem.kind === 'refused'
    ? ok({ kind: 'unverified' })
    : err({
        waitMs: backoffMs(1, 0),
        because: `Klaviyo did not say who wrote: ${found.problem.detail}`,
      })
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
