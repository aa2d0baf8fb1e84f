import { Text, Title } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
import styles from './today.module.css'

/** What crossed since midnight, and what did not. */
export function Today({ bridge }: { readonly bridge: BridgeOverview }) {
  const { received, sent, failed } = bridge.texts
  return (
    <div>
      <Title order={3}>Today</Title>
      <dl className={styles.counts}>
        <Count of={received} name={received === 1 ? 'text in' : 'texts in'} />
        <Count of={sent} name={sent === 1 ? 'answer out' : 'answers out'} />
        <Count of={failed} name="failed" />
      </dl>
    </div>
  )
}

function Count({ of, name }: { readonly of: number; readonly name: string }) {
  return (
    <div className={styles.count}>
      <Text component="dd" fz={22} fw={650} lh={1.3} m={0}>
        {of.toLocaleString('en-GB')}
      </Text>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
    </div>
  )
}
