import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { signOut } from './access.ts'

type Props = ButtonProps & {
  readonly csrfToken: string
  /** Called when the session has ended: read the session again, and forget what was shown. */
  readonly onSessionChange: () => void
}

/** Ends the session on the server, not only in this browser. Says so when it could not. */
export function SignOutButton({ csrfToken, onSessionChange, ...look }: Props) {
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function leave(): Promise<void> {
    setBusy(true)
    const outcome = await signOut(csrfToken)
    setBusy(false)
    if (outcome.kind !== 'refused') return onSessionChange()
    setProblem(outcome.words)
  }

  return (
    <Tooltip label={problem} opened={problem !== null} multiline maw={260} color="red">
      <Button
        variant="default"
        size="xs"
        {...look}
        loading={isBusy}
        onClick={() => void leave()}
        aria-label={problem === null ? 'Sign out' : `Sign out. ${problem}`}
      >
        Sign out
      </Button>
    </Tooltip>
  )
}
