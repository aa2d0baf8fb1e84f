/** What a text asks for by a keyword. */
export type TextIntent =
  | { readonly kind: 'opt_out' }
  | { readonly kind: 'opt_in'; readonly keyword: string }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'help' }
  | { readonly kind: 'automation'; readonly keyword: string }
  | { readonly kind: 'none' }

export type KeywordRules = {
  readonly subscribeKeywords: readonly string[]
  readonly automationKeywords: readonly string[]
  readonly optOutMode: 'contains_word' | 'exact'
  /** The region of the customer's number. */
  readonly region: string | null
  readonly isOptInPending: boolean
}

/**
 * https://help.klaviyo.com/hc/en-us/articles/29928896469531 and, for STOPALL and UNSUBSCRIBE,
 * https://help.klaviyo.com/hc/en-us/articles/29109965092251. Localised lists exist and are left out.
 */
const OPT_OUT = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']
const OPT_IN = ['START', 'UNSTOP']
const CONFIRM = ['YES', 'Y']
const HELP = ['HELP', 'INFO']

/** Reads a text as Klaviyo does: whole keywords first, then what merely contains an opt-out. */
export function readIntent(body: string, rules: KeywordRules): TextIntent {
  const text = body.trim().toUpperCase()
  const { subscribeKeywords, automationKeywords } = rules

  if (OPT_OUT.includes(text)) return { kind: 'opt_out' }
  if (CONFIRM.includes(text) && rules.isOptInPending) return { kind: 'confirm' }
  if (HELP.includes(text)) return { kind: 'help' }
  if ([...OPT_IN, ...subscribeKeywords].includes(text)) return { kind: 'opt_in', keyword: text }
  if (automationKeywords.includes(text)) return { kind: 'automation', keyword: text }
  return containsOptOut(text, rules) ? { kind: 'opt_out' } : { kind: 'none' }
}

/** "In the US any text containing 'stop' always opts out", whatever the mode: "stopped" too. */
function containsOptOut(text: string, { optOutMode, region }: KeywordRules): boolean {
  if (region === 'US' && text.includes('STOP')) return true
  if (optOutMode === 'exact') return false
  return text.split(/[^\p{L}\p{N}]+/u).some((word) => OPT_OUT.includes(word))
}
