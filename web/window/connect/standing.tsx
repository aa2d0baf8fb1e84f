import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { pause, resume, useAction } from '../recovery/actions.ts'
import { Asking, Refusal } from '../recovery/asking.tsx'
import { WithTimes } from '../shared/with-times.tsx'
import type { Connection } from './connect-queries.ts'

type Standing = Pick<Connection, 'id' | 'platform' | 'stands'>

const NAMES = { zendesk: 'Zendesk', klaviyo: 'Klaviyo' } as const

const MEANS = {
  paused: 'Until then what is for it waits, in order; nothing is lost.',
  down: 'Until then what is for it waits, in order; nothing is lost. Nothing needs to be done here.',
} as const

/** Why an account is not called right now, and what that means; nothing while it is. */
export function Stands({ stands }: Pick<Standing, 'stands'>) {
  if (stands === null) return null
  return (
    <Text size="sm" mt={4}>
      <WithTimes text={stands.says} /> {MEANS[stands.why]}
    </Text>
  )
}

type Props = {
  readonly connection: Standing
  /** Where it is not what the page is about. */
  readonly isQuiet?: boolean
}

/** Leaves an account alone after asking once more, or calls it again. */
export function PauseOrResume({ connection, isQuiet = false }: Props) {
  const { id, platform, stands } = connection
  const [isAsking, setAsking] = useState(false)
  const pausing = useAction(
    () => pause(id),
    () => setAsking(false),
  )
  const resuming = useAction(() => resume(id))
  const name = NAMES[platform]
  const isPaused = stands?.why === 'paused'
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="xs">
        {isPaused ? (
          <Button
            size="xs"
            aria-label={`Resume ${name}`}
            loading={resuming.isPending}
            onClick={() => resuming.mutate()}
          >
            Resume
          </Button>
        ) : (
          <Button
            size={isQuiet ? 'compact-xs' : 'xs'}
            variant="default"
            aria-label={`Pause ${name}`}
            aria-expanded={isAsking}
            onClick={() => setAsking(!isAsking)}
          >
            Pause…
          </Button>
        )}
      </Group>
      <Refusal error={resuming.error} />
      {isAsking && !isPaused && (
        <Asking
          title={`Pause ${name}?`}
          yes={`Pause ${name}`}
          no="Leave it"
          isPending={pausing.isPending}
          error={pausing.error}
          onYes={() => pausing.mutate()}
          onNo={() => setAsking(false)}
        >
          <Text size="sm">{WAITS[platform]} Until somebody resumes it, it is not called.</Text>
        </Asking>
      )}
    </Stack>
  )
}

const WAITS = {
  zendesk:
    'Texts of customers wait, in order, and become tickets when you resume. Answers of agents may still go out, without being checked in Zendesk first.',
  klaviyo:
    'Answers of agents wait, in order. One that waits for more than 4 hours is not sent any more: it goes back to its agent. Texts of customers may still become tickets, without a look at their consent.',
} as const
