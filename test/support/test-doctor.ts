import type { OauthDeps } from '../../src/connections/begin-oauth.ts'
import type { DoctorDeps } from '../../src/doctor/doctor-deps.ts'
import { systemClock } from '../../src/follow-clock.ts'
import { createOutbound } from '../../src/outbound/request.ts'

/** The doctor's needs, on what a test sets up with. */
export function testDoctor(setUp: OauthDeps): DoctorDeps {
  return {
    ...setUp,
    realClock: systemClock,
    embeddedIn: null,
    openDoor: (host) => createOutbound({ allowedHosts: [host], userAgent: 'test' }),
  }
}
