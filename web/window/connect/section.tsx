import { Button, Stack, Title } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { AccountCard } from './account-card.tsx'
import type { Connection } from './connect-queries.ts'

type Props = {
  readonly name: string
  readonly connections: readonly Connection[]
  /** The doors; `again` is the account to connect again, null for a new one. */
  readonly form: (again: Connection | null, close: (() => void) | null) => ReactNode
}

/** One platform: its accounts, and the way to another. Without any, the way stands open. */
export function Section({ name, connections, form }: Props) {
  const [open, setOpen] = useState<Connection | 'new' | null>(null)
  const isFirst = connections.length === 0
  const close = () => setOpen(null)
  return (
    <Stack component="section" gap="sm" aria-label={name}>
      <Title order={2}>{name}</Title>
      {connections.map((connection) => (
        <AccountCard
          key={connection.id}
          connection={connection}
          onAgain={() => setOpen(connection)}
        />
      ))}
      {isFirst && form(null, null)}
      {!isFirst && open !== null && form(open === 'new' ? null : open, close)}
      {!isFirst && open === null && (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setOpen('new')}>
          Connect another {name} account
        </Button>
      )}
    </Stack>
  )
}
