import { Code, Text } from '@mantine/core'
import type { Problem } from '../api/queries.ts'
import styles from './attempt-list.module.css'
import { Time } from './time.tsx'

type Props = {
  readonly attempts: Problem['attempts']
  /** The kind of what was to be written. */
  readonly kind: string | null
  /** Whether what went over the wire is folded away. */
  readonly isFolded?: boolean
}

/** Every try at an effect, oldest first; of a refused one also what went over the wire. */
export function AttemptList({ attempts, kind, isFolded = false }: Props) {
  return attempts.map((attempt) => (
    <Text key={attempt.startedAt} size="xs" c="dimmed" component="div">
      <Time at={attempt.startedAt} /> <Code fz="xs">{kind}</Code> {attempt.outcome ?? 'under way'}
      {attempt.status === null ? '' : ` (HTTP ${attempt.status})`}
      {attempt.detail === null ? '' : `: ${attempt.detail}`}
      <Exchange exchange={attempt.exchange} isOpen={!isFolded} />
    </Text>
  ))
}

type ExchangeProps = { readonly exchange?: unknown; readonly isOpen: boolean }

/** What was sent and answered; nothing where none of it is kept. */
function Exchange({ exchange, isOpen }: ExchangeProps) {
  if (exchange === null || exchange === undefined) return null
  const { method, path, sent, status, answer } = Object(exchange) as Record<string, unknown>
  return (
    <details className={styles.exchange} open={isOpen}>
      <summary>What was sent and answered</summary>
      Secrets, addresses and numbers are hidden.
      <pre className={styles.wire}>
        {`${method} ${path}\n${pretty(sent)}\n\nHTTP ${status}\n${pretty(answer)}`}
      </pre>
    </details>
  )
}

function pretty(value: unknown): string {
  return value === null || value === undefined ? '(no body)' : JSON.stringify(value, null, 2)
}
