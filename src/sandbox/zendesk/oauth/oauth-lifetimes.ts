import { oauthError, type Problem } from '../api/errors.ts'
import type { Fields } from '../api/wire.ts'

/** Seconds, as asked or by default. */
export type Lifetimes = { readonly access: number; readonly refresh: number }

/** Clients made since 2026-04-30 cannot have tokens without an end. */
const ACCESS = { name: 'expires_in', shortest: 300, longest: 172_800, default: 1_800 }
const REFRESH = {
  name: 'refresh_token_expires_in',
  shortest: 604_800,
  longest: 7_776_000,
  default: 2_592_000,
}

/** Not kept from one refresh to the next: what is not sent again is the default again. */
export function lifetimesOf(given: Fields): Lifetimes | Problem {
  const access = lifeOf(given, ACCESS)
  if (typeof access !== 'number') return access
  const refresh = lifeOf(given, REFRESH)
  return typeof refresh === 'number' ? { access, refresh } : refresh
}

/** Outside the allowed range Zendesk's answer is not known to us; the sandbox refuses [I]. */
function lifeOf(given: Fields, range: typeof ACCESS): number | Problem {
  const asked = given[range.name]
  if (asked === undefined || asked === null) return range.default
  const seconds = Number(asked)
  if (seconds >= range.shortest && seconds <= range.longest) return Math.floor(seconds)
  const between = `${range.shortest} to ${range.longest}`
  return oauthError('invalid_request', `${range.name} must be ${between} seconds`)
}
