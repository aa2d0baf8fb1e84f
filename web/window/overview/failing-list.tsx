import { List, Text, Title } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
import { countOf } from '../frame/glance.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'

const WORDS = {
  undelivered: 'did not reach the phone',
  gave_up: 'refused for good by a platform',
  set_aside: 'set aside after failing inside Replyline',
} as const

/** What failed for a bridge and waits for a person. */
export function FailingList({ bridge }: { readonly bridge: BridgeOverview }) {
  const failed = bridge.failing.flatMap(({ what, count }) =>
    what === 'unknown' ? [] : [{ what, count }],
  )
  const unknown = countOf(bridge.failing.filter(({ what }) => what === 'unknown'))
  return (
    <div>
      <Title order={3}>Failed, waiting for a person</Title>
      {failed.length === 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          Nothing failed.
        </Text>
      )}
      <List size="sm" mt={4} spacing={4} listStyleType="none">
        {failed.map(({ what, count }) => (
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
      {unknown > 0 && (
        <>
          <Title order={3} mt="sm">
            Not known whether it arrived
          </Title>
          <Text size="sm" mt={4}>
            <Text span inherit fw={600}>
              {unknown}
            </Text>{' '}
            {unknown === 1 ? 'answer' : 'answers'}. Look in Klaviyo before you answer again.
          </Text>
        </>
      )}
      {bridge.failing.length > 0 && (
        <PageLink to={PATHS.problems} size="sm">
          Problems
        </PageLink>
      )}
    </div>
  )
}
