import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { PageButton } from '../shared/link.tsx'
import type { Bridge, SetUp } from './connect-queries.ts'

type Props = { readonly setUp: SetUp; readonly bridges: readonly Bridge[] }

/** The bridges, what was chosen for each, and the way to another. */
export function BridgesSection({ setUp, bridges }: Props) {
  const missing = missingSide(setUp)
  return (
    <Stack component="section" gap="sm" aria-label="Bridges">
      <Group justify="space-between">
        <Title order={2}>Bridges</Title>
        {missing === null && bridges.length > 0 && (
          <PageButton to={PATHS.newBridge} variant="default" size="xs">
            New bridge
          </PageButton>
        )}
      </Group>
      {bridges.map((bridge) => (
        <BridgeRow key={bridge.id} bridge={bridge} />
      ))}
      {bridges.length === 0 && (
        <Paper withBorder>
          <Empty title={missing === null ? 'Both sides are connected' : 'No bridge yet'}>
            {missing ?? 'Choose whose tickets and texts cross, and it begins to work.'}
            {missing === null && (
              <div>
                <PageButton to={PATHS.newBridge} mt="md">
                  Choose what crosses
                </PageButton>
              </div>
            )}
          </Empty>
        </Paper>
      )}
    </Stack>
  )
}

function missingSide({ connections }: SetUp): string | null {
  const has = (platform: string) =>
    connections.some((connection) => connection.platform === platform)
  if (!has('zendesk') && !has('klaviyo')) return 'Connect Zendesk and Klaviyo first.'
  if (!has('zendesk')) return 'Connect Zendesk first.'
  return has('klaviyo') ? null : 'Connect Klaviyo first.'
}

function BridgeRow({ bridge }: { readonly bridge: Bridge }) {
  const { tickets, sms } = bridge.settings
  const brands = tickets.brands === 'all' ? 'all brands' : tickets.brands.join(', ')
  return (
    <Paper withBorder p="md" component="article" aria-label={bridge.name}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Text fw={600}>{bridge.name}</Text>
            {!bridge.isActive && (
              <Badge variant="light" color="yellow">
                Set-up not completed
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {bridge.connections.map(({ account }) => account).join(' and ')}
          </Text>
          <Text size="sm">
            Tickets of {brands} become events.{' '}
            {sms.enabled
              ? `Texts become tickets${sms.brand === undefined ? '' : ` under ${sms.brand}`}.`
              : 'Texts do not become tickets.'}
          </Text>
        </div>
        <PageButton
          to={PATHS.bridge}
          params={{ name: bridge.name }}
          variant="default"
          size="xs"
          miw="fit-content"
        >
          Change
        </PageButton>
      </Group>
    </Paper>
  )
}
