import { Text } from '@mantine/core'
import type { Problem } from '../api/queries.ts'
import { Time } from './time.tsx'

type Props = { readonly interventions: Problem['interventions'] }

/** What people did about it, oldest first, each in a sentence. */
export function Interventions({ interventions }: Props) {
  return interventions.map(({ at, action, says }) => (
    <Text key={`${at} ${action}`} size="xs" component="div">
      <Time at={at} /> {says}
    </Text>
  ))
}
