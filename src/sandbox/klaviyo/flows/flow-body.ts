import { z } from 'zod'
import { conditionGroups } from '../conditions/condition-body.ts'
import { valueFilter } from '../conditions/value-filter.ts'
import { isAllowedEndpoint } from '../webhooks/webhook-body.ts'
import { FLOW_STATUSES, REENTRY_UNITS } from './flow.ts'

const link = z.object({ next: z.string().nullish() }).nullish()
const temporaryId = z.string().min(1)
const actionStatus = z.enum(['disabled', ...FLOW_STATUSES]).default('draft')

const sendWebhook = z.object({
  temporary_id: temporaryId,
  type: z.literal('send-webhook'),
  links: link,
  data: z.object({
    status: actionStatus,
    message: z.object({
      name: z.string().nullish(),
      url: z.string().refine(isAllowedEndpoint, 'The URL must be an https URL.'),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.string().nullish(),
    }),
  }),
})

const sendSms = z.object({
  temporary_id: temporaryId,
  type: z.literal('send-sms'),
  links: link,
  data: z.object({
    status: actionStatus,
    message: z.looseObject({
      name: z.string().nullish(),
      body: z.string().min(1),
      add_org_prefix: z.boolean().default(true),
      message_hierarchy: z.unknown().optional(),
    }),
  }),
})

const timeDelay = z.object({
  temporary_id: temporaryId,
  type: z.literal('time-delay'),
  links: link,
  data: z.looseObject({
    unit: z.enum(['days', 'hours', 'minutes']).default('days'),
    value: z.number().int().min(0),
  }),
})

const otherAction = z
  .looseObject({ type: z.string(), temporary_id: temporaryId })
  .refine(({ type }) => !['send-webhook', 'send-sms', 'time-delay'].includes(type))
  .transform(({ type, temporary_id }) => ({
    type: 'not emulated' as const,
    temporary_id,
    links: null,
    name: type,
  }))

const trigger = z.looseObject({
  type: z.enum([
    'list',
    'segment',
    'metric',
    'date',
    'custom-object-date',
    'price-drop',
    'low-inventory',
  ]),
  id: z.string().nullish(),
  trigger_filter: z
    .object({
      condition_groups: z.array(
        z.object({
          conditions: z.array(
            z.object({
              type: z.literal('metric-property'),
              metric_id: z.string(),
              field: z.string().min(1),
              filter: valueFilter,
            }),
          ),
        }),
      ),
    })
    .nullish(),
})

/** The body of POST /api/flows. `triggers`, `actions` and `entry_action_id` are required. */
export const createFlowBody = z.object({
  data: z.object({
    type: z.literal('flow'),
    attributes: z.object({
      name: z.string().min(1),
      definition: z.object({
        triggers: z.array(trigger).length(1, 'Only one trigger is supported.'),
        profile_filter: z.object({ condition_groups: conditionGroups }).nullish(),
        actions: z.array(z.union([sendWebhook, sendSms, timeDelay, otherAction])).min(1),
        entry_action_id: z.string().min(1),
        reentry_criteria: z
          .object({ duration: z.number().int().min(0), unit: z.enum(REENTRY_UNITS) })
          .nullish(),
      }),
    }),
  }),
})

export const updateFlowBody = z.object({
  data: z.object({
    type: z.literal('flow'),
    id: z.string(),
    attributes: z.object({ status: z.enum(FLOW_STATUSES) }),
  }),
})

export type FlowDefinition = z.infer<typeof createFlowBody>['data']['attributes']['definition']
export type GivenAction = FlowDefinition['actions'][number]
