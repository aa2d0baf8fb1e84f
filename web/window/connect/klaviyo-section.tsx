import { Code, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { answerOf, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { type Connection, connectionsQuery, goToConsent, type SetUp } from './connect-queries.ts'
import { DoorForm, entered } from './door-form.tsx'
import { Copyable, HowTo } from './how-to.tsx'
import { SandboxNote, SEED } from './sandbox-note.tsx'
import { SecretInput } from './secret-input.tsx'
import { Section } from './section.tsx'

/** The Klaviyo accounts, and both doors to one. */
export function KlaviyoSection({ setUp }: { readonly setUp: SetUp }) {
  return (
    <Section
      name="Klaviyo"
      connections={setUp.connections.filter(({ platform }) => platform === 'klaviyo')}
      form={(again, close) => <KlaviyoDoors setUp={setUp} again={again} close={close} />}
    />
  )
}

type Door = 'authorization_code' | 'private_key'

type Props = {
  readonly setUp: SetUp
  readonly again: Connection | null
  readonly close: (() => void) | null
}

function KlaviyoDoors({ setUp, again, close }: Props) {
  const [door, setDoor] = useState<Door>(
    again?.door === 'authorization_code' ? 'authorization_code' : 'private_key',
  )
  const isKey = door === 'private_key'
  async function submit(form: FormData): Promise<void> {
    if (!isKey) {
      const body = {
        clientId: entered(form, 'clientId'),
        clientSecret: entered(form, 'clientSecret'),
      }
      return goToConsent(answerOf(client.POST('/api/connections/klaviyo/consent', { body })))
    }
    const body = { apiKey: entered(form, 'apiKey') }
    await answerOf(client.POST('/api/connections/klaviyo/key', { body }))
    await queryClient.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    close?.()
  }
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label="How to connect Klaviyo"
          value={door}
          onChange={(value) => setDoor(value as Door)}
          data={[
            { value: 'private_key', label: 'Private key' },
            { value: 'authorization_code', label: 'Approve in Klaviyo' },
          ]}
        />
        <Text size="sm" c="dimmed">
          {isKey
            ? 'The quick way. It shares Klaviyo’s limits with your other private keys.'
            : 'With an app of your own in Klaviyo: limits of its own, and access that can be taken back there.'}
        </Text>
        {setUp.sandbox !== null && <SandboxNote what="Klaviyo" />}
        <DoorForm
          key={door}
          label="Connect Klaviyo"
          submit={isKey ? 'Connect' : 'Connect to Klaviyo'}
          onSubmit={submit}
          onCancel={close}
        >
          {isKey ? (
            <KeyFields setUp={setUp} isAgain={again !== null} />
          ) : (
            <AppFields setUp={setUp} clientId={again?.clientId ?? null} />
          )}
        </DoorForm>
      </Stack>
    </Paper>
  )
}

function KeyFields({ setUp, isAgain }: { readonly setUp: SetUp; readonly isAgain: boolean }) {
  return (
    <>
      <SecretInput
        name="apiKey"
        label="Private API key"
        description="Begins with pk_"
        defaultValue={setUp.sandbox === null || isAgain ? '' : SEED.apiKey}
        required
      />
      <HowTo
        summary="Where to make the key"
        steps={[
          'In Klaviyo open Settings, API keys, and choose Create Private API Key.',
          <span key="scopes">
            Choose Custom Key with these scopes: <Code>{setUp.scopes.klaviyo.join(' ')}</Code>. They
            cannot be changed afterwards.
          </span>,
          'Copy the key: Klaviyo shows it once.',
        ]}
      />
    </>
  )
}

type AppProps = { readonly setUp: SetUp; readonly clientId: string | null }

function AppFields({ setUp, clientId }: AppProps) {
  const seed = setUp.sandbox === null ? null : SEED
  return (
    <>
      <TextInput
        name="clientId"
        label="Client id"
        defaultValue={clientId ?? seed?.clientId ?? ''}
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <SecretInput
        name="clientSecret"
        label="Client secret"
        defaultValue={seed?.clientSecret ?? ''}
        required
      />
      <Copyable label="Redirect URL" text={setUp.redirectUris.klaviyo} />
      <HowTo
        summary="Where to make the app"
        steps={[
          'In Klaviyo open Integrations, Manage apps, and create an app.',
          'Put the redirect URL above into its allow-list, letter by letter.',
          <span key="scopes">
            Give it these scopes: <Code>{setUp.scopes.klaviyo.join(' ')}</Code>
          </span>,
          'Copy client id and secret.',
        ]}
      />
    </>
  )
}
