import type { BridgeId, CustomerId, ProfileId, ZendeskUserId } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

export type ProfileState = {
  readonly lastConsent: { readonly to: 'given' | 'withdrawn'; readonly at: Instant } | null
  readonly flowMessageAt: Instant | null
}

/** The customer's Zendesk user; two customers, say two phones of one person, may share one. */
export async function findZendeskUser(
  tx: Tx,
  customerId: CustomerId,
): Promise<ZendeskUserId | null> {
  const { rows } = await tx.query<{ zendesk_user_id: ZendeskUserId | null }>(
    'select zendesk_user_id from customers where id = $1',
    [customerId],
  )
  return rows[0]?.zendesk_user_id ?? null
}

export async function saveZendeskUser(
  tx: Tx,
  customerId: CustomerId,
  userId: ZendeskUserId,
): Promise<void> {
  await tx.query('update customers set zendesk_user_id = $2 where id = $1', [customerId, userId])
}

/** Forgets a user that Zendesk no longer has, for every customer it stood for. */
export async function forgetZendeskUser(
  tx: Tx,
  bridgeId: BridgeId,
  userId: ZendeskUserId,
): Promise<void> {
  await tx.query(
    'update customers set zendesk_user_id = null where bridge_id = $1 and zendesk_user_id = $2',
    [bridgeId, userId],
  )
}

/**
 * The customer's Zendesk user, and what intake recorded of a profile: its last consent change, and when a
 * flow last texted it.
 */
export async function findCustomerState(
  tx: Tx,
  bridgeId: BridgeId,
  customerId: CustomerId | null,
  profileId: ProfileId,
): Promise<ProfileState & { readonly zendeskUserId: ZendeskUserId | null }> {
  const { rows } = await tx.query<{
    zendesk_user_id: ZendeskUserId | null
    consent: 'given' | 'withdrawn' | null
    consent_at: Date | null
    flow_message_at: Date | null
  }>(
    `select (select zendesk_user_id from customers where id = $2) as zendesk_user_id, p.consent, p.consent_at, p.flow_message_at
     from (values ($1::uuid, $3::text)) as named (bridge_id, profile_id)
     left join profiles p on p.bridge_id = named.bridge_id and p.profile_id = named.profile_id`,
    [bridgeId, customerId, profileId],
  )
  const row = rows[0]
  return {
    zendeskUserId: row?.zendesk_user_id ?? null,
    lastConsent:
      row?.consent && row.consent_at
        ? { to: row.consent, at: instant(row.consent_at.getTime()) }
        : null,
    flowMessageAt: row?.flow_message_at ? instant(row.flow_message_at.getTime()) : null,
  }
}
