import { Card, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { paths } from '../api/schema.d.ts'
import { OutsideLink } from '../shared/link.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'
import { WithTimes } from '../shared/with-times.tsx'
import styles from './conversation-head.module.css'
import { TicketLink } from './ticket-link.tsx'

type Answer =
  paths['/api/conversations/{id}']['get']['responses'][200]['content']['application/json']

/** What is known of a conversation now, with the ways to both platforms. */
export function ConversationHead({ conversation, tickets, consent }: Answer) {
  const { customerNumber, customerEmail, brandNumber, profile, state, why } = conversation
  return (
    <Card withBorder component="section" aria-label="About this conversation">
      <div className={styles.facts}>
        <Fact name="State">
          <StateBadge state={state} />
        </Fact>
        <Fact name="Customer's number">{customerNumber ?? 'unknown'}</Fact>
        <Fact name="E-mail">{customerEmail ?? 'not known'}</Fact>
        <Fact name="Number texted">
          {brandNumber === '' ? 'unknown' : brandNumber} (
          {CHANNELS[conversation.channel] ?? conversation.channel})
        </Fact>
        <Fact name={tickets.length === 1 ? 'Ticket' : 'Tickets'}>
          {tickets.length === 0
            ? 'none'
            : tickets.map((ticket) => (
                <div key={ticket.id}>
                  <TicketLink ticket={ticket} />
                </div>
              ))}
        </Fact>
        <Fact name="In Klaviyo">
          {profile === null ? (
            'unknown'
          ) : (
            <OutsideLink href={profile.link} inherit>
              Profile
            </OutsideLink>
          )}
          {consent !== null && (
            <Text size="xs" c="dimmed">
              {CONSENTS[consent.to]} <Time at={consent.at} as="ago" />
            </Text>
          )}
        </Fact>
      </div>
      {why !== null && (
        <Text size="sm" mt="sm">
          {state === 'waiting' && 'It waits: '}
          <WithTimes text={why} />
          {state === 'waiting' && '.'}
          {state === 'unknown' && ' Look in Klaviyo before you answer again.'}
        </Text>
      )}
    </Card>
  )
}

const CHANNELS: Readonly<Record<string, string>> = { sms: 'SMS', whatsapp: 'WhatsApp' }
const CONSENTS = { given: 'subscribed', withdrawn: 'opted out' } as const

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  )
}
