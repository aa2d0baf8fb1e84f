/** Why a text did not arrive, for people: what happened, and what to do about it. */
export type DeliveryFailure = { readonly says: string; readonly advice: string }

const BY_OTHER_MEANS = 'Do not answer by text; reach the customer by e-mail or phone.'
const LATER = 'Reach the customer in another way, or answer again later.'

/** Klaviyo's failure types. https://help.klaviyo.com/hc/en-us/articles/360035345572 */
const TYPES: Readonly<Record<string, DeliveryFailure>> = {
  'Carrier Violation': {
    says: 'the carrier refused it (Carrier Violation)',
    advice:
      'Answer again in other words and without links, or reach the customer by e-mail or phone.',
  },
  'Message Blocked': {
    says: 'Klaviyo blocked it, as the customer has opted out or is blocked (Message Blocked)',
    advice: BY_OTHER_MEANS,
  },
  'Device Unreachable': {
    says: 'the phone was off or out of reach (Device Unreachable)',
    advice: LATER,
  },
  'Device Disconnected': {
    says: 'the number is no longer in service (Device Disconnected)',
    advice: BY_OTHER_MEANS,
  },
  'Device Incapable of Receiving SMS': {
    says: 'the number cannot receive texts (Device Incapable of Receiving SMS)',
    advice: BY_OTHER_MEANS,
  },
  Unknown: { says: 'the carrier gave no reason (Unknown)', advice: LATER },
}

/** What a failure type of Klaviyo means; one that is not known speaks for itself. */
export function deliveryFailure(type: string): DeliveryFailure {
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  return known ?? { says: type, advice: LATER }
}
