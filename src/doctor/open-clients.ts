import type { KlaviyoClients, ZendeskClients } from '../connections/clients.ts'
import { openKlaviyo, openZendesk } from '../connections/open-connection.ts'
import type { ConnectionRow } from '../db/connection-store.ts'
import type { DoctorDeps } from './doctor-deps.ts'

/** An account's clients; null when what is kept of it cannot be opened with this installation's key. */
export function openZendeskOrNot(deps: DoctorDeps, row: ConnectionRow): ZendeskClients | null {
  return orNull(() => openZendesk(deps, row))
}

/** As `openZendeskOrNot`. */
export function openKlaviyoOrNot(deps: DoctorDeps, row: ConnectionRow): KlaviyoClients | null {
  return orNull(() => openKlaviyo(deps, row))
}

/** The error itself is left out: it may quote what it could not read. */
function orNull<T>(open: () => T): T | null {
  try {
    return open()
  } catch {
    return null
  }
}
