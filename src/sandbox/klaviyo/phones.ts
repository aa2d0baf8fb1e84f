/** Where a text on a phone came from, seen from the brand. */
export type Origin = 'conversation' | 'campaign' | 'flow' | 'auto-response'

type PhoneMessage = {
  /** From the phone's point of view. */
  readonly direction: 'sent' | 'received'
  readonly from: string
  readonly to: string
  readonly body: string
  /** ISO 8601, sandbox clock. */
  readonly at: string
  /** Null for what the person wrote. */
  readonly origin: Origin | null
}

/** https://help.klaviyo.com/hc/en-us/articles/360035345572 */
export const FAILURE_TYPES = [
  'Device Disconnected',
  'Device Unreachable',
  'Carrier Violation',
  'Message Blocked',
  'Device Incapable of Receiving SMS',
  'Unknown',
] as const

export type FailureType = (typeof FAILURE_TYPES)[number]

/** What people's handsets show, by their numbers. */
export type Phones = {
  show(number: string, message: PhoneMessage): void
  /** Oldest first. */
  messages(number: string): readonly PhoneMessage[]
  /** Makes every text to the phone fail until null is set again. */
  setFailure(number: string, type: FailureType | null): void
  failureOf(number: string): FailureType | null
  clear(): void
}

export function createPhones(): Phones {
  const screens = new Map<string, PhoneMessage[]>()
  const failures = new Map<string, FailureType>()

  return {
    messages: (number) => screens.get(number) ?? [],
    failureOf: (number) => failures.get(number) ?? null,

    show(number, message) {
      const screen = screens.get(number)
      if (screen === undefined) screens.set(number, [message])
      else screen.push(message)
    },

    setFailure(number, type) {
      if (type === null) failures.delete(number)
      else failures.set(number, type)
    },

    clear() {
      screens.clear()
      failures.clear()
    },
  }
}
