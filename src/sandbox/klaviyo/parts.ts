import type { SandboxClock } from '../core/clock.ts'
import type { SandboxTimers } from '../core/timers.ts'
import type { EventRecorder } from './events/event-recorder.ts'
import type { Switches } from './switches/switches.ts'
import type { Messages } from './texts/messages.ts'

/** What the routes work with. */
export type RouteParts = {
  readonly clock: SandboxClock
  readonly switches: Switches
  readonly events: EventRecorder
  readonly messages: Messages
}

/** For what is answered now and happens later. */
export type JobParts = RouteParts & { readonly timers: SandboxTimers }
