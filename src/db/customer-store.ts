import type { BridgeId, CustomerId, ProfileId, ZendeskUserId } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

export type ProfileState = {
  readonly lastConsent: { readonly to: 'given' | 'withdrawn'; readonly at: Instant } | null
  readonly flowMessageAt: Instant | null
}

export async function findZendeskUser(
  tx: Tx,
  customerId: CustomerId,
): Promise<ZendeskUserId | null> {
  const { rows } = await tx.query<{ value: string }>(
    `select value from aliases where customer_id = $1 and kind = 'zendesk_user' limit 1`,
    [customerId],
  )
  return (rows[0]?.value ?? null) as ZendeskUserId | null
}

export async function saveZendeskUser(
  tx: Tx,
  bridgeId: BridgeId,
  customerId: CustomerId,
  userId: ZendeskUserId,
): Promise<void> {
  await tx.query(
    `insert into aliases (bridge_id, kind, value, customer_id) values ($1, 'zendesk_user', $2, $3) on conflict do nothing`,
    [bridgeId, userId, customerId],
  )
}

export async function forgetZendeskUser(
  tx: Tx,
  bridgeId: BridgeId,
  userId: ZendeskUserId,
): Promise<void> {
  await tx.query(
    `delete from aliases where bridge_id = $1 and kind = 'zendesk_user' and value = $2`,
    [bridgeId, userId],
  )
}

/** What intake recorded of a profile: its last consent change, and when a flow last texted it. */
export async function findProfileState(
  tx: Tx,
  bridgeId: BridgeId,
  profileId: ProfileId,
): Promise<ProfileState> {
  const { rows } = await tx.query<{
    consent: 'given' | 'withdrawn' | null
    consent_at: Date | null
    flow_message_at: Date | null
  }>(
    'select consent, consent_at, flow_message_at from profiles where bridge_id = $1 and profile_id = $2',
    [bridgeId, profileId],
  )
  const row = rows[0]
  return {
    lastConsent:
      row?.consent && row.consent_at
        ? { to: row.consent, at: instant(row.consent_at.getTime()) }
        : null,
    flowMessageAt: row?.flow_message_at ? instant(row.flow_message_at.getTime()) : null,
  }
}
