import { beta, get, L, M, type Operation, post, S, XL, XS } from './operation.ts'

const AGENT = '/api/customer-agent-conversations'
const EVENT = '/api/events/:id'
const LIST_MEMBERS = '/api/lists/:id/relationships/profiles'
const CONSENT = ['lists:write', 'profiles:write', 'subscriptions:write'] as const
const CONVERSATIONS = ['conversations:read', 'profiles:read'] as const

/** Of lists and segments: what starts flows of them, and their tags. */
const GROUP_RELATIONS = {
  get_tags_for_list: get('/api/lists/:id/tags', S, 'lists:read', 'tags:read'),
  get_tag_ids_for_list: get('/api/lists/:id/relationships/tags', S, 'lists:read', 'tags:read'),
  get_flows_triggered_by_list: get('/api/lists/:id/flow-triggers', S, 'flows:read', 'lists:read'),
  get_ids_for_flows_triggered_by_list: get(
    '/api/lists/:id/relationships/flow-triggers',
    S,
    'flows:read',
    'lists:read',
  ),
  get_tags_for_segment: get('/api/segments/:id/tags', S, 'segments:read', 'tags:read'),
  get_tag_ids_for_segment: get(
    '/api/segments/:id/relationships/tags',
    S,
    'segments:read',
    'tags:read',
  ),
  get_flows_triggered_by_segment: get(
    '/api/segments/:id/flow-triggers',
    S,
    'flows:read',
    'segments:read',
  ),
  get_ids_for_flows_triggered_by_segment: get(
    '/api/segments/:id/relationships/flow-triggers',
    S,
    'flows:read',
    'segments:read',
  ),
} as const satisfies Record<string, Operation>

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

  merge_profiles: post('/api/profile-merge', M, 'profiles:write'),
  bulk_subscribe_profiles: post('/api/profile-subscription-bulk-create-jobs', L, ...CONSENT),
  bulk_unsubscribe_profiles: post('/api/profile-subscription-bulk-delete-jobs', L, ...CONSENT),

  get_conversation_for_profile: get('/api/profiles/:id/conversation', S, ...CONVERSATIONS),
  get_conversation_id_for_profile: get(
    '/api/profiles/:id/relationships/conversation',
    S,
    ...CONVERSATIONS,
  ),
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
  get_metric_for_event: get('/api/events/:id/metric', XL, 'events:read', 'metrics:read'),
  get_metric_id_for_event: get(`${EVENT}/relationships/metric`, XL, 'events:read', 'metrics:read'),
  get_profile_for_event: get('/api/events/:id/profile', XL, 'events:read', 'profiles:read'),
  get_profile_id_for_event: get(
    `${EVENT}/relationships/profile`,
    XL,
    'events:read',
    'profiles:read',
  ),
  bulk_create_events: post('/api/event-bulk-create-jobs', M, 'events:write'),

  query_metric_aggregates: post('/api/metric-aggregates', S, 'metrics:read'),

  get_segments: get('/api/segments', L, 'segments:read'),
  create_segment: post('/api/segments', { ...XS, daily: 100 }, 'segments:write'),
  get_segment: get('/api/segments/:id', L, 'segments:read'),
  update_segment: {
    ...post('/api/segments/:id', { ...XS, daily: 100 }, 'segments:write'),
    method: 'PATCH',
  },
  delete_segment: { ...get('/api/segments/:id', S, 'segments:write'), method: 'DELETE' },
  get_profiles_for_segment: get('/api/segments/:id/profiles', L, 'profiles:read', 'segments:read'),
  get_profile_ids_for_segment: get(
    '/api/segments/:id/relationships/profiles',
    L,
    'profiles:read',
    'segments:read',
  ),
  get_segments_for_profile: get('/api/profiles/:id/segments', S, 'profiles:read', 'segments:read'),
  get_segment_ids_for_profile: get(
    '/api/profiles/:id/relationships/segments',
    S,
    'profiles:read',
    'segments:read',
  ),

  get_lists: get('/api/lists', L, 'lists:read'),
  create_list: post('/api/lists', { ...M, daily: 150 }, 'lists:write'),
  get_list: get('/api/lists/:id', L, 'lists:read'),
  update_list: { ...post('/api/lists/:id', M, 'lists:write'), method: 'PATCH' },
  delete_list: { ...get('/api/lists/:id', M, 'lists:write'), method: 'DELETE' },
  get_profiles_for_list: get('/api/lists/:id/profiles', L, 'lists:read', 'profiles:read'),
  get_profile_ids_for_list: get(LIST_MEMBERS, L, 'lists:read', 'profiles:read'),
  add_profiles_to_list: post(LIST_MEMBERS, M, 'lists:write', 'profiles:write'),
  remove_profiles_from_list: {
    ...post(LIST_MEMBERS, M, 'lists:write', 'profiles:write'),
    method: 'DELETE',
  },
  get_lists_for_profile: get('/api/profiles/:id/lists', S, 'lists:read', 'profiles:read'),
  get_list_ids_for_profile: get(
    '/api/profiles/:id/relationships/lists',
    S,
    'lists:read',
    'profiles:read',
  ),

  ...GROUP_RELATIONS,

  get_flows: get('/api/flows', S, 'flows:read'),
  create_flow: post('/api/flows', { ...XS, daily: 100 }, 'flows:write'),
  get_flow: get('/api/flows/:id', S, 'flows:read'),
  update_flow: { ...post('/api/flows/:id', S, 'flows:write'), method: 'PATCH' },
  delete_flow: { ...get('/api/flows/:id', S, 'flows:write'), method: 'DELETE' },
  get_actions_for_flow: get('/api/flows/:id/flow-actions', S, 'flows:read'),
  get_action_ids_for_flow: get('/api/flows/:id/relationships/flow-actions', S, 'flows:read'),
  get_flow_action: get('/api/flow-actions/:id', S, 'flows:read'),
  get_flows_triggered_by_metric: get(
    '/api/metrics/:id/flow-triggers',
    M,
    'flows:read',
    'metrics:read',
  ),
  get_ids_for_flows_triggered_by_metric: get(
    '/api/metrics/:id/relationships/flow-triggers',
    M,
    'flows:read',
    'metrics:read',
  ),

  list_customer_agent_conversations_beta: beta(get(AGENT, S, 'agents:read')),
  retrieve_customer_agent_conversation_beta: beta(get(`${AGENT}/:id`, S, 'agents:read')),
  update_customer_agent_conversation_beta: {
    ...beta(post(`${AGENT}/:id`, S, 'agents:write')),
    method: 'PATCH',
  },
  get_agent_messages_for_customer_agent_conversation_beta: beta(
    get(`${AGENT}/:id/customer-agent-messages`, S, 'agents:read'),
  ),
  get_agent_message_ids_for_customer_agent_conversation_beta: beta(
    get(`${AGENT}/:id/relationships/customer-agent-messages`, S, 'agents:read'),
  ),
  create_customer_agent_response_beta: beta(
    post('/api/customer-agent-responses', M, 'agents:write'),
  ),
  get_customer_agent_beta: beta(get('/api/customer-agents/:id', M, 'agents:read')),
  update_customer_agent_beta: {
    ...beta(post('/api/customer-agents/:id', M, 'agents:write')),
    method: 'PATCH',
  },
  get_text_messaging_senders_beta: beta(
    get('/api/text-messaging-senders', M, 'sender-config:read'),
  ),
  get_text_messaging_sender_beta: beta(
    get('/api/text-messaging-senders/:id', M, 'sender-config:read'),
  ),

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
