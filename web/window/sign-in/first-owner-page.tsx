import { PasswordInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { makeOwner } from './access.ts'
import { EntryCard, type Wrong } from './entry-card.tsx'
import { type OwnerForm, whatIsWrong } from './owner-form.ts'
import { toSetupToken, useSetupToken } from './setup-token.ts'

type Props = {
  /** Called when the owner is made and signed in: read the session again. */
  readonly onSessionChange: () => void
}

/** Where the first owner makes themselves known, by the token that Replyline printed. */
export function FirstOwnerPage({ onSessionChange }: Props) {
  const brought = useSetupToken()
  const [wrong, setWrong] = useState<Wrong>({})
  const [isRefused, setRefused] = useState(false)
  const [isBusy, setBusy] = useState(false)

  async function submit(data: FormData): Promise<void> {
    const form = toForm(data, brought)
    const problems = whatIsWrong(form)
    setWrong(problems)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    const outcome = await makeOwner(form)
    setBusy(false)
    if (outcome.kind !== 'refused') return onSessionChange()
    if (outcome.field === 'token') setRefused(true)
    setWrong({ [outcome.field ?? 'all']: outcome.words })
  }

  return (
    <EntryCard
      title="Make the first owner"
      intro="Nobody can sign in yet. The owner sees everything and connects the accounts."
      wrong={wrong}
      isBusy={isBusy}
      submit="Make the owner and sign in"
      onSubmit={(data) => void submit(data)}
    >
      <TextInput
        name="name"
        label="Name"
        description="Your e-mail address, or any name. You sign in with it."
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={wrong.name}
      />
      <NewPassword
        name="password"
        label="Password"
        description="At least 12 characters: a few words will do."
        error={wrong.password}
      />
      <NewPassword name="again" label="The password again" error={wrong.again} />
      {brought === '' || isRefused ? (
        <TextInput
          name="token"
          label="Set-up token"
          description="Replyline prints an address when it starts. Paste it whole, or what follows #setup= in it."
          autoComplete="off"
          spellCheck={false}
          error={wrong.token}
        />
      ) : (
        <Text size="sm" c="dimmed">
          The set-up token came with the address that you opened.
        </Text>
      )}
    </EntryCard>
  )
}

type FieldProps = {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly error: string | undefined
}

function NewPassword(field: FieldProps) {
  return (
    <PasswordInput
      {...field}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed', tabIndex: 0 }}
    />
  )
}

function toForm(data: FormData, brought: string): OwnerForm {
  const text = (name: string) => String(data.get(name) ?? '')
  return {
    name: text('name').trim(),
    password: text('password'),
    again: text('again'),
    token: toSetupToken(text('token')) || brought,
  }
}
