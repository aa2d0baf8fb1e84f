import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../api/client.ts'
import { sentenceOf } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import { PATHS } from '../paths.ts'
import { PageButton } from '../shared/link.tsx'

/** Takes a bridge down, after asking once more: what was kept for it does not come back. */
export function RemoveBridge({ name }: { readonly name: string }) {
  const [isAsking, setAsking] = useState(false)
  const removal = useMutation({
    mutationFn: () =>
      answerOf(client.DELETE('/api/bridges/{name}', { params: { path: { name } } })),
    // The page's own query would say that there is no such bridge.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['connections'] }),
  })
  if (removal.data !== undefined) return <Removed left={removal.data.left} />
  if (!isAsking)
    return (
      <Button variant="subtle" color="red" w="fit-content" onClick={() => setAsking(true)}>
        Remove this bridge
      </Button>
    )
  return (
    <Alert color="red" variant="light" title={`Remove ${name}?`} maw={760}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          Its conversations, events and reasons are deleted here, and its webhooks at both
          platforms. Tickets, comments, texts and Klaviyo events stay as they are. Texts that come
          afterwards make no tickets.
        </Text>
        <Group gap="xs">
          <Button color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
            Remove it
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </Group>
        {removal.isError && (
          <Text size="sm" role="alert">
            {sentenceOf(removal.error)}
          </Text>
        )}
      </Stack>
    </Alert>
  )
}

function Removed({ left }: { readonly left: readonly string[] }) {
  return (
    <Alert color="fjord" variant="light" role="status" title="The bridge is removed" maw={760}>
      <Stack gap="xs" align="flex-start">
        {left.map((line) => (
          <Text key={line} size="sm">
            Left: {line}
          </Text>
        ))}
        <PageButton to={PATHS.connections} size="xs" variant="default">
          All connections
        </PageButton>
      </Stack>
    </Alert>
  )
}
