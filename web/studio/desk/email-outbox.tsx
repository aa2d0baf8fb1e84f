import { Anchor, Text } from '@mantine/core'
import type { SentEmail } from '../api/world.ts'
import { Time } from '../time.tsx'
import { useView } from '../view.tsx'
import classes from './desk.module.css'

/** The e-mails that Zendesk's triggers would have sent, the newest first. */
export function EmailOutbox({ emails }: { readonly emails: readonly SentEmail[] }) {
  if (emails.length === 0)
    return (
      <Text size="sm" c="dimmed" p="sm">
        No trigger has sent an e-mail yet. They show here and go nowhere.
      </Text>
    )
  return (
    <ul className={classes.emails} aria-label="E-mails sent">
      {emails
        .map((email, index) => ({ email, index }))
        .reverse()
        .map(({ email, index }) => (
          <li key={index} className={classes.comment}>
            <Email email={email} />
          </li>
        ))}
    </ul>
  )
}

function Email({ email }: { readonly email: SentEmail }) {
  const [, change] = useView()
  const { to, subject, body, rule, at, ticketId } = email
  return (
    <>
      <div className={classes.by}>
        <b className="said">{subject}</b>
        <Time at={at} />
      </div>
      <div className={`${classes.by} said`}>
        to {to}, by the trigger “{rule}”,{' '}
        <Anchor
          component="button"
          size="xs"
          onClick={() => change({ ticket: ticketId, list: 'all' })}
        >
          ticket #{ticketId}
        </Anchor>
      </div>
      <div className="said">{body}</div>
    </>
  )
}
