import type { SpecException } from '../support/openapi.ts'

/** Where Klaviyo's documents of 2026-07-15 say less than what Klaviyo does. */
export const KLAVIYO_EXCEPTIONS: readonly SpecException[] = [
  {
    operation: '*',
    problem: /^response body \/links\/(next|prev) must be string$/,
    fact: 'At either end of a list the link is null; the document lets only strings in.',
    source: '[V] https://developers.klaviyo.com/en/docs/pagination_ shows "next": null',
  },
  {
    operation: '*',
    problem: /^response body \/errors\/\d+ has (status|links|meta), undeclared$/,
    fact: 'An error also carries its status, links and meta; the document names four fields and the source.',
    source:
      '[V] klaviyo/klaviyo-api-node#66 shows a whole 429; [V3] several code bases read meta.duplicate_profile_id of a 409',
  },
  ...[
    '/api/customer-agent-conversations',
    '/api/customer-agent-conversations/{id}/customer-agent-messages',
    '/api/customer-agent-conversations/{id}/relationships/customer-agent-messages',
  ].map((path) => ({
    operation: `GET ${path}`,
    problem: /^response body \/data must be object$/,
    fact: 'These are lists with pages; the beta document describes their data as one object.',
    source: '[I] the same operations take page[cursor] and page[size], and are called lists',
  })),
]
