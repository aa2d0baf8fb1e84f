import { Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { answerOf, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { type Connection, connectionsQuery, goToConsent, type SetUp } from './connect-queries.ts'
import { DoorForm, entered } from './door-form.tsx'
import { Copyable, HowTo } from './how-to.tsx'
import { SandboxNote, SEED } from './sandbox-note.tsx'
import { SecretInput } from './secret-input.tsx'
import { Section } from './section.tsx'

/** The Zendesk accounts, and both doors to one. */
export function ZendeskSection({ setUp }: { readonly setUp: SetUp }) {
  return (
    <Section
      name="Zendesk"
      connections={setUp.connections.filter(({ platform }) => platform === 'zendesk')}
      form={(again, close) => <ZendeskDoors setUp={setUp} again={again} close={close} />}
    />
  )
}

type Door = 'authorization_code' | 'client_credentials'

type Props = {
  readonly setUp: SetUp
  readonly again: Connection | null
  readonly close: (() => void) | null
}

function ZendeskDoors({ setUp, again, close }: Props) {
  const [door, setDoor] = useState<Door>(
    again?.door === 'client_credentials' ? 'client_credentials' : 'authorization_code',
  )
  const isConsent = door === 'authorization_code'
  const seed = setUp.sandbox === null ? null : SEED
  async function submit(form: FormData): Promise<void> {
    const address = entered(form, 'address')
    const clientId = entered(form, 'clientId')
    const clientSecret = entered(form, 'clientSecret')
    if (isConsent) {
      const body = { address, clientId, clientSecret: clientSecret === '' ? null : clientSecret }
      return goToConsent(answerOf(client.POST('/api/connections/zendesk/consent', { body })))
    }
    const body = { address, clientId, clientSecret }
    await answerOf(client.POST('/api/connections/zendesk/client', { body }))
    await queryClient.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    close?.()
  }
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label="How to connect Zendesk"
          value={door}
          onChange={(value) => setDoor(value as Door)}
          data={[
            { value: 'authorization_code', label: 'Approve in Zendesk' },
            { value: 'client_credentials', label: 'Without a person' },
          ]}
        />
        <Text size="sm" c="dimmed">
          {isConsent
            ? 'You sign in to Zendesk and approve there. Access is renewed by itself and can be taken back in Zendesk.'
            : 'The OAuth client signs in by itself, as the admin who made it; nobody approves in a browser.'}
        </Text>
        {seed !== null && <SandboxNote what="Zendesk" />}
        <DoorForm
          key={door}
          label="Connect Zendesk"
          submit={isConsent ? 'Connect to Zendesk' : 'Connect'}
          onSubmit={submit}
          onCancel={close}
        >
          <TextInput
            name="address"
            label="Zendesk address"
            description="As you open it: nordlys.zendesk.com, a ticket’s address, or your help centre’s own name"
            placeholder="nordlys.zendesk.com"
            defaultValue={again?.url ?? setUp.sandbox?.zendeskUrl ?? ''}
            readOnly={again !== null}
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <TextInput
            name="clientId"
            label="Unique identifier"
            description="Of the OAuth client in your Zendesk"
            defaultValue={again?.clientId ?? seed?.clientId ?? ''}
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <SecretInput
            name="clientSecret"
            label="Secret"
            description={isConsent ? 'Leave it empty for a public client' : undefined}
            defaultValue={seed?.clientSecret ?? ''}
            required={!isConsent}
          />
          {isConsent && <Copyable label="Redirect URL" text={setUp.redirectUris.zendesk} />}
          <HowTo
            summary="Where to make the OAuth client"
            steps={[
              'In Zendesk open Admin Center, Apps and integrations, APIs, OAuth clients, and choose Add OAuth client.',
              'Name it Replyline. Any unique identifier will do; enter the same one here.',
              isConsent
                ? 'Put the redirect URL above into Redirect URLs, letter by letter.'
                : 'Choose the kind Confidential, and allow client credentials.',
              'Save, then copy the secret: Zendesk shows it once.',
            ]}
          />
        </DoorForm>
      </Stack>
    </Paper>
  )
}
