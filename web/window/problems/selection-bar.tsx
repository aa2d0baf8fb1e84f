import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Asking } from '../recovery/asking.tsx'
import type { Deed } from '../recovery/many.ts'

type Props = {
  readonly shown: number
  readonly selected: number
  readonly isBusy: boolean
  readonly onAll: (isSelected: boolean) => void
  readonly onDeed: (deed: Deed) => void
}

/** Several at once: how many are selected, and what can be done about them. */
export function SelectionBar({ shown, selected, isBusy, onAll, onDeed }: Props) {
  const [isAsking, setAsking] = useState(false)
  const isNone = selected === 0
  return (
    <Stack gap="xs" role="group" aria-label="Several at once">
      <Group gap="sm">
        <Checkbox
          size="sm"
          label={`Select all shown (${shown})`}
          checked={selected === shown}
          indeterminate={selected > 0 && selected < shown}
          onChange={(event) => onAll(event.currentTarget.checked)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={isNone || isBusy}
          onClick={() => onDeed('retry')}
        >
          {isNone ? 'Try selected again' : `Try ${selected} again`}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={isNone || isBusy}
          aria-expanded={isAsking}
          onClick={() => setAsking(true)}
        >
          {isNone ? 'Discard selected…' : `Discard ${selected}…`}
        </Button>
      </Group>
      {isAsking && !isNone && (
        <Asking
          title={selected === 1 ? 'Discard it?' : `Discard all ${selected}?`}
          yes={`Discard ${selected}`}
          no="Keep them"
          color="red"
          onYes={() => {
            setAsking(false)
            onDeed('discard')
          }}
          onNo={() => setAsking(false)}
        >
          <Text size="sm">
            Nothing will be sent or written for them. They leave this list; their events still tell
            what happened.
          </Text>
        </Asking>
      )}
    </Stack>
  )
}
