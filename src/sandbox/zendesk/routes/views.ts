import { invalidField, type Problem } from '../api/errors.ts'
import { asFields, asList, type Fields } from '../api/wire.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { Rule, View } from '../entities/rules.ts'
import { namesATicketField } from '../rules/rule-input.ts'
import { executionOf } from '../rules/view-execution.ts'
import { ruleRoutes } from './rule-routes.ts'

const MOST_COLUMNS = 10

/** Views are kept here; what stands in one is in `view-results.ts`. https://developer.zendesk.com/api-reference/ticketing/business-rules/views/ */
export const viewRoutes = (parts: ZendeskParts) =>
  ruleRoutes<View>(
    {
      plural: 'views',
      singular: 'view',
      rules: ({ store }) => store.views,
      finish,
      shown,
      refuses,
    },
    parts,
  )

function shown(view: View): Record<string, unknown> {
  const { actions: _none, output: _asked, ...shown } = view
  return { ...shown, default: false, execution: executionOf(view) }
}

function finish(rule: Rule, given: Fields): View {
  const former = 'output' in rule ? asFields(rule.output) : { columns: ['status', 'subject'] }
  const output = given.output === undefined ? former : asFields(given.output)
  const restriction = 'restriction' in rule ? rule.restriction : null
  return { ...rule, output, restriction: given.restriction ?? restriction }
}

function refuses(view: View): Problem | null {
  if (!namesATicketField(view)) {
    return invalidField(
      'base',
      'View needs a condition on status, type, group, assignee or requester',
    )
  }
  const isTooWide = asList(view.output.columns).length > MOST_COLUMNS
  return isTooWide ? invalidField('output', 'View must have at most 10 columns') : null
}
