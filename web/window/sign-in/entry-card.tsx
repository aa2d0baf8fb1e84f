import { Alert, Button, Center, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, type SubmitEvent, useEffect, useRef } from 'react'
import { Logo } from '../frame/logo.tsx'

/** What has to be put right, by the field's name; `all` is what belongs to no single field. */
export type Wrong = Readonly<Record<string, string>>

type Props = {
  readonly title: string
  readonly intro: string
  readonly wrong: Wrong
  readonly isBusy: boolean
  readonly submit: string
  readonly onSubmit: (form: FormData) => void
  readonly children: ReactNode
  /** Said under the card. */
  readonly foot?: ReactNode
}

/**
 * The page of a person who is not in yet: one card with one form. The cursor begins in its first
 * field, and goes to the first one that is wrong.
 */
export function EntryCard({
  title,
  intro,
  wrong,
  isBusy,
  submit,
  onSubmit,
  children,
  foot,
}: Props) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => fieldsOf(form.current)[0]?.focus(), [])
  useEffect(() => {
    fieldsOf(form.current)
      .find(({ name }) => wrong[name] !== undefined)
      ?.focus()
  }, [wrong])
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit(new FormData(event.currentTarget))
  }
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={400} gap="lg">
        <Center>
          <Logo />
        </Center>
        <Paper withBorder shadow="sm" radius="md" p={{ base: 'md', xs: 'xl' }}>
          <form ref={form} onSubmit={send} noValidate>
            <Stack gap="md">
              <Stack gap={4}>
                <Title order={1}>{title}</Title>
                <Text size="sm" c="dimmed">
                  {intro}
                </Text>
              </Stack>
              {children}
              {wrong.all !== undefined && (
                <Alert color="red" variant="light" role="alert">
                  {wrong.all}
                </Alert>
              )}
              <Button type="submit" fullWidth loading={isBusy}>
                {submit}
              </Button>
            </Stack>
          </form>
        </Paper>
        {foot !== undefined && (
          <Text size="sm" c="dimmed" ta="center" component="div">
            {foot}
          </Text>
        )}
      </Stack>
    </Center>
  )
}

function fieldsOf(form: HTMLFormElement | null): readonly HTMLInputElement[] {
  return form === null ? [] : [...form.querySelectorAll('input')]
}
