/** What a search may mean; several at once, since digits alone can be a number or a ticket. */
export type SearchTerm =
  | { readonly kind: 'email'; readonly start: string }
  | { readonly kind: 'ticket'; readonly id: string }
  /** Digits without `+`, international prefix or leading zero. */
  | { readonly kind: 'phone'; readonly digits: string }
  | { readonly kind: 'profile'; readonly id: string }
  /** The start of a name, or of its last word. */
  | { readonly kind: 'name'; readonly start: string }

/** Fewer digits would name half of all customers. */
const LEAST_PHONE_DIGITS = 3

const PHONE = /^\+?[\d\s().\-/\u00A0\u2010-\u2013]*$/

/** Reads a search as an operator writes it: a number in any writing, a name's or an e-mail's start, `#12`, a profile id. */
export function searchTerms(search: string): readonly SearchTerm[] {
  const text = search.replaceAll('\u0000', '').trim()
  if (text === '') return []
  if (text.includes('@')) return [{ kind: 'email', start: text.toLowerCase() }]
  const ticket = /^#?\s*(\d{1,20})$/.exec(text)?.[1]
  const tickets = ticket === undefined ? [] : [{ kind: 'ticket', id: ticket } as const]
  if (text.startsWith('#')) return tickets
  if (PHONE.test(text)) return [...tickets, ...phoneTerms(text)]
  return [
    { kind: 'profile', id: text },
    { kind: 'email', start: text.toLowerCase() },
    { kind: 'name', start: text.replace(/\s+/g, ' ') },
  ]
}

function phoneTerms(text: string): readonly SearchTerm[] {
  // `+44 (0)20` holds a trunk zero that is not dialled from abroad.
  const digits = text.replace(/\(0\)/g, '').replace(/\D/g, '').replace(/^0+/, '')
  return digits.length < LEAST_PHONE_DIGITS ? [] : [{ kind: 'phone', digits }]
}
