import { Card, Divider, Group, SimpleGrid, Title } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { CampaignList } from './campaign-list.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { FailingList } from './failing-list.tsx'
import { LastText } from './last-text.tsx'
import { Today } from './today.tsx'
import { WaitingList } from './waiting-list.tsx'

/** One bridge: its accounts, its last messages, what waits and what failed. */
export function BridgeCard({ bridge }: { readonly bridge: BridgeOverview }) {
  return (
    <Card withBorder component="section" aria-label={`Bridge ${bridge.name}`} padding="lg">
      <Group justify="space-between" gap="xs">
        <Group gap="sm">
          <Title order={2}>{bridge.name}</Title>
          {!bridge.isActive && (
            <>
              <StateBadge state="waiting" word="Set-up not completed" />
              <PageLink to={PATHS.bridge} params={{ name: bridge.name }} size="sm">
                Finish the set-up
              </PageLink>
            </>
          )}
        </Group>
        <PageLink to={PATHS.conversations} search={{ bridge: bridge.name }} size="sm">
          Conversations
        </PageLink>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xs" mt="sm">
        {bridge.connections.map((connection) => (
          <ConnectionLine key={connection.platform} connection={connection} />
        ))}
      </SimpleGrid>
      <Divider my="md" />
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg" verticalSpacing="lg">
        <LastText
          title="Last text in"
          none="No customer has texted yet."
          text={bridge.lastReceived}
        />
        <LastText title="Last text out" none="No answer was texted yet." text={bridge.lastSent} />
        <Today bridge={bridge} />
      </SimpleGrid>
      <Divider my="md" />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <WaitingList bridge={bridge} />
        <FailingList bridge={bridge} />
        <CampaignList bridge={bridge} />
      </SimpleGrid>
    </Card>
  )
}
