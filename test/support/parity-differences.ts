import type { View } from './parity-view.ts'

/** A line in which the two may differ, and the reason. */
export type IntendedDifference = {
  readonly line: RegExp
  readonly native: RegExp
  readonly replyline: RegExp
  readonly why: string
}

type Difference = { readonly line: string; readonly native: string; readonly replyline: string }

/** The whole list: a difference that is not in it fails the parity test, and so does a row that nothing meets. */
export const INTENDED_DIFFERENCES: readonly IntendedDifference[] = [
  {
    line: /^(Opened|Resolved) Ticket: source$/,
    native: /^zendesk$/,
    replyline: /^api$/,
    why: 'only Klaviyo can record events of its own integration; by API they are other metrics of the same name',
  },
  {
    line: /: subject$/,
    native: /^none$/,
    replyline: /^(Where is my parcel\?|One more thing\.|HELP)$/,
    why: 'the native subject is not known and left empty; Replyline takes the first words',
  },
  {
    line: /: tags$/,
    native: /^sms$/,
    replyline: /^(fjell, )?replyline, sms$/,
    why: 'Replyline adds a tag of its own, and those of the number that was texted',
  },
  {
    line: /^ticket 1: brand$/,
    native: /^Nordlys$/,
    replyline: /^Fjell$/,
    why: 'Replyline can choose the brand by the number that was texted; the native one has one brand (N22)',
  },
  {
    line: /^ticket \d: status$/,
    native: /^new$/,
    replyline: /^open$/,
    why: 'a second text makes a new ticket open in Replyline; the native article names no status but open, solved and closed',
  },
  {
    line: /^ticket 2: internal notes$/,
    native: /^0$/,
    replyline: /^1$/,
    why: 'after a close, Replyline notes which ticket came before (N35 says nothing of it)',
  },
  {
    line: /^ticket 1: public comments$/,
    native: /^agent: Where/,
    replyline: /^end-user: Where/,
    why: 'Replyline gives a customer with an agent’s e-mail a user of their own',
  },
  {
    line: /^phone$/,
    native: /^(conversation from \S+: It comes today\.)?$/,
    replyline:
      /^conversation from \S+: It left the depot\.( \| conversation from \S+: It comes today\.)?$/,
    why: 'the answer of the customer’s namesake is sent by Replyline, and not by the native integration (L27)',
  },
  {
    line: /^ticket 1: internal notes$/,
    native: /^1$/,
    replyline: /^0$/,
    why: 'campaign texts are not mirrored by Replyline yet (N38)',
  },
]

/** Every line that is not the same on both sides. */
export function differencesBetween(native: View, replyline: View): readonly Difference[] {
  const lines = [...new Set([...Object.keys(native), ...Object.keys(replyline)])]
  return lines
    .map((line) => ({ line, native: native[line] ?? '–', replyline: replyline[line] ?? '–' }))
    .filter((difference) => difference.native !== difference.replyline)
}

/** The row that allows a difference, if any. */
export function findIntended(difference: Difference): IntendedDifference | null {
  const meets = (row: IntendedDifference) =>
    row.line.test(difference.line) &&
    row.native.test(difference.native) &&
    row.replyline.test(difference.replyline)
  return INTENDED_DIFFERENCES.find(meets) ?? null
}
