import { Button, Group, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { advanceClock, runAutomations } from '../api/deeds.ts'
import { useClock } from '../api/reads.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'
import { Time } from '../time.tsx'

const MINUTE = 60_000
const STEPS = [
  ['10 minutes later', 10 * MINUTE],
  ['1 hour later', 60 * MINUTE],
  ['4 days later', 4 * 24 * 60 * MINUTE],
] as const

/** What time it is in the sandbox, and how to make it later. */
export function EmulatedClock() {
  const now = useEmulatedNow()
  const advance = useDeed(advanceClock)
  const automations = useDeed(runAutomations)
  return (
    <Group gap="xs" role="group" aria-label="The emulated clock">
      <Text size="xs" fw={600}>
        {now === null ? 'Clock' : <Time at={now} isLong />}
      </Text>
      {STEPS.map(([label, ms]) => (
        <Button
          key={label}
          size="compact-xs"
          variant="default"
          disabled={advance.isBusy}
          onClick={() => advance.run(ms)}
        >
          {label}
        </Button>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        loading={automations.isBusy}
        onClick={() => automations.run()}
      >
        Run the hourly automations
      </Button>
      <Problem text={advance.problem ?? automations.problem} />
    </Group>
  )
}

const TICK_MS = 5_000

/** ISO 8601; null until the sandbox told how far it is ahead. It goes on by itself between the tellings. */
function useEmulatedNow(): string | null {
  const clock = useClock()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(ticking)
  }, [])
  return clock.data === undefined ? null : new Date(now + clock.data.offsetMs).toISOString()
}
