import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { PATHS } from '../paths.ts'
import { PageButton } from '../shared/link.tsx'
import type { BridgeDraft } from './bridge-draft.ts'
import type { Told } from './bridge-form.tsx'

type Props = { readonly draft: BridgeDraft; readonly done: Told }

/** Set-up is complete: how to see that it works. */
export function BridgeDone({ draft, done }: Props) {
  return (
    <Paper withBorder p="lg" maw={760}>
      <Stack gap="sm">
        <Title order={2}>Set-up is complete</Title>
        <Text size="sm">
          {draft.sms.enabled
            ? 'To try it: from a phone that is subscribed to your texts, text your number something that is no keyword. The ticket appears in Zendesk, and the whole way under Conversations. Answer it publicly, and the phone gets the answer.'
            : 'To try it: open a ticket in a chosen brand. Klaviyo gets an Opened Ticket event on the requester’s profile.'}
        </Text>
        {done.notices.map((line) => (
          <Alert key={line} color="yellow" variant="light">
            {line}
          </Alert>
        ))}
        <Group gap="xs" mt="xs">
          <PageButton to={PATHS.conversations}>Watch conversations</PageButton>
          <PageButton to={PATHS.doctor} variant="default">
            Check everything
          </PageButton>
        </Group>
      </Stack>
    </Paper>
  )
}
