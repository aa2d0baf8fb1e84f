import { z } from 'zod'
import type { KlaviyoConversationId, ProfileId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { optionalInstant, optionalText, relatedIds } from './wire.ts'

/** Marketing consent by text. `method: 'TEXT'` with `methodDetail: 'JOIN'` is the opt-in keyword. */
export type SmsMarketing = {
  readonly consent: 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NEVER_SUBSCRIBED'
  readonly canReceive: boolean
  readonly method: string | null
  readonly methodDetail: string | null
  readonly consentAt: Instant | null
}

/** Klaviyo's conversation with a profile, one per channel: where a reply is addressed to. */
export type KlaviyoConversation = {
  readonly id: KlaviyoConversationId
  /** `sms`, `whatsapp`, `instagram`, or a later one. */
  readonly channel: string
}

/** A person in Klaviyo. */
export type Profile = {
  readonly id: ProfileId
  readonly email: string | null
  readonly phoneNumber: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  /** Null when Klaviyo says nothing, or a word we do not know: treat as no consent. */
  readonly smsMarketing: SmsMarketing | null
  /** Empty for one who never wrote in. */
  readonly conversations: readonly KlaviyoConversation[]
}

const smsMarketing = z
  .looseObject({
    sms: z.looseObject({
      marketing: z.looseObject({
        consent: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NEVER_SUBSCRIBED']),
        can_receive_sms_marketing: z.boolean().catch(false),
        method: optionalText,
        method_detail: optionalText,
        consent_timestamp: optionalInstant,
      }),
    }),
  })
  .transform(
    ({ sms: { marketing } }): SmsMarketing => ({
      consent: marketing.consent,
      canReceive: marketing.can_receive_sms_marketing,
      method: marketing.method,
      methodDetail: marketing.method_detail,
      consentAt: marketing.consent_timestamp,
    }),
  )
  .nullable()
  .catch(null)

/** A profile resource. https://developers.klaviyo.com/en/reference/get_profile */
export const profileResource = z.looseObject({
  id: z.string().min(1),
  attributes: z.looseObject({
    email: optionalText,
    phone_number: optionalText,
    first_name: optionalText,
    last_name: optionalText,
    subscriptions: smsMarketing,
  }),
  relationships: z.looseObject({ conversations: relatedIds }).catch({ conversations: [] }),
})

const conversationResource = z.looseObject({
  type: z.literal('conversation'),
  id: z.string().min(1),
  attributes: z.looseObject({ channel: z.string() }),
})

/** What came beside the profiles; resources of other types are left out. */
export const includedConversations = z
  .array(z.unknown())
  .transform((resources): readonly KlaviyoConversation[] =>
    resources
      .map((resource) => conversationResource.safeParse(resource))
      .flatMap(({ data }) =>
        data === undefined
          ? []
          : [{ id: data.id as KlaviyoConversationId, channel: data.attributes.channel }],
      ),
  )
  .catch([])

/**
 * Joins a profile with its conversations. An answer about one profile includes only its own, so
 * all of them count when the relationship itself is left out.
 */
export function toProfile(
  resource: z.output<typeof profileResource>,
  included: readonly KlaviyoConversation[],
): Profile {
  const { attributes } = resource
  const own = new Set<string>(resource.relationships.conversations)
  return {
    id: resource.id as ProfileId,
    email: attributes.email,
    phoneNumber: attributes.phone_number,
    firstName: attributes.first_name,
    lastName: attributes.last_name,
    smsMarketing: attributes.subscriptions,
    conversations: included.filter(({ id }) => own.size === 0 || own.has(id)),
  }
}
