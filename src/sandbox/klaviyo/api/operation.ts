/** One operation of Klaviyo's API: how it is reached, and what it asks and allows. */
export type Operation = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly scopes: readonly string[]
  /** Calls in one second and in one minute, per account. */
  readonly burst: number
  readonly steady: number
  /** Calls in a day, where creating is rationed. */
  readonly daily?: number
  /** Only under a revision that ends in `.pre`. */
  readonly isBeta?: boolean
}

/** Calls in one second, one minute and perhaps one day. https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling */
export type Tier = Pick<Operation, 'burst' | 'steady' | 'daily'>

export const XS = { burst: 1, steady: 15 }
export const S = { burst: 3, steady: 60 }
export const M = { burst: 10, steady: 150 }
export const L = { burst: 75, steady: 750 }
export const XL = { burst: 350, steady: 3500 }

/** An operation that reads. */
export function get(path: string, tier: Tier, ...scopes: readonly string[]): Operation {
  return { method: 'GET', path, scopes, ...tier }
}

/** An operation that writes. */
export function post(path: string, tier: Tier, ...scopes: readonly string[]): Operation {
  return { method: 'POST', path, scopes, ...tier }
}

/** The same, only under a beta revision. */
export function beta(operation: Operation): Operation {
  return { ...operation, isBeta: true }
}
