import type { Policy } from './conversation.ts'
import type { Reason } from './reasons.ts'

/**
 * Texts that Klaviyo itself answers. HELP and INFO are keywords too, but they make a ticket.
 * https://help.klaviyo.com/hc/en-us/articles/29928896469531
 */
const OPT_OUT = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']
const OPT_IN = ['START', 'UNSTOP']
/** Keywords only while a double opt-in is pending, which shows as a consent change. */
const CONFIRM = ['YES', 'Y']

const SINGLE_WORD = /^[\p{L}\p{N}]{3,20}$/u

/** The keyword a text is as a whole, if any. "Please cancel my order" is none. */
export function keywordReason(body: string, policy: Policy): Reason | null {
  const word = normalise(body)
  if (OPT_OUT.includes(word)) return 'keyword_opt_out'
  if (policy.subscribeKeywords.includes(word)) return 'keyword_subscribe'
  if (OPT_IN.includes(word)) return 'keyword_opt_in'
  if (policy.automationKeywords.includes(word)) return 'keyword_automation'
  return null
}

/** Whether a consent change within seconds could still prove the text a keyword. */
export function couldBeKeyword(body: string): boolean {
  const word = normalise(body)
  if (word === 'HELP' || word === 'INFO') return false
  return SINGLE_WORD.test(word) || CONFIRM.includes(word) || containsOptOutWord(body)
}

/** One word, nothing else: too short to be a request. */
export function isOneWord(body: string): boolean {
  return !/\s/.test(normalise(body))
}

/**
 * Opt-out words inside a sentence. "stop" counts inside a longer word too: in the US any text that
 * contains it opts out. https://help.klaviyo.com/hc/en-us/articles/29109965092251
 */
function containsOptOutWord(body: string): boolean {
  const upper = body.normalize('NFKC').toUpperCase()
  return upper.includes('STOP') || OPT_OUT.some((word) => new RegExp(`\\b${word}\\b`).test(upper))
}

/** Upper case, without surrounding space or punctuation. */
function normalise(body: string): string {
  return body
    .normalize('NFKC')
    .toUpperCase()
    .replace(/^[\s\p{P}]+|(?<![\s\p{P}])[\s\p{P}]+$/gu, '')
}
