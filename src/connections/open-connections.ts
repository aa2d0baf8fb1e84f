import type { ConnectionRow } from '../db/connection-store.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import type { Gate } from '../outbound/gate.ts'
import type { Limiter } from '../outbound/limiter.ts'
import type { KlaviyoClients, ZendeskClients } from './clients.ts'
import type { Gates } from './gates.ts'
import { createLimiter } from './limiter.ts'
import { type OpenDeps, openKlaviyo, openZendesk } from './open-connection.ts'

export type ConnectionsDeps = OpenDeps & {
  /** `headers` keeps back only what answers announce; for measuring, where the limits are off. */
  readonly rateLimits: 'default' | 'headers'
}

/** A connection's clients, and what keeps back their calls: the account's limits, and a gate that may be shut. */
export type Limited<Clients> = Clients & { readonly limiter: Limiter; readonly gate: Gate }

/** The clients of every connection that this process works with, each made once. */
export type Connections = {
  readonly zendesk: (row: ConnectionRow) => Limited<ZendeskClients>
  readonly klaviyo: (row: ConnectionRow) => Limited<KlaviyoClients>
}

export function openConnections(deps: ConnectionsDeps, gates: Pick<Gates, 'gateOf'>): Connections {
  return {
    zendesk: createClientCache((row) => limited(deps, gates, row, openZendesk)),
    klaviyo: createClientCache((row) => limited(deps, gates, row, openKlaviyo)),
  }
}

function limited<Clients>(
  deps: ConnectionsDeps,
  gates: Pick<Gates, 'gateOf'>,
  row: ConnectionRow,
  open: (deps: OpenDeps, row: ConnectionRow, kept: { limiter: Limiter; gate: Gate }) => Clients,
): Limited<Clients> {
  const headersOnly = deps.rateLimits === 'headers'
  const limiter = createLimiter({ ...deps, id: row.id, headersOnly })
  const gate = gates.gateOf(row)
  return { ...open(deps, row, { limiter, gate }), limiter, gate }
}

/** Clients by connection, made anew when its credentials or address change. */
function createClientCache<Clients>(open: (row: ConnectionRow) => Clients) {
  const cache = new Map<ConnectionId, { clients: Clients; version: string }>()
  return (row: ConnectionRow): Clients => {
    const version = `${row.baseUrl} ${row.credentialsSealed}`
    const cached = cache.get(row.id)
    if (cached?.version === version) return cached.clients
    const clients = open(row)
    cache.set(row.id, { clients, version })
    return clients
  }
}
