import type { Settings } from '../../core/settings.ts'

/** The doubts about what Klaviyo does in the background: flows, merges, new webhooks. */
export function defineJobs(settings: Settings) {
  return { ...defineFlows(settings), ...defineQueues(settings) }
}

function defineQueues(settings: Settings) {
  return {
    webhookStartDelayMs: settings.define({
      name: 'webhook_start_delay_ms',
      values: 'milliseconds',
      default: 0,
      source: '[V] help.klaviyo.com 17760478970907: it can take up to 15 minutes to start sending',
      about: 'How long a new webhook misses what happens.',
    }),
    mergeDelayMs: settings.define({
      name: 'merge_delay_ms',
      values: 'milliseconds',
      default: 200,
      source: '[V] POST /api/profile-merge queues an asynchronous task; how long it takes is open',
      about: 'How long after it was asked for a merge of two profiles happens.',
    }),
  }
}

function defineFlows(settings: Settings) {
  return {
    flowDefaultReentry: settings.define({
      name: 'flow_default_reentry',
      values: ['once', 'every_event'],
      default: 'once',
      source: '[I] the document gives reentry_criteria no default',
      about: 'Whether a profile enters a flow without reentry_criteria a second time.',
    }),
    flowStepDelayMs: settings.define({
      name: 'flow_step_delay_ms',
      values: 'milliseconds',
      default: 100,
      source: 'chosen: nothing is promised about how soon a flow acts [I]',
      about: 'How long each step of a flow takes, besides what a delay says.',
    }),
    flowTemplateEscaping: settings.define({
      name: 'flow_template_escaping',
      values: ['none', 'html'],
      default: 'none',
      source: '[?] whether flow templates escape what they fill in is not documented',
      about: 'How a flow writes the values of an event into its text or its webhook.',
    }),
  }
}
