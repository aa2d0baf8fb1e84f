import { UnstyledButton } from '@mantine/core'
import { useDoubts, useTroubles } from '../api/reads.ts'
import { Pill } from '../pill.tsx'
import { useView } from '../view.tsx'
import classes from './trouble.module.css'
import { countFaults, isChanged, wrongInWords } from './what-is-wrong.ts'

/** What goes wrong now, in a few words or as a number, that leads to it; nothing while nothing does. */
export function TroubleBadge({ isWide }: { readonly isWide: boolean }) {
  const [, change] = useView()
  const troubles = useTroubles()
  const doubts = useDoubts()
  if (troubles.data === undefined || doubts.data === undefined) return null
  const words = wrongInWords(troubles.data, doubts.data.settings)
  const count = countFaults(troubles.data) + doubts.data.settings.filter(isChanged).length
  return words === null ? null : (
    <UnstyledButton
      className={classes.badge}
      aria-label={words}
      title={words}
      onClick={() => change({ side: 'faults', tab: 'try' })}
    >
      <Pill look="bad">{isWide ? words : `⚠ ${count}`}</Pill>
    </UnstyledButton>
  )
}
