import { invalidField } from '../api/errors.ts'
import type { ZendeskParts } from '../emulator.ts'
import { ruleRoutes } from './rule-routes.ts'

/** https://developer.zendesk.com/api-reference/ticketing/business-rules/triggers/ */
export const triggerRoutes = (parts: ZendeskParts) =>
  ruleRoutes(
    {
      plural: 'triggers',
      singular: 'trigger',
      rules: ({ store }) => store.triggers,
      finish: (rule) => rule,
      refuses: ({ actions }) =>
        actions.length > 0 ? null : invalidField('base', 'Trigger must have at least one action'),
    },
    parts,
  )
