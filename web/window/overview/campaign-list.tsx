import { List, Text, Title } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
import { Time } from '../shared/time.tsx'

type Campaign = BridgeOverview['campaigns'][number]

/** What campaigns and flows sent, counted; nothing when nothing came of late. */
export function CampaignList({ bridge }: { readonly bridge: BridgeOverview }) {
  if (bridge.campaigns.length === 0) return null
  return (
    <div>
      <Title order={3}>Campaigns and flows</Title>
      <List size="sm" mt={4} spacing={4} listStyleType="none">
        {bridge.campaigns.map((campaign) => (
          <List.Item key={campaign.origin}>
            <Text span inherit fw={600}>
              {nameOf(campaign)}
            </Text>
            : {totalOf(campaign).toLocaleString('en')} texts arrived, {keptOf(campaign)} of them at
            a customer with a current ticket. Last <Time at={campaign.lastAt} as="ago" />.
          </List.Item>
        ))}
      </List>
    </div>
  )
}

function nameOf({ name, origin }: Campaign): string {
  if (name !== null) return name
  const [kind = '', id = ''] = origin.split(/:(.*)/)
  return kind === 'flow' ? `Flow ${id}` : `Message ${id}`
}

function totalOf({ counts }: Campaign): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

function keptOf({ counts }: Campaign): string {
  const kept = counts.find(({ reason }) => reason === 'marketing_message')
  return (kept?.count ?? 0).toLocaleString('en')
}
