import { Alert, Button, Group, List, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { answerOf, client } from '../api/client.ts'
import { RequestProblem, sentenceOf } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import { BridgeDone } from './bridge-done.tsx'
import { type BridgeDraft, missingIn } from './bridge-draft.ts'
import type { Connection } from './connect-queries.ts'
import { inFormWords, wrongRows, wrongsIn } from './field-words.ts'
import { SmsChoices } from './sms-choices.tsx'
import { TicketChoices } from './ticket-choices.tsx'

type Props = {
  readonly connections: readonly Connection[]
  readonly draft: BridgeDraft
  readonly isNew: boolean
  /** Whether it already works: saving it then completes nothing. */
  readonly isComplete: boolean
}

/** Everything an operator chooses of a bridge; a dry run says what would change before anything does. */
export function BridgeForm({ connections, draft: begun, isNew, isComplete }: Props) {
  const [completes] = useState(!isComplete)
  const [draft, setDraft] = useState(begun)
  const preview = useMutation({ mutationFn: () => put(draft, { isDryRun: true }) })
  const saving = useMutation({
    mutationFn: () => put(draft, { isDryRun: false }),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const change = (part: Partial<BridgeDraft>) => {
    setDraft({ ...draft, ...part })
    preview.reset()
    saving.reset()
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    preview.reset()
    saving.mutate()
  }
  const error = saving.error ?? preview.error
  const wrongs = error === null ? [] : wrongsIn(sentenceOf(error))
  if (saving.data !== undefined && completes) return <BridgeDone draft={draft} done={saving.data} />
  return (
    <form onSubmit={submit} aria-label="Bridge">
      <Stack gap="lg" maw={760}>
        {isNew && <Accounts connections={connections} draft={draft} onChange={change} />}
        <TicketChoices draft={draft} brands={brandsOf(connections, draft)} onChange={change} />
        <SmsChoices
          draft={draft}
          brands={brandsOf(connections, draft)}
          onChange={change}
          wrongRows={wrongRows(wrongs)}
        />
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {wrongs.map((wrong) => (
              <div key={wrong.setting}>{inFormWords(wrong)}</div>
            ))}
          </Alert>
        )}
        {preview.data !== undefined && <Told title="Would change" told={preview.data} />}
        {saving.data !== undefined && <Told title="Saved" told={saving.data} />}
        <Group gap="xs">
          <Button type="submit" loading={saving.isPending}>
            {completes ? 'Complete set-up' : 'Save'}
          </Button>
          <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
            See what would change
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export type Told = { readonly changes: readonly string[]; readonly notices: readonly string[] }

async function put(
  { name, ...body }: BridgeDraft,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<Told> {
  const missing = missingIn({ name, ...body })
  if (missing !== null) throw new RequestProblem(0, missing)
  return answerOf(
    client.PUT('/api/bridges/{name}', {
      params: { path: { name }, query: { dryRun: isDryRun ? 'true' : 'false' } },
      body,
    }),
  )
}

function brandsOf(connections: readonly Connection[], draft: BridgeDraft): readonly string[] {
  const zendesk = connections.find(({ id }) => id === draft.zendeskId)
  return (zendesk?.brands ?? []).map(({ name }) => name)
}

type AccountsProps = Pick<Props, 'connections' | 'draft'> & {
  readonly onChange: (part: Partial<BridgeDraft>) => void
}

function Accounts({ connections, draft, onChange }: AccountsProps) {
  const of = (platform: Connection['platform']) =>
    connections
      .filter((connection) => connection.platform === platform)
      .map(({ id, account }) => ({ value: id, label: account }))
  return (
    <Paper withBorder p="md" component="fieldset">
      <Text component="legend" fw={600} px={6}>
        Accounts
      </Text>
      <Stack gap="sm">
        <Select
          label="Zendesk"
          data={of('zendesk')}
          value={draft.zendeskId}
          onChange={(zendeskId) => zendeskId !== null && onChange({ zendeskId })}
          allowDeselect={false}
        />
        <Select
          label="Klaviyo"
          data={of('klaviyo')}
          value={draft.klaviyoId}
          onChange={(klaviyoId) => klaviyoId !== null && onChange({ klaviyoId })}
          allowDeselect={false}
        />
        <TextInput
          label="Name of the bridge"
          description="Lower-case letters, digits and dashes; it cannot be changed later"
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          autoCapitalize="none"
          spellCheck={false}
        />
      </Stack>
    </Paper>
  )
}

/** What was done, or would be, and what to know of it. */
function Told({ title, told }: { readonly title: string; readonly told: Told }) {
  const { changes, notices } = told
  return (
    <Alert color="fjord" variant="light" role="status" title={title}>
      {changes.length === 0 && <Text size="sm">Nothing: all is as chosen.</Text>}
      <List size="sm">
        {changes.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      {notices.map((line) => (
        <Text key={line} size="sm" mt={6}>
          Note: {line}
        </Text>
      ))}
    </Alert>
  )
}
