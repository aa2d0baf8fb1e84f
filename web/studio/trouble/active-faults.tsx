import { Button, Text } from '@mantine/core'
import type { Troubles } from '../api/host.ts'
import { removeFaults } from '../api/trouble-deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'
import { faultInWords } from './fault-presets.ts'
import { PLATFORM_NAMES } from './platform-names.ts'
import classes from './trouble.module.css'

/** The faults that still wait for a call, the next one first. */
export function ActiveFaults({ faults }: { readonly faults: Troubles['faults'] }) {
  const deed = useDeed(removeFaults)
  if (faults.length === 0)
    return (
      <Text size="xs" c="dimmed">
        No fault waits. Each ends by itself after as many calls as it was asked for.
      </Text>
    )
  return (
    <>
      <ul className={classes.faults} aria-label="Faults that wait">
        {faults.map((rule, index) => (
          // Faults have no ids, and those of a platform happen in this order.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <li key={index} className="said">
            <b>{PLATFORM_NAMES[rule.platform]}</b> {faultInWords(rule)} ({whenOf(rule)})
          </li>
        ))}
      </ul>
      <Button
        size="compact-xs"
        variant="default"
        className={classes.start}
        loading={deed.isBusy}
        onClick={() => deed.run()}
      >
        Remove all faults
      </Button>
      <Problem text={deed.problem} />
    </>
  )
}

function whenOf({ match, times }: Troubles['faults'][number]): string {
  const calls = [match.method, match.path].filter(Boolean).join(' ')
  return [`${times} more`, calls].filter((words) => words !== '').join(', ')
}
