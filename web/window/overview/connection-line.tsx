import { Box, Group, Text } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
import { badgeOf } from '../connect/connection-badge.ts'
import { PauseOrResume, Stands } from '../connect/standing.tsx'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { StateBadge } from '../shared/state-badge.tsx'

const NAMES = { zendesk: 'Zendesk', klaviyo: 'Klaviyo' } as const

type Props = { readonly connection: BridgeOverview['connections'][number] }

/** One account of a bridge, and what to do when it must be connected again. */
export function ConnectionLine({ connection }: Props) {
  const { platform, account, address, state, stateReason } = connection
  const isReady = state === 'ready'
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <StateBadge {...badgeOf(connection, 'Ready')} />
        <Text size="sm" fw={600} miw="fit-content">
          {NAMES[platform]}
        </Text>
        <Text size="sm" c="dimmed" truncate title={address}>
          {account}
        </Text>
      </Group>
      <Stands stands={connection.stands} />
      <Box mt={4}>
        <PauseOrResume connection={connection} isQuiet />
      </Box>
      {!isReady && (
        <Text size="sm" mt={4}>
          {stateReason ?? 'Its credentials were refused.'} Everything for it waits until it is{' '}
          <PageLink to={PATHS.connections} inherit>
            connected again
          </PageLink>
          .
        </Text>
      )}
    </div>
  )
}
