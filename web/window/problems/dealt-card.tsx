import { Card, Group, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Problem } from '../api/queries.ts'
import { StateBadge } from '../shared/state-badge.tsx'
import { Places } from './places.tsx'

type Props = { readonly problem: Problem; readonly now: string }

/** Stands where a problem was that somebody here has just dealt with: what happens now. */
export function DealtCard({ problem, now }: Props) {
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that was pressed is gone.
    if (document.activeElement === document.body) card.current?.focus()
  }, [])
  return (
    <Card ref={card} tabIndex={-1} withBorder component="article" aria-label={problem.says}>
      <Title order={2} size="h3" c="dimmed" fw={500}>
        {problem.says}
      </Title>
      <Group gap="xs" mt="xs" wrap="nowrap" align="flex-start">
        <StateBadge state="fine" word="Dealt with" />
        <Text size="sm" role="status">
          {now}
        </Text>
      </Group>
      <Places problem={problem} />
    </Card>
  )
}
