import type { Emitter } from '../../core/emitter.ts'
import type { TextIntent } from '../consent/keywords.ts'
import type { Account, Profile } from '../entities.ts'
import type { OutboundText } from './messages.ts'
import type { InboundText } from './phone-network.ts'

export type ReceivedText = {
  readonly account: Account
  readonly profile: Profile
  readonly text: InboundText
  /** Sandbox clock, milliseconds. */
  readonly at: number
}

/** A text as Klaviyo handled it; consent is still what it was before the text. */
export type TextHappening =
  | (ReceivedText & { readonly kind: 'received'; readonly intent: TextIntent })
  | { readonly kind: 'sent'; readonly text: OutboundText }

/** Every text through Klaviyo, for what is built into Klaviyo itself. */
export type Traffic = Emitter<TextHappening>
