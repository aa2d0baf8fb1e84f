import { Card, Group, Stack, Title } from '@mantine/core'
import { WithTimes } from '../shared/with-times.tsx'
import styles from './finding.module.css'
import { FindingRow } from './finding-row.tsx'
import { FindingState } from './finding-state.tsx'
import type { FindingGroup } from './group-findings.ts'

type Props = { readonly group: FindingGroup; readonly isComplete: boolean }

/** What was found of one account, bridge or the service. What is fine waits behind a click. */
export function GroupCard({ group: { heading, open, fine, worst }, isComplete }: Props) {
  return (
    <Card component="section" withBorder padding="lg" aria-label={heading}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
          <Title order={2}>{heading}</Title>
          {(isComplete || worst !== 'ok') && <FindingState state={worst} />}
        </Group>
        {open.length > 0 && (
          <ul className={styles.list}>
            {open.map((finding) => (
              <FindingRow key={`${finding.check} ${finding.says}`} finding={finding} />
            ))}
          </ul>
        )}
        {fine.length > 0 && (
          <details className={styles.fine}>
            <summary>
              {fine.length === 1 ? '1 check is fine' : `${fine.length} checks are fine`}
            </summary>
            <ul>
              {fine.map(({ check, says }) => (
                <li key={`${check} ${says}`}>
                  <WithTimes text={says} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </Stack>
    </Card>
  )
}
