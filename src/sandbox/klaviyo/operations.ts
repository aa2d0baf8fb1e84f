/** One operation of Klaviyo's API: how it is reached, and what it asks and allows. */
export type Operation = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly scopes: readonly string[]
  /** Calls in one second and in one minute, per account. */
  readonly burst: number
  readonly steady: number
}

const XS = { burst: 1, steady: 15 }
const S = { burst: 3, steady: 60 }
const M = { burst: 10, steady: 150 }
const L = { burst: 75, steady: 750 }
const XL = { burst: 350, steady: 3500 }

function get(path: string, tier: typeof XS, ...scopes: readonly string[]): Operation {
  return { method: 'GET', path, scopes, ...tier }
}

function post(path: string, tier: typeof XS, ...scopes: readonly string[]): Operation {
  return { method: 'POST', path, scopes, ...tier }
}

const CONVERSATIONS = ['conversations:read', 'profiles:read'] as const

/**
 * By operation id, with scopes and limits as `x-klaviyo-scopes` and `x-klaviyo-ratelimit` give
 * them in revision 2026-07-15. https://github.com/klaviyo/openapi
 */
export const OPERATIONS = {
  get_accounts: get('/api/accounts', XS, 'accounts:read'),
  get_account: get('/api/accounts/:id', XS, 'accounts:read'),

  get_metrics: get('/api/metrics', M, 'metrics:read'),
  get_metric: get('/api/metrics/:id', M, 'metrics:read'),
  get_properties_for_metric: get('/api/metrics/:id/metric-properties', XS, 'metrics:read'),

  get_profiles: get('/api/profiles', L, 'profiles:read'),
  create_profile: post('/api/profiles', L, 'profiles:write'),
  get_profile: get('/api/profiles/:id', L, 'profiles:read'),
  update_profile: { ...post('/api/profiles/:id', L, 'profiles:write'), method: 'PATCH' },
  create_or_update_profile: post('/api/profile-import', L, 'profiles:write'),

  get_conversations_for_profile: get('/api/profiles/:id/conversations', S, ...CONVERSATIONS),
  get_conversation_ids_for_profile: get(
    '/api/profiles/:id/relationships/conversations',
    S,
    ...CONVERSATIONS,
  ),
  create_conversation_message: post('/api/conversation-messages', S, 'conversations:write'),

  get_events: get('/api/events', XL, 'events:read'),
  create_event: post('/api/events', XL, 'events:write'),
  get_event: get('/api/events/:id', M, 'events:read'),
  bulk_create_events: post('/api/event-bulk-create-jobs', M, 'events:write'),

  get_webhooks: get('/api/webhooks', XS, 'webhooks:read'),
  create_webhook: post('/api/webhooks', XS, 'webhooks:write'),
  get_webhook: get('/api/webhooks/:id', XS, 'webhooks:read'),
  update_webhook: { ...post('/api/webhooks/:id', XS, 'webhooks:write'), method: 'PATCH' },
  delete_webhook: { ...get('/api/webhooks/:id', XS, 'webhooks:write'), method: 'DELETE' },
  get_webhook_topics: get('/api/webhook-topics', XS, 'webhooks:read'),
  get_webhook_topic: get('/api/webhook-topics/:id', XS, 'webhooks:read'),
} as const satisfies Record<string, Operation>

export type OperationId = keyof typeof OPERATIONS

/** Every scope that an operation above asks for. */
export const ALL_SCOPES: ReadonlySet<string> = new Set(
  Object.values<Operation>(OPERATIONS).flatMap(({ scopes }) => scopes),
)
