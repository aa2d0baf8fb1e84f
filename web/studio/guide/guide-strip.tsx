import { CloseButton, Text } from '@mantine/core'
import { useCast, useHost, useMessages, useProfile, useTicket } from '../api/reads.ts'
import { useShownTicket } from '../desk/shown-ticket.ts'
import { useView } from '../view.tsx'
import classes from './guide.module.css'
import { type Guide, type GuideFacts, type GuideKind, hintOf, itemsOf } from './guide.ts'
import { useGuide } from './guide-state.tsx'

const TITLES: Readonly<Record<GuideKind, string>> = {
  first_minute: 'Your first minute',
  stop: 'STOP',
  failed_reply: 'A failed reply',
  plug: 'Pull the plug',
}

const WHEN_DONE: Readonly<Record<GuideKind, string>> = {
  first_minute:
    'That is all of it. Now try what goes wrong, play the story, or use it on your accounts.',
  stop: 'No answer reaches this phone any more. Texting START brings it back.',
  failed_reply: 'No answer is lost in silence.',
  plug: 'It went on where it was.',
}

/** A quiet line of what is being tried, which ticks itself. */
export function GuideStrip() {
  const { guide, dismiss } = useGuide()
  return guide === null ? null : <Strip guide={guide} dismiss={dismiss} />
}

function Strip({ guide, dismiss }: { readonly guide: Guide; readonly dismiss: () => void }) {
  const facts = useGuideFacts()
  const items = itemsOf(guide, facts)
  const isDone = items.every((item) => item.isDone)
  const hint = isDone ? WHEN_DONE[guide.kind] : hintOf(guide, facts)
  return (
    <section
      className={classes.strip}
      data-done={isDone || undefined}
      aria-label={TITLES[guide.kind]}
      aria-live="polite"
    >
      <Text size="sm" fw={600}>
        {TITLES[guide.kind]}
      </Text>
      <ol className={classes.items}>
        {items.map(({ label, isDone: isTicked }, index) => (
          <li key={label} data-done={isTicked || undefined}>
            <span role="img" aria-label={isTicked ? 'done' : 'to do'} className={classes.mark}>
              {isTicked ? '✓' : index + 1}
            </span>
            <span className="said">{label}</span>
          </li>
        ))}
      </ol>
      <Text size="xs" c="dimmed" className={`${classes.hint} said`}>
        {hint}
      </Text>
      <CloseButton
        size="sm"
        aria-label={`Dismiss: ${TITLES[guide.kind]}`}
        onClick={dismiss}
        className={classes.close}
      />
    </section>
  )
}

function useGuideFacts(): GuideFacts {
  const [{ phone }] = useView()
  const cast = useCast()
  const host = useHost()
  const messages = useMessages(phone)
  const { ofPerson } = useShownTicket()
  const ticket = useTicket(ofPerson[0]?.id ?? null)
  const person = cast.data?.people.find(({ number }) => number === phone)
  const profile = useProfile(phone, person !== undefined)
  return {
    name: person?.name ?? phone,
    // Nothing is said of it before it is known.
    isSubscribed: person?.isSubscribed ?? cast.data === undefined,
    messages: messages.data ?? [],
    ticket: ticket.data ?? null,
    profile: profile.data ?? null,
    isAlone: host.data?.kind === 'alone',
    service: host.data?.kind === 'demo' ? host.data.service : null,
  }
}
