import { Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Problem } from '../api/queries.ts'
import { Asking } from './asking.tsx'
import type { Done } from './now-words.ts'

type PanelProps = {
  readonly problem: Problem
  readonly isPending: boolean
  readonly error: unknown
  readonly onStart: (what: Done) => void
  readonly onNo: () => void
}

const NOT_KNOWN =
  'Nobody knows whether this text arrived. Look in Klaviyo, at the customer’s profile, before you send it again.'

/** Asks for the word of a person who knows that a text may have arrived. */
export function SendTwice({ onStart, ...asking }: PanelProps) {
  return (
    <Asking
      {...asking}
      title="It may arrive twice."
      yes="Send it all the same"
      no="Leave it"
      onYes={() => onStart({ way: 'retry', mayArriveTwice: true })}
    >
      <Text size="sm">{NOT_KNOWN}</Text>
    </Asking>
  )
}

/** Takes other words for a text. */
export function OtherWords({ problem, onStart, ...asking }: PanelProps) {
  const { text, mayHaveArrived } = problem
  const [words, setWords] = useState(text ?? '')
  const isEmpty = words.trim() === ''
  const send = () =>
    isEmpty || onStart({ way: 'edit', text: words.trim(), mayArriveTwice: mayHaveArrived })
  return (
    <Asking
      {...asking}
      title="Send it in other words"
      yes={mayHaveArrived ? 'Send it all the same' : 'Send these words'}
      no="Leave it"
      onYes={send}
    >
      <Textarea
        label="The words"
        data-first
        autosize
        minRows={2}
        maxRows={10}
        maxLength={1_600}
        value={words}
        error={isEmpty && 'A text needs words.'}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Text size="sm">
        {mayHaveArrived
          ? `${NOT_KNOWN} The customer may get both.`
          : 'The customer gets these words alone. The comment on the ticket stays as it was written.'}
      </Text>
    </Asking>
  )
}

/** Asks once more before something is taken off the list. */
export function Discard({ problem, onStart, ...asking }: PanelProps) {
  return (
    <Asking
      {...asking}
      title="Discard it?"
      yes="Discard it"
      no="Keep it"
      color="red"
      onYes={() => onStart({ way: 'discard', mayArriveTwice: false })}
    >
      <Text size="sm">
        Nothing will be sent or written for it. It leaves this list;
        {problem.conversationId === null ? ' its event' : ' the conversation'} still tells what
        happened.
      </Text>
    </Asking>
  )
}
