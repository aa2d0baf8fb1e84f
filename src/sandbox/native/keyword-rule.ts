import { readIntent, type TextIntent } from '../klaviyo/consent/keywords.ts'
import type { Account } from '../klaviyo/entities.ts'
import type { NativeDoubts } from './doubts.ts'

type Judged = {
  readonly account: Account
  readonly body: string
  /** What Klaviyo itself took the text for. */
  readonly intent: TextIntent
}

type Match = ReturnType<NativeDoubts['keywordMatch']>

/**
 * Whether a text makes no ticket because of a keyword: one that subscribes, opts out, confirms or
 * starts an automation. HELP and INFO are none of these.
 * https://help.klaviyo.com/hc/en-us/articles/115005253728
 */
export function isKeywordText(judged: Judged, match: Match): boolean {
  switch (match) {
    case 'as_klaviyo_acts':
      return isKeyword(judged.intent)
    case 'whole_text':
      return isWholly(judged, judged.body)
    case 'contains_word':
      return judged.body.split(/[^\p{L}\p{N}]+/u).some((word) => isWholly(judged, word))
  }
}

function isWholly({ account, intent }: Judged, text: string): boolean {
  return isKeyword(
    readIntent(text, {
      subscribeKeywords: account.subscribeKeywords,
      automationKeywords: account.automations.map(({ keyword }) => keyword),
      optOutMode: 'exact',
      region: null,
      isOptInPending: intent.kind === 'confirm',
    }),
  )
}

function isKeyword({ kind }: TextIntent): boolean {
  return kind !== 'none' && kind !== 'help'
}
