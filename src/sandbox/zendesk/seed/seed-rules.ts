import { toWireTime } from '../api/wire.ts'
import type { Rule, RuleAction, RuleCondition } from '../entities/rules.ts'
import type { ZendeskStore } from '../store.ts'

const YEAR_MS = 365 * 24 * 3_600_000

const is = (field: string, value: unknown): RuleCondition => ({ field, operator: 'is', value })

const mail = (recipient: string, subject: string, body: string): RuleAction => ({
  field: 'notification_user',
  value: [recipient, subject, body],
})

type SeededRule = {
  readonly title: string
  readonly active: boolean
  readonly all: RuleCondition[]
  readonly actions: RuleAction[]
}

/** The default triggers that mail customers, with the conditions that were recorded of them. */
const TRIGGERS: readonly SeededRule[] = [
  {
    title: 'Notify requester and CCs of received request',
    active: true,
    all: [is('update_type', 'Create'), is('role', 'end_user')],
    actions: [
      mail(
        'requester_and_ccs',
        '[Request received] {{ticket.title}}',
        'Your request ({{ticket.id}}) has been received and is being reviewed.\n\n{{ticket.latest_public_comment}}',
      ),
    ],
  },
  {
    title: 'Notify requester and CCs of comment update',
    active: true,
    all: [is('update_type', 'Change'), is('comment_is_public', 'true')],
    actions: [
      mail(
        'requester_and_ccs',
        '[{{ticket.account}}] Re: {{ticket.title}}',
        'Your request ({{ticket.id}}) has been updated.\n\n{{ticket.latest_public_comment}}',
      ),
    ],
  },
  {
    title: 'Notify requester of new proactive ticket',
    active: true,
    all: [
      is('update_type', 'Create'),
      is('comment_is_public', 'true'),
      { field: 'role', operator: 'is', value: 'agent' },
    ],
    actions: [
      mail(
        'requester_id',
        '{{ticket.title}}',
        'This ticket was created on your behalf.\n\n{{ticket.latest_public_comment}}',
      ),
    ],
  },
  {
    title: 'Notify assignee of assignment',
    active: false,
    all: [{ field: 'assignee_id', operator: 'changed', value: null }],
    actions: [mail('assignee_id', '[{{ticket.account}}] Assigned: {{ticket.title}}', '')],
  },
]

const AUTOMATIONS: readonly SeededRule[] = [
  {
    title: 'Close ticket 4 days after status is set to solved',
    active: true,
    all: [is('status', 'solved'), { field: 'SOLVED', operator: 'greater_than', value: '96' }],
    actions: [{ field: 'status', value: 'closed' }],
  },
]

const MACROS: readonly { title: string; actions: RuleAction[] }[] = [
  {
    title: 'Thank the customer',
    actions: [
      {
        field: 'comment_value',
        value:
          'Hi {{ticket.requester.first_name}}, thank you for your patience! {{current_user.name}}',
      },
    ],
  },
  {
    title: 'Ask for the order number',
    actions: [
      {
        field: 'comment_value',
        value: 'Hi {{ticket.requester.name}}, which order is ticket {{ticket.id}} about?',
      },
      { field: 'status', value: 'pending' },
    ],
  },
  {
    title: 'Return label sent',
    actions: [
      {
        field: 'comment_value_html',
        value:
          '<p>Hi {{ticket.requester.first_name}},</p><p>your <b>return label</b> is on its way.</p>',
      },
      { field: 'status', value: 'solved' },
      { field: 'current_tags', value: 'return_label' },
    ],
  },
]

export function seedRules(store: ZendeskStore, nextId: () => number, now: number): void {
  const created_at = toWireTime(now - YEAR_MS)
  const toRule = ({ title, active, all, actions }: SeededRule, index: number): Rule => ({
    id: nextId(),
    title,
    description: null,
    active,
    position: index + 1,
    conditions: { all, any: [] },
    actions,
    created_at,
    updated_at: created_at,
  })

  for (const rule of TRIGGERS.map(toRule)) store.triggers.set(rule.id, rule)
  for (const rule of AUTOMATIONS.map(toRule)) store.automations.set(rule.id, rule)
  for (const macro of MACROS) {
    const id = nextId()
    store.macros.set(id, { id, active: true, ...macro })
  }
  for (const [index, view] of VIEWS.entries()) {
    const rule = { ...toRule({ ...view, active: true, actions: [] }, index), restriction: null }
    store.views.set(rule.id, { ...rule, output: { columns: ['status', 'subject', 'requester'] } })
  }
}

const VIEWS: readonly { title: string; all: RuleCondition[] }[] = [
  { title: 'Unassigned tickets', all: [is('assignee_id', ''), is('status', 'new')] },
  {
    title: 'All unsolved tickets',
    all: [{ field: 'status', operator: 'less_than', value: 'solved' }],
  },
]
