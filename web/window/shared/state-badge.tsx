import styles from './state-badge.module.css'

export type State = 'fine' | 'waiting' | 'failed' | 'unknown' | 'no_ticket'

const LOOKS = {
  fine: { word: 'Fine', mark: '✓' },
  waiting: { word: 'Waiting', mark: '◷' },
  failed: { word: 'Failed', mark: '!' },
  unknown: { word: 'Not known', mark: '?' },
  no_ticket: { word: 'No ticket', mark: '–' },
} as const

type Props = { readonly state: State; readonly word?: string; readonly mark?: string }

/** A state in word, mark and colour; only what needs a look is filled. */
export function StateBadge({ state, word = LOOKS[state].word, mark = LOOKS[state].mark }: Props) {
  return (
    <span className={styles.badge} data-state={state}>
      <span aria-hidden="true">{mark}</span>
      {word}
    </span>
  )
}
