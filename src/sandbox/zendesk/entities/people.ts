import type { Role } from './account.ts'

/** Who there is, and by what they get in, as on the wire: snake_case, numeric ids, times without milliseconds. */

export type User = {
  id: number
  name: string
  email: string | null
  phone: string | null
  shared_phone_number: boolean | null
  role: Role
  external_id: string | null
  verified: boolean
  active: boolean
  suspended: boolean
  tags: string[]
  notes: string
  details: string
  locale: string
  time_zone: string
  organization_id: number | null
  default_group_id: number | null
  user_fields: Record<string, unknown>
  created_at: string
  updated_at: string
}

export type Identity = {
  id: number
  user_id: number
  type: 'email' | 'phone_number'
  value: string
  verified: boolean
  primary: boolean
  created_at: string
  updated_at: string
}

export type OauthToken = {
  id: number
  token: string
  user_id: number
  scopes: string[]
  created_at: string
  /** Sandbox milliseconds; null never expires. */
  expiresAt: number | null
  /** Null: seeded for scripts, not given to an OAuth client. */
  clientId: number | null
  /** Null for `client_credentials`. */
  refresh: { readonly token: string; readonly expiresAt: number } | null
}

/** A secret of the account that lets any of its staff be named. Nobody can make new ones. */
export type ApiToken = {
  readonly id: number
  readonly token: string
  /** Sandbox milliseconds. */
  lastUsedAt: number
}
