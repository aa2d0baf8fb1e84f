import type { Settings } from '../core/settings.ts'

/** Reads the switches of the emulated integration; each is a doubt of what is known about it. */
export type NativeDoubts = ReturnType<typeof defineNativeDoubts>

/** What Klaviyo's help article leaves open about its own integration, each as a switch. */
export function defineNativeDoubts(settings: Settings) {
  return {
    ...defineTexts(settings),
    ...defineComments(settings),
    ...defineHandOffs(settings),
    ...defineEvents(settings),
  }
}

function defineTexts(settings: Settings) {
  return {
    keywordMatch: settings.define({
      name: 'native_keyword_match',
      values: ['as_klaviyo_acts', 'whole_text', 'contains_word'],
      default: 'as_klaviyo_acts',
      source: '[?] help.klaviyo.com 115005253728 says only that the text "contains no keyword"',
      about: 'When the native integration takes a text for a keyword, which makes no ticket.',
    }),
    excludedText: settings.define({
      name: 'native_excluded_text',
      values: ['nothing', 'comment'],
      default: 'nothing',
      source: '[?] the article speaks of new tickets only',
      about: 'What a text that may make no ticket becomes when a ticket is active.',
    }),
    ticketPer: settings.define({
      name: 'native_ticket_per',
      values: ['profile', 'number'],
      default: 'profile',
      source: '[I] a Klaviyo conversation is one per profile and channel',
      about: 'Whether texts to two sending numbers share a ticket.',
    }),
    waitingTicket: settings.define({
      name: 'native_waiting_ticket',
      values: ['reopen', 'keep'],
      default: 'reopen',
      source: '[I] the article names open, solved and closed alone',
      about: 'What a text does to the status of a pending or on-hold ticket.',
    }),
  }
}

function defineComments(settings: Settings) {
  return {
    subject: settings.define({
      name: 'native_subject',
      values: ['none', 'text'],
      default: 'none',
      source: '[?] undocumented',
      about: "The subject of the native integration's tickets.",
    }),
    marketingComment: settings.define({
      name: 'native_marketing_comment',
      values: ['internal', 'public'],
      default: 'internal',
      source: '[?] the article says only that campaign and flow texts are synced',
      about: 'How a campaign or flow text stands on the ticket.',
    }),
    handOffComment: settings.define({
      name: 'native_handoff_comment',
      values: ['public', 'internal'],
      default: 'public',
      source: "[?] undocumented; public is Zendesk's own default",
      about: 'How the transcript of a hand-off stands on its ticket.',
    }),
  }
}

function defineHandOffs(settings: Settings) {
  return {
    handOffWithoutEmail: settings.define({
      name: 'native_handoff_without_email',
      values: ['by_phone', 'no_ticket'],
      default: 'by_phone',
      source: "[?] the article says only that the helpdesk gets the visitor's e-mail address",
      about: 'Whether a hand-off of a visitor without e-mail makes a ticket.',
    }),
    handOffOfSynced: settings.define({
      name: 'native_handoff_of_synced',
      values: ['own_ticket', 'same_ticket'],
      default: 'own_ticket',
      source: '[?] the two articles do not speak of each other',
      about: 'Where a hand-off goes on a channel whose conversations are tickets already.',
    }),
  }
}

function defineEvents(settings: Settings) {
  return {
    propertyTypes: settings.define({
      name: 'native_property_types',
      values: ['zendesk', 'flat'],
      default: 'zendesk',
      source: '[I] names are documented, JSON types are not',
      about: 'Fields, Via and Ticket_id as Zendesk has them, or by title, as text and as text.',
    }),
    mergeResolves: settings.define({
      name: 'native_merge_resolves',
      values: ['on', 'off'],
      default: 'on',
      source: '[I] "Resolved" is said to be the status Closed, which a merge sets',
      about: 'Whether a ticket that a merge closed counts as resolved.',
    }),
    unknownRequester: settings.define({
      name: 'native_unknown_requester',
      values: ['makes_profile', 'no_event'],
      default: 'makes_profile',
      source: "[I] Klaviyo's events make profiles",
      about: 'What happens to the ticket of somebody whom Klaviyo does not know.',
    }),
  }
}
