import { Button, Code, Group, Paper, Stack, Text, Tooltip } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { sentenceOf, toProblem } from '../api/problem.ts'
import { StateBadge } from '../shared/state-badge.tsx'
import styles from './account-card.module.css'
import { type Connection, connectionsQuery } from './connect-queries.ts'
import { badgeOf } from './connection-badge.ts'
import { Feeds } from './feeds.tsx'
import { PauseOrResume, Stands } from './standing.tsx'

const DOORS: Readonly<Record<Connection['door'], string>> = {
  authorization_code: 'Approved by a person',
  client_credentials: 'By an OAuth client alone',
  private_key: 'By a private key',
}

type Props = { readonly connection: Connection; readonly onAgain: () => void }

/** One connected account: how it was connected, whether it still holds, and who uses it. */
export function AccountCard({ connection, onAgain }: Props) {
  const { account, url, state, stateReason, door, clientId, bridges, scopes } = connection
  const isReady = state === 'ready'
  const { feeds, stands } = connection
  return (
    <Paper withBorder p="md" component="article" aria-label={account}>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Text fw={600}>{account}</Text>
          <StateBadge {...badgeOf(connection, 'Connected')} />
        </Group>
        <Text size="sm" c="dimmed">
          {url}
        </Text>
        {!isReady && (
          <Text size="sm">
            {stateReason ?? 'Its credentials were refused.'} What waits for it goes on as soon as it
            is connected again; nothing is lost.
          </Text>
        )}
        <Stands stands={stands} />
        <Text size="sm">
          {DOORS[door]}
          {clientId !== null && (
            <>
              , client <Code>{clientId}</Code>
            </>
          )}
        </Text>
        {scopes !== null && (
          <Text size="xs" c="dimmed">
            Granted: {scopes.join(', ')}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {bridges.length === 0 ? 'No bridge uses it yet.' : `Used by ${bridges.join(', ')}.`}
        </Text>
        <Feeds feeds={feeds} />
        <Group gap="xs" mt={4} align="flex-start">
          <PauseOrResume connection={connection} />
          <Button size="xs" variant={isReady ? 'default' : 'filled'} onClick={onAgain}>
            Connect again
          </Button>
          <Forget connection={connection} />
        </Group>
      </Stack>
    </Paper>
  )
}

/** Asks once more in place, because the credentials are gone afterwards. */
function Forget({ connection }: { readonly connection: Connection }) {
  const [isAsking, setAsking] = useState(false)
  const queries = useQueryClient()
  const forget = useMutation({
    mutationFn: async () => {
      const { response, error } = await client.DELETE('/api/connections/{id}', {
        params: { path: { id: connection.id } },
      })
      if (!response.ok) throw toProblem(response.status, error)
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: connectionsQuery.queryKey }),
  })
  const isUsed = connection.bridges.length > 0
  if (!isAsking)
    return (
      <Tooltip label="A bridge uses this account" disabled={!isUsed}>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          aria-disabled={isUsed}
          className={isUsed ? (styles.disabled ?? '') : ''}
          onClick={() => !isUsed && setAsking(true)}
        >
          Forget
        </Button>
      </Tooltip>
    )
  return (
    <Group gap="xs">
      <Button size="xs" color="red" loading={forget.isPending} onClick={() => forget.mutate()}>
        Forget its credentials
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={() => setAsking(false)}>
        Keep
      </Button>
      {forget.isError && (
        <Text size="sm" role="alert" c="red">
          {sentenceOf(forget.error)}
        </Text>
      )}
    </Group>
  )
}
