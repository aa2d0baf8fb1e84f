import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { EventStory } from '../api/queries.ts'
import { discard, retry, useAction } from '../recovery/actions.ts'
import { Asking, Refusal } from '../recovery/asking.tsx'

type Work = EventStory['work'][number]

/** What can be done about work that waits, for something or for its turn, or that was set aside. */
export function WorkWays({ work }: { readonly work: Work }) {
  const { id, state, waitingFor } = work
  const [isAsking, setAsking] = useState(false)
  const trying = useAction(() => retry(id))
  const ending = useAction(
    () => discard(id),
    () => setAsking(false),
  )
  const isSetAside = state === 'set_aside'
  if (state === 'done')
    return trying.isSuccess || ending.isSuccess ? <Done isDiscarded={ending.isSuccess} /> : null
  const isPending = trying.isPending || ending.isPending
  return (
    <Stack gap="xs" mt="xs">
      {!isSetAside && waitingFor === null && (
        <Text size="sm">It is under way, or waits for its turn behind other work.</Text>
      )}
      <Group gap="xs">
        {(isSetAside || waitingFor !== null) && (
          <Button size="xs" loading={trying.isPending} onClick={() => trying.mutate()}>
            {isSetAside ? 'Try again' : 'Try now'}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          disabled={isPending}
          aria-expanded={isAsking}
          onClick={() => setAsking(true)}
        >
          Discard…
        </Button>
      </Group>
      {trying.isSuccess && (
        <Text size="sm" role="status">
          It is tried now. When what it waits for is still in the way, it waits again.
        </Text>
      )}
      <Refusal error={trying.error} />
      {isAsking && (
        <Asking
          title="Discard it?"
          yes="Discard it"
          no="Keep it"
          color="red"
          isPending={ending.isPending}
          error={ending.error}
          onYes={() => ending.mutate()}
          onNo={() => setAsking(false)}
        >
          <Text size="sm">
            Nothing more is sent or written for it, and what comes after it goes on. “Decide again”
            takes it up later, if nothing was done yet.
          </Text>
        </Asking>
      )}
    </Stack>
  )
}

/** Stands where the buttons were; takes over their focus. */
function Done({ isDiscarded }: { readonly isDiscarded: boolean }) {
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) line.current?.focus()
  }, [])
  return (
    <Text ref={line} tabIndex={-1} size="sm" role="status" mt="xs">
      {isDiscarded ? 'Discarded. Nothing more is sent or written for it.' : 'It went on.'}
    </Text>
  )
}
