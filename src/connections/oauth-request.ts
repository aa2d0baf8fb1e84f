import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Platform } from '../db/records.ts'
import type { Seal } from './seal.ts'
import { flowContext } from './sealed-contexts.ts'

const shared = { clientId: z.string(), verifier: z.string() }
const schema = z.discriminatedUnion('platform', [
  z.object({
    ...shared,
    platform: z.literal('zendesk'),
    baseUrl: z.string(),
    clientSecret: z.string().nullable(),
  }),
  z.object({ ...shared, platform: z.literal('klaviyo'), clientSecret: z.string() }),
])

/** What the server must remember of a way to a consent page, and nobody else may know. */
export type OauthRequest = z.infer<typeof schema>

/** States are kept as hashes: whoever reads the database can use none. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('hex')
}

/** One address for each platform, so that an answer of one can't be passed off as the other's (RFC 9700, 4.4). */
export function redirectUri(publicUrl: string, platform: Platform): string {
  return `${publicUrl}/oauth/${platform}/callback`
}

export function sealRequest(seal: Seal, stateHash: string, request: OauthRequest): string {
  return seal.seal(JSON.stringify(request), flowContext(stateHash))
}

/** Throws when it was sealed for another state or with another key. */
export function openRequest(
  seal: Seal,
  row: { readonly stateHash: string; readonly requestSealed: string },
): OauthRequest {
  return schema.parse(JSON.parse(seal.open(row.requestSealed, flowContext(row.stateHash))))
}
