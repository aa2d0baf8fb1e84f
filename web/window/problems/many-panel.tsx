import { manySince } from '../recovery/many.ts'
import { SinceForm } from '../recovery/since-form.tsx'
import type { Running } from '../recovery/use-run.ts'

type Props = {
  readonly deed: 'retry' | 'replay'
  readonly running: Running
  readonly onClose: () => void
}

/** Asks since when many are to be tried or decided again. */
export function ManyPanel({ deed, running, onClose }: Props) {
  return (
    <SinceForm
      {...WORDS[deed]}
      onNo={onClose}
      onStart={(since) => {
        onClose()
        running.start(manySince(deed, since))
      }}
    />
  )
}

const WORDS = {
  retry: {
    title: 'Try all again that failed since…',
    yes: 'Try them again',
    children:
      'All that failed among what came since then, also what this page does not show. A text that may have arrived is left as it is: for each of those a person has to say that it may arrive twice.',
  },
  replay: {
    title: 'Replay what came since…',
    yes: 'Decide them again',
    children:
      'Events that came since then and led to nothing are decided again as if they came now, where something could have changed it: a setting, a permission, consent. So are those that failed. What was done is not done again; an answer that is older than 4 hours goes back to its agent.',
  },
} as const
