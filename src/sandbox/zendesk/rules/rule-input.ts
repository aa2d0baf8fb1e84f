import { invalidField, notEmulated, type Problem } from '../api/errors.ts'
import { asFields, asFlag, asId, asList, asText, type Fields } from '../api/wire.ts'
import type { Rule, RuleAction, RuleCondition } from '../entities/rules.ts'
import { isKnownCondition } from './conditions.ts'
import { isKnownAction } from './rule-actions.ts'

/** What a request changes of a rule. A change of `all` or `any` replaces both. */
export function withInput(former: Rule, given: Fields): Rule {
  const replaces = given.all !== undefined || given.any !== undefined
  const conditions = { all: readConditions(given.all), any: readConditions(given.any) }
  return {
    ...former,
    title: asText(given.title) ?? former.title,
    description: asText(given.description) ?? former.description,
    active: asFlag(given.active) ?? former.active,
    position: asId(given.position) ?? former.position,
    conditions: replaces ? conditions : former.conditions,
    actions: given.actions === undefined ? former.actions : readActions(given.actions),
  }
}

function readConditions(given: unknown): RuleCondition[] {
  return asList(given).map((one) => {
    const { field, operator, value } = asFields(one)
    return { field: asText(field) ?? '', operator: asText(operator) ?? 'is', value: value ?? null }
  })
}

function readActions(given: unknown): RuleAction[] {
  return asList(given).map((one) => {
    const { field, value } = asFields(one)
    return { field: asText(field) ?? '', value: value ?? null }
  })
}

/** Why no kind of rule may be so, or null. */
export function refusesRule({ title, conditions, actions }: Rule): Problem | null {
  if (title.trim() === '') return invalidField('title', 'Title: cannot be blank', 'BlankValue')
  const all = [...conditions.all, ...conditions.any]
  if (all.length === 0) return invalidField('base', 'Rule must have at least one condition')
  const condition = all.find((one) => !isKnownCondition(one))
  if (condition !== undefined) return notEmulated(`rules with the condition ${condition.field}`)
  const action = actions.find((one) => !isKnownAction(one))
  return action === undefined ? null : notEmulated(`rules with the action ${action.field}`)
}

/** Views and automations must ask for one of these. */
export function namesATicketField({ conditions }: Rule): boolean {
  const fields = ['status', 'type', 'group_id', 'assignee_id', 'requester_id', 'custom_status_id']
  return conditions.all.some(({ field }) => fields.includes(field))
}
