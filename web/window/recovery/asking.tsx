import { Button, Group, Stack, Text } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, type SubmitEvent, useEffect, useRef } from 'react'
import { actionSentenceOf } from '../api/problem.ts'
import styles from './asking.module.css'

type Props = {
  readonly title: string
  /** What it means, and fields if there are any. */
  readonly children: ReactNode
  readonly yes: string
  readonly no: string
  readonly color?: string
  readonly isPending?: boolean
  /** Why it was not done; null while nothing went wrong. */
  readonly error?: unknown
  readonly onYes: (form: FormData) => void
  readonly onNo: () => void
}

/** Asks once more in place, before something is done. Escape is a no; the focus goes back where it came from. */
export function Asking(props: Props) {
  const { title, children, yes, no, color, isPending = false, error = null, onYes, onNo } = props
  const box = useFocusInside()
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onYes(new FormData(event.currentTarget))
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !isPending) onNo()
  }
  return (
    <form
      ref={box}
      tabIndex={-1}
      aria-label={title}
      className={styles.box}
      onSubmit={send}
      onKeyDown={leave}
    >
      <Stack gap="sm">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {children}
        <Refusal error={error} />
        <Group gap="xs">
          <Button type="submit" size="xs" loading={isPending} {...(color ? { color } : {})}>
            {yes}
          </Button>
          <Button size="xs" variant="default" disabled={isPending} onClick={onNo}>
            {no}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Why something was not done; nothing while nothing went wrong. */
export function Refusal({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null
  return (
    <Text size="sm" role="alert" fw={600} className={styles.refusal ?? ''}>
      {actionSentenceOf(error)}
    </Text>
  )
}

/** Puts the focus into what opened: at its first marked field, else at its beginning. */
function useFocusInside() {
  const box = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    const first = box.current?.querySelector<HTMLElement>('[data-first]')
    ;(first ?? box.current)?.focus()
    return () => {
      const isLost = document.activeElement === document.body
      if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  return box
}
