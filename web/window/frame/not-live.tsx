import { Text } from '@mantine/core'

const SAYS = 'Live updates are interrupted; asking every 5 seconds'

/** Says quietly that what is shown may be seconds old. */
export function NotLive() {
  return (
    <div role="status" title={SAYS}>
      <Text size="xs" c="dimmed" visibleFrom="md">
        {SAYS}
      </Text>
      <Text size="xs" c="dimmed" hiddenFrom="md" miw="max-content">
        Not live
      </Text>
    </div>
  )
}
