import { Group, Text, Title } from '@mantine/core'
import type { components } from '../api/schema.d.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'

type Props = {
  readonly title: string
  readonly none: string
  readonly text: components['schemas']['LastText'] | null
}

/** The last text one way: when it was, how it ended, and the way to it. */
export function LastText({ title, none, text }: Props) {
  return (
    <div>
      <Title order={3}>{title}</Title>
      {text === null ? (
        <Text size="sm" c="dimmed" mt={4}>
          {none}
        </Text>
      ) : (
        <>
          <Group gap="xs" mt={4}>
            <Text fw={600}>
              <Time at={text.at} as="ago" />
            </Text>
            <StateBadge state={text.state} />
          </Group>
          <Text size="sm" mt={4}>
            {text.says} <Way text={text} />
          </Text>
        </>
      )}
    </div>
  )
}

function Way({ text }: { readonly text: NonNullable<Props['text']> }) {
  return text.conversationId === null ? (
    <PageLink to={PATHS.event} params={{ id: text.eventId }} inherit>
      Why?
    </PageLink>
  ) : (
    <PageLink to={PATHS.conversation} params={{ id: text.conversationId }} inherit>
      Conversation
    </PageLink>
  )
}
