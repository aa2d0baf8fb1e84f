import type { OauthDeps } from '../connections/begin-oauth.ts'
import type { Clock } from '../kernel/instant.ts'
import type { Outbound } from '../outbound/request.ts'

export type DoctorDeps = OauthDeps & {
  /** The machine's own clock: signatures carry real time, whatever a sandbox's clock says. */
  readonly realClock: Clock
  /** The folder of the embedded database; null where the operator brings one. */
  readonly embeddedIn: string | null
  /** Opens a door to this one host. Who opens it closes it. */
  readonly openDoor: (host: string) => Outbound
}
