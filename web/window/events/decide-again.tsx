import { Box, Button, Text } from '@mantine/core'
import { useState } from 'react'
import { replay, useAction } from '../recovery/actions.ts'
import { Asking } from '../recovery/asking.tsx'

type Props = {
  readonly id: string
  /** Whether nothing of it is under way. */
  readonly isOver: boolean
}

/** Has an event decided again, after saying what that does and what it leaves. */
export function DecideAgain({ id, isOver }: Props) {
  const [isAsking, setAsking] = useState(false)
  const replaying = useAction(
    () => replay(id),
    () => setAsking(false),
  )
  const open = () => {
    replaying.reset()
    setAsking(true)
  }
  return (
    <Box mt="sm">
      {replaying.isSuccess && (
        <Text size="sm" role="status" mb="xs">
          It is decided again in a moment, in this customer's turn; this page follows.
        </Text>
      )}
      {(isOver || replaying.isSuccess) && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          ml={isAsking ? 0 : -14}
          aria-expanded={isAsking}
          aria-disabled={!isOver}
          {...(isOver ? {} : { opacity: 0.55 })}
          onClick={isAsking ? () => setAsking(false) : () => isOver && open()}
        >
          Decide again…
        </Button>
      )}
      {isAsking && (
        <Box mt="xs">
          <Asking
            title="Decide this event again?"
            yes="Decide it again"
            no="Leave it"
            isPending={replaying.isPending}
            error={replaying.error}
            onYes={() => replaying.mutate()}
            onNo={() => setAsking(false)}
          >
            <Text size="sm" maw={640}>
              It is looked at as if it came now, with the settings, permissions and consent of now.
              What was done already is not done again: only where nothing came of it, or something
              failed, is there anything to decide.
            </Text>
          </Asking>
        </Box>
      )}
    </Box>
  )
}
