/** As named by `x-klaviyo-scopes` in revision 2026-07-15, and by its beta. https://github.com/klaviyo/openapi */
const RESOURCES = [
  'accounts',
  'agents',
  'campaigns',
  'catalogs',
  'conversations',
  'coupon-codes',
  'coupons',
  'custom-objects',
  'data-privacy',
  'events',
  'flows',
  'forms',
  'images',
  'lists',
  'metrics',
  'profiles',
  'push-tokens',
  'reviews',
  'segments',
  'sender-config',
  'subscriptions',
  'tags',
  'templates',
  'tracking-settings',
  'web-feeds',
  'webhooks',
]

/**
 * The scopes that would be granted: all that were asked for. Null for a name that Klaviyo does not
 * have, one that the app did not register, or none at all [I].
 */
export function grantScopes(
  asked: string,
  registered: readonly string[] | null,
): readonly string[] | null {
  const scopes = [...new Set(asked.split(/\s+/))].filter((scope) => scope !== '')
  const isFine = (scope: string) => isKnown(scope) && (registered?.includes(scope) ?? true)
  return scopes.length > 0 && scopes.every(isFine) ? scopes : null
}

function isKnown(scope: string): boolean {
  const [resource = '', verb] = scope.split(':')
  return RESOURCES.includes(resource) && (verb === 'read' || verb === 'write')
}
