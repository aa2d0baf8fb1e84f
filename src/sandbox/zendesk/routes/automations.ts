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
      refuses: (rule) => refuses(rule) ?? refusesTwin(rule, parts),
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
  return endsItself(rule)
    ? null
    : invalidField('base', 'Automation needs an action that ends its condition')
}

const TAG_ACTIONS = ['set_tags', 'current_tags', 'remove_tags']

/** A condition that is true only once, or an action on what a condition asks about. */
function endsItself({ conditions, actions }: Rule): boolean {
  const all = [...conditions.all, ...conditions.any]
  const isTrueOnce = all.some(({ field, operator }) => HOURS.includes(field) && operator === 'is')
  return isTrueOnce || actions.some((action) => all.some((asked) => concerns(action, asked)))
}

function concerns(action: { readonly field: string }, asked: { readonly field: string }): boolean {
  return asked.field === 'current_tags'
    ? TAG_ACTIONS.includes(action.field)
    : asked.field === action.field
}

/** Active automations may overlap, but none is another's twin. */
function refusesTwin(rule: Rule, { store }: ZendeskParts): Problem | null {
  const partsOf = ({ conditions, actions }: Rule) => JSON.stringify([conditions, actions])
  const hasTwin = [...store.automations.values()].some(
    (other) => other.id !== rule.id && other.active && partsOf(other) === partsOf(rule),
  )
  return hasTwin && rule.active
    ? invalidField('base', 'Automation has the same conditions and actions as another')
    : null
}
