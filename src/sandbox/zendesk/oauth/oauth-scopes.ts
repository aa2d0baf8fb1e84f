/** Resources a scope may name. https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/ */
const RESOURCES = [
  'tickets',
  'users',
  'auditlogs',
  'organizations',
  'hc',
  'apps',
  'triggers',
  'automations',
  'targets',
  'webhooks',
  'macros',
  'requests',
  'ticket_views',
  'ticket_attachments',
]

const GLOBAL = ['read', 'write', 'impersonate']

/**
 * The scopes that Zendesk would grant: names that it does not know are dropped without a word.
 * Null, the answer `invalid_scope`: none is left, or one is beyond the client's ceiling.
 */
export function grantScopes(
  asked: string,
  ceiling: readonly string[] | null,
): readonly string[] | null {
  const known = [...new Set(asked.split(/\s+/))].filter(isKnown)
  const isWithin = (scope: string) => ceiling === null || covers(ceiling, scope)
  return known.length > 0 && known.every(isWithin) ? known : null
}

/** Zendesk refuses to register `read` beside `tickets:read`, which it already covers. */
export function complaintAboutScopes(scopes: readonly string[]): string | null {
  const overlapping = scopes.find((scope) =>
    covers(
      scopes.filter((one) => one !== scope),
      scope,
    ),
  )
  return overlapping === undefined ? null : `the scope ${overlapping} overlaps with another`
}

function isKnown(scope: string): boolean {
  const [resource = '', verb] = scope.split(':')
  const isNarrow = RESOURCES.includes(resource) && (verb === 'read' || verb === 'write')
  return GLOBAL.includes(scope) || isNarrow
}

/** That `read` covers `tickets:read` is inferred from the refusal above [I]. */
function covers(wider: readonly string[], scope: string): boolean {
  const [, verb] = scope.split(':')
  return wider.includes(scope) || (verb !== undefined && wider.includes(verb))
}
