import { invalidField, type Problem } from '../api/errors.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { Rule } from '../entities/rules.ts'
import { namesATicketField } from '../rules/rule-input.ts'
import { ruleRoutes } from './rule-routes.ts'

const HOURS = ['NEW', 'OPEN', 'PENDING', 'HOLD', 'SOLVED', 'CLOSED']

/** https://developer.zendesk.com/api-reference/ticketing/business-rules/automations/ */
export const automationRoutes = (parts: ZendeskParts) =>
  ruleRoutes(
    {
      plural: 'automations',
      singular: 'automation',
      rules: ({ store }) => store.automations,
      finish: (rule) => rule,
      // Automations have no description.
      shown: ({ description: _none, ...shown }) => shown,
      refuses,
    },
    parts,
  )

/** The conditions are documented, the words of the refusals are not. */
function refuses(rule: Rule): Problem | null {
  const isTimed = rule.conditions.all.some(({ field }) => HOURS.includes(field))
  if (!isTimed) return invalidField('base', 'Automation needs a time condition')
  if (!namesATicketField(rule)) {
    return invalidField(
      'base',
      'Automation needs a condition on status, type, group, assignee or requester',
    )
  }
  const endsItself = rule.actions.length > 0
  return endsItself
    ? null
    : invalidField('base', 'Automation needs an action that ends its condition')
}
