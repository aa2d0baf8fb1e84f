import { Hono } from 'hono'
import { isKnownCondition } from './conditions.ts'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from './emulator.ts'
import type { Rule, RuleAction, RuleCondition } from './entities.ts'
import {
  forbidden,
  invalidField,
  isProblem,
  notEmulated,
  notFound,
  type Problem,
  refuse,
} from './errors.ts'
import { paginate } from './paging.ts'
import { isKnownAction } from './rule-actions.ts'
import { asFields, asFlag, asId, asList, asText, type Fields, toWireTime } from './wire.ts'

/** What triggers, automations and views differ in. */
export type RuleKind<Kept extends Rule> = {
  readonly plural: string
  readonly singular: string
  rules(parts: ZendeskParts): Map<number, Kept>
  /** The rest of the resource, from the request. */
  finish(rule: Rule, given: Fields): Kept
  /** What of the rule is shown; all of it when absent. */
  shown?(rule: Kept): Record<string, unknown>
  /** Why this kind refuses the rule, beyond what all kinds refuse. */
  refuses(rule: Kept): Problem | null
}

/**
 * Lists, shows, creates, changes and deletes one kind of rule. A request holds `all` and `any` at
 * the top; the answer holds them in `conditions`. A change replaces both.
 * https://developer.zendesk.com/documentation/ticketing/reference-guides/conditions-reference/
 */
export function ruleRoutes<Kept extends Rule>(
  kind: RuleKind<Kept>,
  parts: ZendeskParts,
): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  const rules = kind.rules(parts)
  const { plural, singular } = kind
  const find = (id: string) => rules.get(asId(id) ?? 0)
  const inOrder = () => [...rules.values()].toSorted((a, b) => a.position - b.position)

  list(`/${plural}`, () => inOrder())
  list(`/${plural}/active`, () => inOrder().filter(({ active }) => active))
  list(`/${plural}/search`, (query) =>
    inOrder().filter(({ title }) => title.toLowerCase().includes((query ?? '').toLowerCase())),
  )

  function list(path: string, select: (query: string | undefined) => Kept[]): void {
    app.get(path, (c) => {
      const items = select(c.req.query('query'))
      const keyOf = ({ position, id }: Kept) => ({ key: position, id })
      const page = paginate(c.req, { items, keyOf })
      if (isProblem(page)) return refuse(c, page)
      return c.json({ [plural]: page.items.map(present), ...page.about })
    })
  }

  app.post(`/${plural}`, async (c) => {
    if (c.get('user').role !== 'admin') return refuse(c, forbidden())
    const given = asFields(asFields(await readJson(c))[singular])
    const position = Math.max(0, ...inOrder().map((rule) => rule.position)) + 1
    const at = toWireTime(parts.world.clock.now())
    const blank: Rule = {
      id: parts.store.nextId(),
      title: '',
      description: null,
      active: true,
      position,
      conditions: { all: [], any: [] },
      actions: [],
      created_at: at,
      updated_at: at,
    }
    return keep(c, blank, given, 201)
  })

  app.get(`/${plural}/:id`, (c) => {
    const rule = find(c.req.param('id'))
    return rule === undefined ? refuse(c, notFound()) : c.json({ [singular]: present(rule) })
  })

  app.put(`/${plural}/:id`, async (c) => {
    if (c.get('user').role !== 'admin') return refuse(c, forbidden())
    const rule = find(c.req.param('id'))
    if (rule === undefined) return refuse(c, notFound())
    const given = asFields(asFields(await readJson(c))[singular])
    const former = { ...rule, updated_at: toWireTime(parts.world.clock.now()) }
    return keep(c, former, given, 200)
  })

  app.delete(`/${plural}/:id`, (c) => {
    if (c.get('user').role !== 'admin') return refuse(c, forbidden())
    const rule = find(c.req.param('id'))
    if (rule === undefined) return refuse(c, notFound())
    rules.delete(rule.id)
    return c.body(null, 204)
  })

  function keep(c: ZendeskContext, former: Rule, given: Fields, status: 200 | 201): Response {
    const rule = kind.finish(withInput(former, given), given)
    const problem = refusesRule(rule) ?? kind.refuses(rule)
    if (problem !== null) return refuse(c, problem)
    rules.set(rule.id, rule)
    return c.json({ [singular]: present(rule) }, status)
  }

  function present(rule: Kept): Record<string, unknown> {
    const shown = kind.shown?.(rule) ?? rule
    return { url: `https://nordlys.zendesk.com/api/v2/${plural}/${rule.id}.json`, ...shown }
  }

  return app
}

function withInput(former: Rule, given: Fields): Rule {
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

function refusesRule({ title, conditions, actions }: Rule): Problem | null {
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
