import { z } from 'zod'
import type { ConnectionId } from '../kernel/ids.ts'
import type { Seal } from './seal.ts'
import { credentialsContext } from './sealed-contexts.ts'

/*
 * What a connection is authorised with, one kind for each door. Tokens are not among them: they come
 * of these, and are kept beside them.
 */

const filled = z.string().min(1)

const zendeskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('client_credentials'), clientId: filled, clientSecret: filled }),
  // A public client has no secret.
  z.object({
    kind: z.literal('authorization_code'),
    clientId: filled,
    clientSecret: filled.nullable(),
  }),
])
const klaviyoSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('private_key'), apiKey: filled }),
  z.object({ kind: z.literal('authorization_code'), clientId: filled, clientSecret: filled }),
])

export type ZendeskCredentials = z.infer<typeof zendeskSchema>
export type KlaviyoCredentials = z.infer<typeof klaviyoSchema>

type Sealed = { readonly id: ConnectionId; readonly credentialsSealed: string }

/** Throws when they were sealed with another key, for another connection, or were changed. */
export function openZendeskCredentials(seal: Seal, row: Sealed): ZendeskCredentials {
  return zendeskSchema.parse(open(seal, row))
}

/** Throws as `openZendeskCredentials` does. */
export function openKlaviyoCredentials(seal: Seal, row: Sealed): KlaviyoCredentials {
  return klaviyoSchema.parse(open(seal, row))
}

function open(seal: Seal, row: Sealed): unknown {
  return JSON.parse(seal.open(row.credentialsSealed, credentialsContext(row.id)))
}

export function sealCredentials(
  seal: Seal,
  id: ConnectionId,
  credentials: ZendeskCredentials | KlaviyoCredentials,
): string {
  return seal.seal(JSON.stringify(credentials), credentialsContext(id))
}
