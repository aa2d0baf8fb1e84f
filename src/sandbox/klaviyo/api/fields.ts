type Fields = {
  /** What `fields[type]` may name, without what stands after a dot. */
  readonly plain: readonly string[]
  /** What `additional-fields[type]` may name; `fields[type]` may then name it too. */
  readonly additional?: readonly string[]
}

const TIMES = ['created', 'updated']

/**
 * Sparse fields by resource type, as revision 2026-07-15 lists them.
 * https://developers.klaviyo.com/en/reference/api_overview#sparse-fieldsets
 */
export const FIELDS: Readonly<Record<string, Fields>> = {
  account: {
    plain: [
      'contact_information',
      'industry',
      'locale',
      'preferred_currency',
      'public_api_key',
      'test_account',
      'timezone',
    ],
  },
  attribution: { plain: [] },
  conversation: { plain: ['channel'] },
  'customer-agent': {
    plain: ['communication_styles', 'escalation_rules', 'name', 'tone_of_voice'],
  },
  'customer-agent-response': { plain: ['conversation_id', 'events'] },
  'customer-agent-conversation': { plain: ['created_at', 'status', 'updated_at'] },
  'customer-agent-message': { plain: ['content', 'created_at', 'role', 'updated_at'] },
  event: { plain: ['datetime', 'event_properties', 'timestamp', 'uuid'] },
  flow: {
    plain: [...TIMES, 'archived', 'name', 'status', 'trigger_type'],
    additional: ['definition'],
  },
  'flow-action': { plain: [...TIMES, 'definition'] },
  'flow-message': { plain: [...TIMES, 'channel', 'definition'] },
  list: { plain: [...TIMES, 'name', 'opt_in_process'], additional: ['profile_count'] },
  metric: { plain: [...TIMES, 'integration', 'name'] },
  'metric-aggregate': { plain: ['data', 'dates'] },
  'metric-property': {
    plain: ['inferred_type', 'label', 'property'],
    additional: ['sample_values'],
  },
  profile: {
    plain: [
      ...TIMES,
      'email',
      'external_id',
      'first_name',
      'image',
      'joined_group_at',
      'last_event_date',
      'last_name',
      'locale',
      'location',
      'organization',
      'phone_number',
      'properties',
      'title',
    ],
    additional: ['predictive_analytics', 'subscriptions'],
  },
  'push-token': {
    plain: [
      'background',
      'created',
      'enablement_status',
      'metadata',
      'platform',
      'recorded_date',
      'token',
      'vendor',
    ],
  },
  segment: {
    plain: [...TIMES, 'definition', 'is_active', 'is_processing', 'is_starred', 'name'],
    additional: ['profile_count'],
  },
  tag: { plain: ['name'] },
  'text-messaging-sender': {
    plain: [
      'created_at',
      'forwarding_number',
      'sender_details',
      'sender_identifier',
      'sender_type',
      'status',
    ],
  },
  'text-messaging-sender-registration': {
    plain: ['created_at', 'decided_at', 'failures', 'status', 'submitted_at', 'updated_at'],
  },
  webhook: {
    plain: ['created_at', 'description', 'enabled', 'endpoint_url', 'name', 'updated_at'],
  },
  'webhook-topic': { plain: [] },
}

type Complaint = { readonly detail: string; readonly source: { readonly parameter: string } }

/** What `fields[…]` and `additional-fields[…]` name and the type does not have. The wording is ours [I]. */
export function complaintsAboutFields(parameters: URLSearchParams): readonly Complaint[] {
  return [...parameters].flatMap(([parameter, value]) => {
    const [, prefix, type = ''] = /^(additional-)?fields\[(.*)\]$/.exec(parameter) ?? []
    if (!/^(additional-)?fields\[/.test(parameter)) return []
    const { plain, additional = [] } = FIELDS[type] ?? { plain: [] }
    const known = prefix === undefined ? ['id', ...plain, ...additional] : additional
    return value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => !known.includes(name.split('.')[0] ?? ''))
      .map((name) => ({
        detail: `'${name}' is not a valid field for the resource '${type}'.`,
        source: { parameter },
      }))
  })
}
