import { List, Text, Title } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'

const WORDS = {
  undelivered: 'did not reach the phone',
  unknown: 'not known whether sent',
  gave_up: 'refused for good by a platform',
  set_aside: 'set aside after failing inside Replyline',
} as const

/** What failed for a bridge and waits for a person. */
export function FailingList({ bridge }: { readonly bridge: BridgeOverview }) {
  return (
    <div>
      <Title order={3}>Failed, waiting for a person</Title>
      {bridge.failing.length === 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          Nothing failed.
        </Text>
      )}
      <List size="sm" mt={4} spacing={4} listStyleType="none">
        {bridge.failing.map(({ what, count }) => (
          <List.Item key={what}>
            <Text span inherit fw={600} c="red.8" darkHidden>
              {count}
            </Text>
            <Text span inherit fw={600} c="red.4" lightHidden>
              {count}
            </Text>{' '}
            {WORDS[what]}
          </List.Item>
        ))}
      </List>
      {bridge.failing.length > 0 && (
        <PageLink to={PATHS.problems} size="sm">
          Problems
        </PageLink>
      )}
    </div>
  )
}
