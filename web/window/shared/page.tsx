import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  readonly title: string
  readonly intro?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page's head and body. */
export function Page({ title, intro, actions, children }: Props) {
  return (
    <Stack gap="lg">
      <title>{`${title} · Replyline`}</title>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1}>{title}</Title>
          {intro !== undefined && (
            <Text size="sm" c="dimmed" mt={2} maw={640}>
              {intro}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </Stack>
  )
}
