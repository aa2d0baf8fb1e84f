import { Code, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { signIn } from './access.ts'
import { EntryCard, type Wrong } from './entry-card.tsx'
import { useSetupToken } from './setup-token.ts'

type Props = {
  /** Called when somebody is signed in: read the session again. */
  readonly onSessionChange: () => void
}

/** Where an operator signs in with name and password. */
export function SignInPage({ onSessionChange }: Props) {
  const [wrong, setWrong] = useState<Wrong>({})
  const [isBusy, setBusy] = useState(false)
  // An old set-up address may be opened again; its token has no business in the address bar.
  useSetupToken()

  async function submit(form: FormData): Promise<void> {
    const given = { name: String(form.get('name')), password: String(form.get('password')) }
    const missing = whatIsMissing(given)
    setWrong(missing)
    if (Object.keys(missing).length > 0) return
    setBusy(true)
    const outcome = await signIn(given)
    setBusy(false)
    if (outcome.kind === 'refused') setWrong({ [outcome.field ?? 'all']: outcome.words })
    else onSessionChange()
  }

  return (
    <EntryCard
      title="Sign in"
      intro="What became of every text and every ticket."
      wrong={wrong}
      isBusy={isBusy}
      submit="Sign in"
      onSubmit={(form) => void submit(form)}
      foot={<Forgotten />}
    >
      <TextInput
        name="name"
        label="Name"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={wrong.name}
      />
      <PasswordInput
        name="password"
        label="Password"
        autoComplete="current-password"
        error={wrong.password}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed', tabIndex: 0 }}
      />
    </EntryCard>
  )
}

/** Nobody can be asked for a new password here: who has the machine makes one. */
function Forgotten() {
  return (
    <>
      Forgot it? <Code>npx replyline owner reset NAME</Code>
    </>
  )
}

function whatIsMissing(given: { readonly name: string; readonly password: string }): Wrong {
  return {
    ...(given.name.trim() === '' ? { name: 'Enter your name.' } : {}),
    ...(given.password === '' ? { password: 'Enter your password.' } : {}),
  }
}
