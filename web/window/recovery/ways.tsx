import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { hasStatus } from '../api/problem.ts'
import type { Problem } from '../api/queries.ts'
import { discard, retry, useAction } from './actions.ts'
import { Refusal } from './asking.tsx'
import { type Done, nowWords } from './now-words.ts'
import { Discard, OtherWords, SendTwice } from './way-panels.tsx'

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
      {note !== null && <NoteField note={note} isPending={isPending} onChange={setNote} />}
      <Group gap="xs">
        {ways.map((way) => (
          <WayButton
            key={way}
            way={way}
            isPending={isPending}
            isOpen={needsMore(way, mayHaveArrived) ? open === way : null}
            onClick={() => choose(way)}
          />
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

type NoteProps = {
  readonly note: string
  readonly isPending: boolean
  readonly onChange: (note: string) => void
}

function NoteField({ note, isPending, onChange }: NoteProps) {
  return (
    <TextInput
      label="Note"
      description="Kept with the record of what you do."
      maxLength={500}
      autoFocus
      disabled={isPending}
      value={note}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

type ButtonProps = {
  readonly way: Way
  readonly isPending: boolean
  /** Whether what it asks for is open; null where it asks for nothing. */
  readonly isOpen: boolean | null
  readonly onClick: () => void
}

function WayButton({ way, isPending, isOpen, onClick }: ButtonProps) {
  return (
    <Button
      size="xs"
      variant={way === 'retry' ? 'filled' : 'default'}
      disabled={isPending}
      aria-expanded={isOpen ?? undefined}
      onClick={onClick}
    >
      {LABELS[way]}
      {isOpen !== null && '…'}
    </Button>
  )
}

const LABELS: Readonly<Record<Way, string>> = {
  retry: 'Try again',
  edit: 'Change the words',
  discard: 'Discard',
}

/** Whether a way asks for something more before it is done. */
function needsMore(way: Way, mayHaveArrived: boolean): boolean {
  return way !== 'retry' || mayHaveArrived
}

function act(id: string, { way, text, mayArriveTwice, note }: Doing): Promise<void> {
  if (way === 'discard') return discard(id, { note })
  const words = text === undefined ? {} : { text }
  return retry(id, { ...words, mayArriveTwice, note })
}
