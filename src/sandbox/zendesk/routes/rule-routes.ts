import { Hono } from 'hono'
import { forbidden, isProblem, notFound, type Problem, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { asFields, asId, type Fields, toWireTime } from '../api/wire.ts'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { Rule } from '../entities/rules.ts'
import { refusesRule, withInput } from '../rules/rule-input.ts'

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

type Place<Kept extends Rule> = { readonly kind: RuleKind<Kept>; readonly parts: ZendeskParts }

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
  const place = { kind, parts }
  const { plural } = kind
  app.get(`/${plural}`, (c) => list(place, c, () => true))
  app.get(`/${plural}/active`, (c) => list(place, c, ({ active }) => active))
  app.get(`/${plural}/search`, (c) => {
    const words = (c.req.query('query') ?? '').toLowerCase()
    return list(place, c, ({ title }) => title.toLowerCase().includes(words))
  })
  app.post(`/${plural}`, (c) => create(place, c))
  app.get(`/${plural}/:id`, (c) =>
    withRule(place, c, (rule) => c.json({ [kind.singular]: present(place, rule) })),
  )
  app.put(`/${plural}/:id`, async (c) => {
    const given = asFields(asFields(await readJson(c))[kind.singular])
    return byAdmin(c, () => withRule(place, c, (rule) => change(place, c, rule, given)))
  })
  app.delete(`/${plural}/:id`, (c) =>
    byAdmin(c, () =>
      withRule(place, c, (rule) => {
        kind.rules(parts).delete(rule.id)
        return c.body(null, 204)
      }),
    ),
  )
  return app
}

function byAdmin(c: ZendeskContext, work: () => Response): Response {
  return c.get('user').role === 'admin' ? work() : refuse(c, forbidden())
}

function withRule<Kept extends Rule>(
  { kind, parts }: Place<Kept>,
  c: ZendeskContext,
  work: (rule: Kept) => Response,
): Response {
  const rule = kind.rules(parts).get(asId(c.req.param('id')) ?? 0)
  return rule === undefined ? refuse(c, notFound()) : work(rule)
}

function list<Kept extends Rule>(
  place: Place<Kept>,
  c: ZendeskContext,
  isWanted: (rule: Kept) => boolean,
): Response {
  const items = inOrder(place).filter(isWanted)
  const keyOf = ({ position, id }: Kept) => ({ key: position, id })
  const page = paginate(c.req, { items, keyOf })
  if (isProblem(page)) return refuse(c, page)
  const rules = page.items.map((rule) => present(place, rule))
  return c.json({ [place.kind.plural]: rules, ...page.about })
}

function inOrder<Kept extends Rule>({ kind, parts }: Place<Kept>): Kept[] {
  return [...kind.rules(parts).values()].toSorted((a, b) => a.position - b.position)
}

async function create<Kept extends Rule>(place: Place<Kept>, c: ZendeskContext): Promise<Response> {
  const given = asFields(asFields(await readJson(c))[place.kind.singular])
  const position = Math.max(0, ...inOrder(place).map((rule) => rule.position)) + 1
  const at = toWireTime(place.parts.world.clock.now())
  return byAdmin(c, () => {
    const blank: Rule = {
      id: place.parts.store.nextId(),
      title: '',
      description: null,
      active: true,
      position,
      conditions: { all: [], any: [] },
      actions: [],
      created_at: at,
      updated_at: at,
    }
    return keep(place, c, { former: blank, given, status: 201 })
  })
}

function change<Kept extends Rule>(
  place: Place<Kept>,
  c: ZendeskContext,
  rule: Kept,
  given: Fields,
): Response {
  const updated_at = toWireTime(place.parts.world.clock.now())
  return keep(place, c, { former: { ...rule, updated_at }, given, status: 200 })
}

function keep<Kept extends Rule>(
  place: Place<Kept>,
  c: ZendeskContext,
  asked: { readonly former: Rule; readonly given: Fields; readonly status: 200 | 201 },
): Response {
  const { kind, parts } = place
  const rule = kind.finish(withInput(asked.former, asked.given), asked.given)
  const problem = refusesRule(rule) ?? kind.refuses(rule)
  if (problem !== null) return refuse(c, problem)
  kind.rules(parts).set(rule.id, rule)
  return c.json({ [kind.singular]: present(place, rule) }, asked.status)
}

function present<Kept extends Rule>(
  { kind, parts }: Place<Kept>,
  rule: Kept,
): Record<string, unknown> {
  const shown = kind.shown?.(rule) ?? rule
  return { url: parts.present.urlOf(`${kind.plural}/${rule.id}`), ...shown }
}
