import type { Settings } from '../core/settings.ts'

export type ZendeskDoubts = ReturnType<typeof defineZendeskDoubts>

const ON_OFF = ['on', 'off'] as const

/** What nobody has proven about Zendesk, each as a switch of the sandbox. */
export function defineZendeskDoubts(settings: Settings) {
  return {
    ...defineEvents(settings),
    ...defineDeliveries(settings),
    ...definePeople(settings),
    ...defineAccount(settings),
  }
}

/** What events say. */
function defineEvents(settings: Settings) {
  return {
    createdAlsoSendsCommentAdded: settings.define({
      name: 'ticket_created_also_sends_comment_added',
      values: ON_OFF,
      default: 'on',
      source: 'unproven [?]; ticket-events page lists both types, not their company',
      about: 'whether a new ticket sends ticket.comment_added for its first comment as well',
    }),
    enumCase: settings.define({
      name: 'webhook_enum_case',
      values: ['upper', 'title', 'lower'] as const,
      default: 'upper',
      source: 'second-hand [V2]; older notes show title and lower case',
      about: 'how event bodies spell status, priority and type',
    }),
    tagsAs: settings.define({
      name: 'webhook_tags',
      values: ['array', 'string'] as const,
      default: 'array',
      source: 'second-hand [V2]: both were seen',
      about: 'whether event bodies hold tags as a list or as text with spaces',
    }),
    missingAs: settings.define({
      name: 'webhook_missing_values',
      values: ['null', 'empty'] as const,
      default: 'null',
      source: 'recorded for user events (ids "0", text ""), second-hand for tickets [V2]',
      about: 'how event bodies spell what a ticket does not have',
    }),
  }
}

/** Which deliveries are made. */
function defineDeliveries(settings: Settings) {
  return {
    retriesWithoutRetryAfter: settings.define({
      name: 'webhook_retry_without_retry_after',
      values: ON_OFF,
      default: 'on',
      source: 'from memory [M]: 429 and 503 are retried if Retry-After is under 60 s',
      about: 'whether 429 and 503 without a Retry-After header are retried too',
    }),
    circuitBreaker: settings.define({
      name: 'webhook_circuit_breaker',
      values: ON_OFF,
      default: 'off',
      source:
        'the introduction to webhooks says that there is one [V]; its numbers are second hand [V2]',
      about: 'whether a webhook whose requests mostly fail is left alone for a while',
    }),
    webhookTestAnswer: settings.define({
      name: 'webhook_test_answer',
      values: ['test', 'response'] as const,
      default: 'test',
      source: 'the unofficial document of webhooks says test; response is from memory [M]',
      about: 'what the answer to a test of a webhook is wrapped in',
    }),
    closeByRuleSendsEvent: settings.define({
      name: 'close_by_automation_sends_event',
      values: ON_OFF,
      default: 'on',
      source: 'inferred [I], unproven',
      about: 'whether a close by an automation or after 28 days sends ticket.status_changed',
    }),
    importSendsEvents: settings.define({
      name: 'import_sends_events',
      values: ['off', 'on'] as const,
      default: 'off',
      source:
        'the page on imports says that triggers do not run [V]; of events nothing is said [?]',
      about: 'whether webhooks hear of imported tickets',
    }),
  }
}

/** Tickets, people and who may. */
function definePeople(settings: Settings) {
  return {
    commentShowsCustomMetadata: settings.define({
      name: 'comment_metadata_shows_custom',
      values: ON_OFF,
      default: 'on',
      source: 'shape recorded, contents inferred [I]',
      about: "whether a comment's metadata.custom shows what its write sent as metadata",
    }),
    duplicatePhone: settings.define({
      name: 'duplicate_phone_on_create',
      values: ['shared', 'refused'] as const,
      default: 'shared',
      source: 'inferred [I]: the exact answer was not found',
      about: 'what becomes of a new user whose phone another user has as a direct line',
    }),
    pkceNeedsSecret: settings.define({
      name: 'pkce_needs_secret',
      values: ON_OFF,
      default: 'on',
      source:
        'from memory [M]: the page on PKCE leaves the secret out, for which clients is unclear',
      about: 'whether a confidential client that sends a code verifier must send its secret too',
    }),
    replySla: settings.define({
      name: 'reply_sla',
      values: ['off', 'by_updater', 'by_author'] as const,
      default: 'off',
      source:
        'the page on tickets says that the author is not the updater, for metrics too [V]; by_author is the other reading',
      about:
        "whether the account promises a reply within four hours, and whether a customer's comment that an API user writes starts that time",
    }),
  }
}

/** What differs between accounts, and how long things take. */
function defineAccount(settings: Settings) {
  return {
    plan: settings.define({
      name: 'zendesk_plan',
      values: ['enterprise', 'team', 'professional', 'high_volume', 'trial'] as const,
      default: 'enterprise',
      source: 'https://developer.zendesk.com/api-reference/introduction/rate-limits/ [V]',
      about: 'which limits the account has; trial stands for sandboxes of Zendesk too',
    }),
    automationsRun: settings.define({
      name: 'automations_run',
      values: ['hourly', 'on_request'] as const,
      default: 'hourly',
      source:
        'documented as once an hour (support article 4408832701850); when in the hour is unknown [V]',
      about: "whether automations run by themselves at each full hour of the sandbox's clock",
    }),
    jobTakesMs: settings.define<number>({
      name: 'job_takes_ms',
      values: 'milliseconds',
      default: 1_000,
      source: 'how long jobs take is not documented; the length here is our choice',
      about: 'how long a job is queued and working; the change that it makes is there at once',
    }),
    searchLagMs: settings.define<number>({
      name: 'search_lag_ms',
      values: 'milliseconds',
      default: 3_000,
      source: 'documented as up to a few minutes; the length here is our choice',
      about: 'how long Search does not find a new ticket or user',
    }),
  }
}
