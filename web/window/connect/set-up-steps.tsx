import { Group, Text } from '@mantine/core'
import type { Bridge, Connection } from './connect-queries.ts'
import styles from './set-up-steps.module.css'

type Props = { readonly connections: readonly Connection[]; readonly bridges: readonly Bridge[] }

/** The way from nothing to a working bridge; gone once there is one. */
export function SetUpSteps({ connections, bridges }: Props) {
  if (bridges.some(({ isActive }) => isActive)) return null
  const has = (platform: Connection['platform']) =>
    connections.some((connection) => connection.platform === platform)
  const steps = [
    { label: 'Connect Zendesk', isDone: has('zendesk') },
    { label: 'Connect Klaviyo', isDone: has('klaviyo') },
    { label: 'Choose what crosses', isDone: false },
  ]
  const next = steps.findIndex(({ isDone }) => !isDone)
  return (
    <ol className={styles.steps} aria-label="Set-up">
      {steps.map(({ label, isDone }, index) => (
        <li
          key={label}
          className={styles.step}
          data-done={isDone || undefined}
          aria-current={index === next ? 'step' : undefined}
        >
          <Group gap={8} wrap="nowrap">
            <span className={styles.mark} aria-hidden="true">
              {isDone ? '✓' : index + 1}
            </span>
            <Text size="sm" fw={index === next ? 650 : 500}>
              {label}
              {isDone && <span className={styles.unseen}> (done)</span>}
            </Text>
          </Group>
        </li>
      ))}
    </ol>
  )
}
