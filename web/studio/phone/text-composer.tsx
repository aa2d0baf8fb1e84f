import { Button, Group, NativeSelect, Text, Textarea } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { failNextText, sendText } from '../api/deeds.ts'
import type { BrandNumber } from '../api/host.ts'
import { usePhoneFailure } from '../api/reads.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'
import { useView } from '../view.tsx'
import classes from './phone.module.css'

const KINDS = {
  toll_free: 'toll-free',
  long_code: 'long code',
  short_code: 'short code',
  alpha: 'branded, cannot receive',
} as const

type Composer = { readonly name: string; readonly numbers: readonly BrandNumber[] }

/** The person writes to one of the brand's numbers. Enter sends, Shift and Enter begin a new line. */
export function TextComposer({ name, numbers }: Composer) {
  const [{ phone, to }, change] = useView()
  const [body, setBody] = useState('')
  const deed = useDeed(sendText)
  const isReady = body.trim() !== '' && !deed.isBusy
  const send = () => isReady && deed.runThen(() => setBody(''), { from: phone, to, body })

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <PendingFailure number={phone} />
      <NativeSelect
        size="xs"
        aria-label="Brand number to text"
        value={to}
        onChange={(event) => change({ to: event.currentTarget.value })}
        data={numbers.map(({ number, kind, account, canReceive }) => ({
          value: number,
          label: `to ${number} (${account}, ${KINDS[kind]})`,
          disabled: !canReceive,
        }))}
      />
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Textarea
          flex={1}
          autosize
          minRows={1}
          maxRows={5}
          aria-label={`Text from ${name}`}
          placeholder="Write a text"
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" disabled={!isReady}>
          Send
        </Button>
      </Group>
      <Problem text={deed.problem} />
    </form>
  )
}

function PendingFailure({ number }: { readonly number: string }) {
  const failure = usePhoneFailure(number)
  const deed = useDeed(failNextText)
  if (failure.data === undefined || failure.data.type === null) return null
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Text size="xs" fw={600} className={classes.warning}>
        The carrier will refuse the next text to this phone.
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        flex="none"
        onClick={() => deed.run(number, null)}
      >
        Undo
      </Button>
    </Group>
  )
}
