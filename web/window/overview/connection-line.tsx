import { Group, Text } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
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
        <StateBadge state={isReady ? 'fine' : 'failed'} word={isReady ? 'Ready' : 'Reconnect'} />
        <Text size="sm" fw={600} miw="fit-content">
          {NAMES[platform]}
        </Text>
        <Text size="sm" c="dimmed" truncate title={address}>
          {account}
        </Text>
      </Group>
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
