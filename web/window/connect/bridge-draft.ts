import type { Bridge, Choices, Connection } from './connect-queries.ts'

/** A bridge as it stands in the form. */
export type BridgeDraft = Choices & {
  readonly name: string
  readonly zendeskId: string
  readonly klaviyoId: string
}

/** What a new bridge begins with; null while a side has no account. */
export function freshDraft(connections: readonly Connection[]): BridgeDraft | null {
  const zendesk = firstUnused(connections, 'zendesk')
  const klaviyo = firstUnused(connections, 'klaviyo')
  if (zendesk === null || klaviyo === null) return null
  const isOnlyBridge = zendesk.bridges.length === 0
  const main = zendesk.brands.find(({ isDefault }) => isDefault)
  return {
    name: toName(klaviyo.account),
    zendeskId: zendesk.id,
    klaviyoId: klaviyo.id,
    // A second shop on one Zendesk takes a brand of its own, which only its operator knows.
    tickets: { brands: isOnlyBridge ? 'all' : [], resolvedOn: 'closed' },
    sms: {
      enabled: true,
      ...(isOnlyBridge && main !== undefined ? { brand: main.name } : {}),
      routes: [],
      tags: ['replyline'],
      keywords: { subscribe: ['JOIN'], automation: [] },
      keywordHoldSeconds: 8,
    },
    mirror: { campaigns: 'off', inboxReplies: false },
  }
}

export function draftOf({ name, zendeskId, klaviyoId, settings }: Bridge): BridgeDraft {
  return { name, zendeskId, klaviyoId, ...settings }
}

function firstUnused(
  connections: readonly Connection[],
  platform: Connection['platform'],
): Connection | null {
  const own = connections.filter((connection) => connection.platform === platform)
  return own.find(({ bridges }) => bridges.length === 0) ?? own[0] ?? null
}

/** A bridge's name: lower-case letters, digits and dashes. */
function toName(text: string): string {
  const name = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return name === '' ? 'bridge' : name
}

/** What must be put right before it is worth asking. */
export function missingIn(draft: BridgeDraft): string | null {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(draft.name))
    return 'Name: use 1 to 40 lower-case letters, digits and dashes.'
  if (draft.tickets.brands !== 'all' && draft.tickets.brands.length === 0)
    return 'Tickets: choose at least one brand, or all brands.'
  const numberless = draft.sms.routes.some(({ number }) => number.trim() === '')
  return numberless ? 'Numbers: enter the number of each row, or remove the row.' : null
}
