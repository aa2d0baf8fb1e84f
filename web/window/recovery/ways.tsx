import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { hasStatus } from '../api/problem.ts'
import type { Problem } from '../api/queries.ts'
import { discard, retry, useAction } from './actions.ts'
import { Asking, Refusal } from './asking.tsx'
import { type Done, nowWords } from './now-words.ts'

type Props = {
  readonly problem: Problem
  /** Told once something was done, with what happens now. */
  readonly onDone: (now: string) => void
  /** Told when it was refused: the card must stay until its sentence was read. */
  readonly onRefused: () => void
}

type Way = Problem['ways'][number]
type Doing = Done & { readonly note: string }

/** What a person can do about a problem, and what came of asking for it. */
export function Ways({ problem, onDone, onRefused }: Props) {
  const { id, ways, mayHaveArrived } = problem
  const [open, setOpen] = useState<Way | null>(null)
  const [note, setNote] = useState<string | null>(null)
  const doing = useAction(
    (what: Doing) => act(id, what),
    (what) => onDone(nowWords(problem, what)),
  )
  const { isPending, error } = doing
  const start = (what: Done) =>
    doing.mutate(
      { ...what, note: note?.trim() ?? '' },
      { onError: (failed) => (hasStatus(failed, 409) || hasStatus(failed, 404)) && onRefused() },
    )
  const choose = (way: Way) => {
    doing.reset()
    if (way === 'retry' && !mayHaveArrived) {
      setOpen(null)
      start({ way, mayArriveTwice: false })
    } else setOpen(way)
  }
  const panel = { problem, isPending, error, onStart: start, onNo: () => setOpen(null) }
  return (
    <Stack gap="xs" mt="sm">
      {note !== null && (
        <TextInput
          label="Note"
          description="Kept with the record of what you do."
          maxLength={500}
          autoFocus
          disabled={isPending}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      <Group gap="xs">
        {ways.map((way) => (
          <Button
            key={way}
            size="xs"
            variant={way === 'retry' ? 'filled' : 'default'}
            disabled={isPending}
            aria-expanded={isAsked(way, mayHaveArrived) ? open === way : undefined}
            onClick={() => choose(way)}
          >
            {LABELS[way]}
            {isAsked(way, mayHaveArrived) && '…'}
          </Button>
        ))}
        {note === null && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => setNote('')}>
            Add a note
          </Button>
        )}
      </Group>
      {isPending && (
        <Text size="sm" role="status">
          Being asked for…
        </Text>
      )}
      {open === null && <Refusal error={error} />}
      {open === 'retry' && <SendTwice {...panel} />}
      {open === 'edit' && <OtherWords {...panel} />}
      {open === 'discard' && <Discard {...panel} />}
    </Stack>
  )
}

const LABELS: Readonly<Record<Way, string>> = {
  retry: 'Try again',
  edit: 'Change the words',
  discard: 'Discard',
}

/** Whether a way asks for something more before it is done. */
function isAsked(way: Way, mayHaveArrived: boolean): boolean {
  return way !== 'retry' || mayHaveArrived
}

function act(id: string, { way, text, mayArriveTwice, note }: Doing): Promise<void> {
  if (way === 'discard') return discard(id, { note })
  const words = text === undefined ? {} : { text }
  return retry(id, { ...words, mayArriveTwice, note })
}

type PanelProps = {
  readonly problem: Problem
  readonly isPending: boolean
  readonly error: unknown
  readonly onStart: (what: Done) => void
  readonly onNo: () => void
}

const NOT_KNOWN =
  'Nobody knows whether this text arrived. Look in Klaviyo, at the customer’s profile, before you send it again.'

function SendTwice({ onStart, ...asking }: PanelProps) {
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

function OtherWords({ problem, onStart, ...asking }: PanelProps) {
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

function Discard({ problem, onStart, ...asking }: PanelProps) {
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
