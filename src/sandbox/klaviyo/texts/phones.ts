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
  /** Makes the next texts to the phone fail: `times` of them, or all until null is set again. */
  setFailure(number: string, type: FailureType | null, times?: number): void
  /** What waits for the next text, and for how many (null: all); null when texts arrive. */
  failureOf(number: string): { readonly type: FailureType; readonly times: number | null } | null
  /** The failure of the text that arrives now, used up once. */
  takeFailure(number: string): FailureType | null
  clear(): void
}

export function createPhones(): Phones {
  const screens = new Map<string, PhoneMessage[]>()
  const failures = new Map<string, { readonly type: FailureType; readonly times: number | null }>()

  return {
    messages: (number) => screens.get(number) ?? [],
    failureOf: (number) => failures.get(number) ?? null,

    show(number, message) {
      const screen = screens.get(number)
      if (screen === undefined) screens.set(number, [message])
      else screen.push(message)
    },

    setFailure(number, type, times) {
      if (type === null) failures.delete(number)
      else failures.set(number, { type, times: times ?? null })
    },

    takeFailure(number) {
      const failure = failures.get(number)
      if (failure === undefined) return null
      const { type, times } = failure
      if (times === 1) failures.delete(number)
      else if (times !== null) failures.set(number, { type, times: times - 1 })
      return type
    },

    clear() {
      screens.clear()
      failures.clear()
    },
  }
}
