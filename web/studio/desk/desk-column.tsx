import { Button, Loader, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useCast, useEmails } from '../api/reads.ts'
import { Column } from '../column.tsx'
import { useIsWide } from '../is-wide.ts'
import { Problem } from '../problem.tsx'
import { useView, type View } from '../view.tsx'
import classes from './desk.module.css'
import { EmailOutbox } from './email-outbox.tsx'
import { useShownTicket } from './shown-ticket.ts'
import { TicketList } from './ticket-list.tsx'
import { TicketView } from './ticket-view.tsx'

/** What an agent sees in Zendesk: tickets, one of them open, and the e-mails that went out. */
export function DeskColumn() {
  const [{ list, phone }] = useView()
  const isWide = useIsWide()
  const [isListOpen, setListOpen] = useState(false)
  const cast = useCast()
  const emails = useEmails()
  const { isReading, problem, all, ofPerson, shown } = useShownTicket()
  const person = cast.data?.people.find(({ number }) => number === phone)
  const ticket = shown !== null && list !== 'emails' && <TicketView key={shown.id} id={shown.id} />

  if (!isWide && !isListOpen && ticket !== false)
    return (
      <Column title="Agent's desk">
        <Button
          className={classes.back}
          size="compact-xs"
          variant="default"
          onClick={() => setListOpen(true)}
        >
          ‹ All tickets and e-mails
        </Button>
        {ticket}
      </Column>
    )
  return (
    <Column title="Agent's desk">
      <Lists
        counts={{ person: ofPerson.length, all: all.length, emails: emails.data?.length ?? 0 }}
      />
      <Problem text={problem} />
      {isReading && <Loader size="sm" m="md" aria-label="Reading the tickets" />}
      {list === 'emails' ? (
        <EmailOutbox emails={emails.data ?? []} />
      ) : (
        <TicketList
          tickets={list === 'all' ? all : ofPerson}
          shownId={shown?.id ?? null}
          whenEmpty={whyNoTicket(person?.name ?? phone, person?.isSubscribed ?? false)}
          whenChosen={() => setListOpen(false)}
        />
      )}
      {isWide && ticket}
    </Column>
  )
}

function Lists({ counts }: { readonly counts: Readonly<Record<View['list'], number>> }) {
  const [{ list }, change] = useView()
  return (
    <div className={classes.lists}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="What is listed"
        value={list}
        onChange={(value) => change({ list: value as View['list'] })}
        data={[
          { value: 'person', label: `Of this phone (${counts.person})` },
          { value: 'all', label: `All (${counts.all})` },
          { value: 'emails', label: `E-mails (${counts.emails})` },
        ]}
      />
    </div>
  )
}

function whyNoTicket(name: string, isSubscribed: boolean): string {
  return isSubscribed
    ? `${name} has no ticket yet. A text from this phone makes one.`
    : `${name} has no ticket, and is not subscribed to texts: an answer could not reach them, so a text makes none. The word JOIN subscribes.`
}
