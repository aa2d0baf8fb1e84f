import type { SpecException } from '../support/openapi.ts'

/** Paging members, by cursor and by offset. */
const PAGING = 'meta|links|next_page|previous_page|count'

/**
 * Where Zendesk's documents (of June 2025; of webhooks an unofficial one) say something else than
 * what Zendesk does. [V] is a page, a specification or recorded traffic, [V2] second hand, [I]
 * inferred, [M] from memory.
 */
export const ZENDESK_EXCEPTIONS: readonly SpecException[] = [
  {
    operation: '*',
    problem: /^status (400|401|403|404|409|422|429) is undeclared$/,
    fact: 'The documents name hardly any refusal. What Zendesk refuses with is tested by itself.',
    source: '[V2] live probes and recorded refusals, docs/platforms/zendesk.md',
  },
  {
    operation: '*',
    problem: new RegExp(`^response body / has (${PAGING}), undeclared$`),
    fact: 'Lists carry what their way of paging needs; most operations leave one of the two ways out.',
    source: '[V] https://developer.zendesk.com/api-reference/introduction/pagination/',
  },
  {
    operation: '*',
    problem: /\/tickets?(\/\d+)? has fields, undeclared$/,
    fact: 'Tickets show their custom fields twice, the second time as fields.',
    source: '[V] recorded tickets',
  },
  {
    operation: '*',
    problem: /^response body \/ has (users|groups|brands|organizations), undeclared$/,
    fact: 'Side-loads stand beside what was asked for.',
    source:
      '[V] https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/',
  },
  {
    operation: '*',
    problem: /^query parameter (page\[(size|after|before)\]|per_page|page) is undeclared$/,
    fact: 'Lists page by cursor or by offset; the document leaves the parameters out of most.',
    source: '[V] https://developer.zendesk.com/api-reference/introduction/pagination/',
  },
  {
    operation: '*',
    problem: /^query parameter include is undeclared$/,
    fact: 'Side-loads are asked for by include, which the document leaves out.',
    source:
      '[V] https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/',
  },
  {
    operation: 'GET /api/v2/tickets/{ticket_id}/comments',
    problem: /^query parameter sort is undeclared$/,
    fact: 'Comments sort by created_at in cursor paging.',
    source:
      '[V] https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/#list-comments',
  },
  {
    operation: '*',
    problem: /^request body \/ticket has metadata, undeclared$/,
    fact: 'A write may carry metadata, which its audit keeps; the document names it in its ticket only.',
    source:
      '[V] https://developer.zendesk.com/documentation/ticketing/managing-tickets/creating-and-updating-tickets/#setting-metadata',
  },
  {
    operation: 'GET /api/v2/users/me',
    problem: /^header authorization is missing$|^response body \/user\/(id|url) must be/,
    fact: 'Without a credential the answer is 200 and nobody; the doctor knocks so.',
    source: '[V2] a live probe; the page says "Allowed for anonymous"',
  },
  {
    operation: 'POST /api/v2/tickets',
    problem: /^response body \/ has audit, undeclared$/,
    fact: 'Creating answers the audit too, as updating does.',
    source: '[V] recorded creations',
  },
  {
    operation: '*',
    problem: /\/audits?(\/\d+)?\/events\/\d+ has \w+, undeclared$/,
    fact: 'An event has the members of its type; the document names a few of some types.',
    source:
      '[V] https://developer.zendesk.com/documentation/ticketing/reference-guides/ticket-audit-events-reference/',
  },
  {
    operation: '*',
    problem: /\/ticket has (comment_count|slas), undeclared$/,
    fact: 'Stand in the ticket when they are asked for among the side-loads.',
    source:
      '[V] https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/',
  },
  {
    operation: '*',
    problem: /^response body \/(next|previous)_page must match format "url"$/,
    fact: 'The sandbox stands at a loopback address, which the pattern of this format leaves out.',
    source: '[V] ajv-formats, src/formats.ts: url',
  },
  {
    operation: 'POST /api/v2/uploads',
    problem:
      /^response body \/upload has expires_at, undeclared$|^query parameter \w+ is undeclared$/,
    fact: 'An upload says when its token ends.',
    source: '[V] recorded uploads',
  },
  {
    operation: 'GET /api/v2/incremental/ticket_events',
    problem: /^response body \/ticket_events\/\d+ has \w+, undeclared$/,
    fact: 'The document names only two members of an event of the feed.',
    source:
      '[V] https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-event-export',
  },
  {
    operation: '*',
    problem: /\/job_status(es)?\/.*results\/\d+ must have required property '\w+'$/,
    fact: 'A ticket that could not be created is named by its index, with error and details alone.',
    source: '[V2] https://github.com/cloudbees-oss/zendesk-java-client/issues/98',
  },
  {
    operation: '*',
    problem: /\/ticket_fields?(\/\d+)? has key, undeclared$/,
    fact: 'Fields have a key, which names them in placeholders.',
    source: '[V] https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields/',
  },
  {
    operation: '*',
    problem: /\/(automations?|views?)(\/\d+)? has url, undeclared$/,
    fact: 'Rules of all kinds have an address.',
    source: '[V] the recorded list of default automations; for views [M]',
  },
  {
    operation: 'POST /api/v2/views',
    problem: /^status 201 is undeclared$/,
    fact: 'A view is created with 201; the document says 200.',
    source: '[V] https://developer.zendesk.com/api-reference/ticketing/business-rules/views/',
  },
  {
    operation: '*',
    problem: /\/webhooks?\/(\d+\/)?authentication has add_position, undeclared$/,
    fact: 'Where a webhook puts its credential stands beside the type.',
    source: '[V] https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/',
  },
  {
    operation: '*',
    problem: /\/errors\/\d+ has (title|detail), undeclared$/,
    fact: 'Refusals of the webhooks API are in JSON:API style: code, title and detail.',
    source: '[V2] live probes and recorded refusals',
  },
  {
    operation: '*',
    problem: /\/attempts\/\d+ has request, undeclared$/,
    fact: 'An attempt holds the whole request beside the response.',
    source: '[V] recorded attempts of a real delivery',
  },
  ...['GET /api/v2/search', 'GET /api/v2/search/export'].map((operation) => ({
    operation,
    problem: /^response body \/results\/\d+ has \w+, undeclared$/,
    fact: 'A result is the whole ticket or user; the document names the members that all kinds share.',
    source: '[V] https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/',
  })),
]

/** Calls that Zendesk has and its documents of June 2025 do not. */
export const UNDECLARED_CALLS: readonly {
  readonly call: RegExp
  readonly source: string
}[] = [
  {
    call: /^GET \/api\/v2\/users\/\d+\/tickets\/(requested|assigned)$/,
    source:
      '[V] https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-tickets',
  },
]
