import { Alert, Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode, SubmitEvent } from 'react'
import { sentenceOf } from '../api/problem.ts'

type Props = {
  readonly label: string
  readonly submit: string
  /** Sends what was entered; its refusal is shown under the fields. */
  readonly onSubmit: (form: FormData) => Promise<void>
  readonly onCancel: (() => void) | null
  readonly children: ReactNode
}

/** One way to connect an account: its fields, what went wrong, and the button. */
export function DoorForm({ label, submit, onSubmit, onCancel, children }: Props) {
  const sending = useMutation({ mutationFn: onSubmit })
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    sending.mutate(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={send} aria-label={label}>
      <Stack gap="sm">
        {children}
        {sending.isError && (
          <Alert color="red" variant="light" role="alert">
            {sentenceOf(sending.error)}
          </Alert>
        )}
        <Group gap="xs">
          <Button type="submit" loading={sending.isPending}>
            {submit}
          </Button>
          {onCancel !== null && (
            <Button variant="subtle" color="gray" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** What was entered in a field, without blanks around it; '' when nothing was. */
export function entered(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim()
}
