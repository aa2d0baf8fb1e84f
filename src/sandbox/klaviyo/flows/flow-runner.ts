import type { SandboxClock } from '../../core/clock.ts'
import type { SandboxTimers } from '../../core/timers.ts'
import type { WebhookSender } from '../../core/webhook-sender.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import type { Switches } from '../switches/switches.ts'
import { defaultSender } from '../texts/conversations.ts'
import type { Messages } from '../texts/messages.ts'
import type { FlowAction, SmsMessage } from './flow.ts'
import { type Journey, mayEnter } from './flow-entry.ts'
import { sendFlowWebhook } from './flow-webhook.ts'
import { renderTemplate } from './template.ts'

type Parts = {
  readonly clock: SandboxClock
  readonly timers: SandboxTimers
  readonly switches: Switches
  readonly events: EventRecorder
  readonly messages: Messages
  readonly sender: WebhookSender
}

/** Runs live flows from now on: an event of its metric takes the profile through a flow's actions. */
export function runFlows(parts: Parts): void {
  const { clock, timers, switches, events, messages, sender } = parts

  events.onRecorded(({ account, event, isBackfill }) => {
    if (isBackfill) return
    const profile = account.profiles.get(event.profileId)
    if (profile === null) return
    for (const flow of account.flows.values()) {
      const journey = { account, flow, profile, event }
      if (!mayEnter(journey, clock.now(), switches)) continue
      flow.entries.set(profile.id, clock.now())
      goOn(journey, flow.entryActionId, clock.now())
    }
  })

  function goOn(journey: Journey, actionId: string | null, from: number): void {
    const action = journey.flow.actions.find(({ id }) => id === actionId)
    if (action === undefined) return
    const dueAt = from + switches.flowStepDelayMs()
    timers.at(dueAt, () => {
      // A flow that was turned off or deleted meanwhile lets nobody go further.
      const { account, flow } = journey
      if (flow.status !== 'live' || account.flows.get(flow.id) !== flow) return
      perform(journey, action)
      goOn(journey, action.next, dueAt + (action.type === 'time-delay' ? action.waitMs : 0))
    })
  }

  function perform(journey: Journey, action: FlowAction): void {
    if (action.type === 'time-delay' || action.status !== 'live') return
    if (action.type === 'send-sms') {
      sendSms(journey, action.message)
      return
    }
    sendFlowWebhook(sender, journey.flow, action.message, journey, escapeValue)
  }

  function sendSms(journey: Journey, message: SmsMessage): void {
    const { account, flow, profile } = journey
    const words = renderTemplate(message.body, journey, escapeValue)
    messages.send({
      account,
      profile,
      channel: 'sms',
      from: defaultSender(account, profile.phoneNumber ?? ''),
      body: message.addsOrgPrefix ? `${account.name}: ${words}` : words,
      origin: 'flow',
      labels: { $flow: flow.id, $message: message.id, 'Message Name': flow.name },
    })
  }

  function escapeValue(value: string): string {
    return switches.flowTemplateEscaping() === 'html' ? escapeHtml(value) : value
  }
}

/** As Django escapes by default. */
function escapeHtml(value: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#x27;',
  }
  return value.replace(/[&<>"']/g, (character) => names[character] ?? character)
}
