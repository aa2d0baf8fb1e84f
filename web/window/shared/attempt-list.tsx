import { Code, Text } from '@mantine/core'
import type { Problem } from '../api/queries.ts'
import styles from './attempt-list.module.css'
import { Time } from './time.tsx'

type Attempt = Problem['attempts'][number]
type Props = {
  readonly attempts: readonly Attempt[]
  /** The kind of what was to be written. */
  readonly kind: string | null
}

/** Every try at an effect, oldest first; of a refused one also what went over the wire. */
export function AttemptList({ attempts, kind }: Props) {
  return attempts.map((attempt) => (
    <Text key={attempt.startedAt} size="xs" c="dimmed" component="div">
      <Time at={attempt.startedAt} /> <Code fz="xs">{kind}</Code> {attempt.outcome ?? 'under way'}
      {attempt.status === null ? '' : ` (HTTP ${attempt.status})`}
      {attempt.detail === null ? '' : `: ${attempt.detail}`}
      <Exchange exchange={attempt.exchange} />
    </Text>
  ))
}

/** What was sent and answered; nothing where none of it is kept. */
function Exchange({ exchange }: { readonly exchange?: unknown }) {
  if (exchange === null || exchange === undefined) return null
  const { method, path, sent, status, answer } = Object(exchange) as Record<string, unknown>
  return (
    <figure className={styles.exchange}>
      <figcaption>
        What was sent and answered. Secrets, addresses and numbers are hidden.
      </figcaption>
      <pre className={styles.wire}>
        {`${method} ${path}\n${pretty(sent)}\n\nHTTP ${status}\n${pretty(answer)}`}
      </pre>
    </figure>
  )
}

function pretty(value: unknown): string {
  return value === null || value === undefined ? '(no body)' : JSON.stringify(value, null, 2)
}
