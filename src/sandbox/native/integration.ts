import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import type { World } from '../world.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import { createAnswersToTexts } from './answers-to-texts.ts'
import { createCurrentTickets } from './current-ticket.ts'
import { defineNativeDoubts } from './doubts.ts'
import { createHandOff, type HandOff, type HandOffOutcome } from './hand-off.ts'
import { createInstallations, type Installations } from './installation.ts'
import { createMarketingToTickets } from './marketing-to-tickets.ts'
import type { NativeParts } from './parts.ts'
import { createTextsToTickets } from './texts-to-tickets.ts'
import { createTicketMetrics } from './ticket-metrics.ts'

export type NativeIntegration = {
  readonly installations: Installations
  handOff(given: HandOff): HandOffOutcome
  /** Uninstalled everywhere; tickets that it made become anybody's. */
  reset(): void
}

/**
 * Klaviyo's own Zendesk integration, as far as its help article tells, between the emulated Klaviyo
 * and the seeded Zendesk account. It acts inside both, so no call of it is counted, limited or
 * made to fail, and it hears of nothing from before it was installed.
 *
 * Four things happen, each in a file of its own: texts become tickets, agents' answers become
 * texts, campaign and flow texts are shown on tickets, and tickets become events. What they know of
 * a ticket they read from the marks in its audits.
 */
export function createNativeIntegration(emulators: {
  readonly world: World
  readonly zendesk: ZendeskEmulator
  readonly klaviyo: KlaviyoEmulator
}): NativeIntegration {
  const doubts = defineNativeDoubts(emulators.world.settings)
  const installations = createInstallations()
  const parts: NativeParts = { ...emulators, doubts, installations }
  const current = createCurrentTickets(parts)
  const onText = createTextsToTickets(parts, current)
  const onSent = createMarketingToTickets(parts, current)

  emulators.klaviyo.traffic.subscribe((happening) => {
    if (happening.kind === 'received') onText(happening)
    else onSent(happening.text)
  })
  emulators.zendesk.watch.subscribe(createTicketMetrics(parts))
  emulators.zendesk.watch.subscribe(createAnswersToTexts(parts))

  return {
    installations,
    handOff: createHandOff(parts, current),
    reset() {
      installations.clear()
      current.clear()
    },
  }
}
