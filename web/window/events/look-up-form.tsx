import { Button, Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { SubmitEvent } from 'react'
import { PATHS } from '../paths.ts'

/** Takes any id and leads to what is known of it. */
export function LookUpForm({ id = '' }: { readonly id?: string }) {
  const navigate = useNavigate()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = String(new FormData(event.currentTarget).get('id') ?? '')
      .trim()
      .replace(/^#/, '')
    if (given !== '') void navigate({ to: PATHS.event, params: { id: given } })
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <TextInput
          key={id}
          name="id"
          label="Id"
          placeholder="Ticket number, comment, event, work item or effect"
          defaultValue={id}
          maxLength={200}
          required
          withAsterisk={false}
          autoComplete="off"
          spellCheck={false}
          flex="1 1 260px"
          maw={560}
        />
        <Button type="submit">Why?</Button>
      </Group>
    </form>
  )
}
