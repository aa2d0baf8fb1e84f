import { Loader, Text } from '@mantine/core'
import { useMessages } from '../api/reads.ts'
import { Problem } from '../problem.tsx'
import { Scroller } from '../scroller.tsx'
import { Bubble } from './bubble.tsx'
import classes from './phone.module.css'

/** What is on somebody's phone, the newest at the foot and in sight. */
export function Handset({ number, name }: { readonly number: string; readonly name: string }) {
  const messages = useMessages(number)
  return (
    <Scroller
      label={`Texts on ${name}'s phone`}
      className={classes.screen}
      followedCount={messages.data?.length ?? 0}
    >
      {messages.isPending && <Loader size="sm" aria-label="Reading the phone" />}
      {messages.data === undefined && <Problem text={messages.error?.message ?? null} />}
      {messages.data?.length === 0 && (
        <Text size="sm" c="dimmed" ta="center">
          Nothing on this phone yet. Write a text below and send it.
        </Text>
      )}
      {messages.data?.map((message, index) => (
        // Texts have no ids and are only ever added, so their place is one.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above.
        <Bubble key={index} message={message} />
      ))}
    </Scroller>
  )
}
