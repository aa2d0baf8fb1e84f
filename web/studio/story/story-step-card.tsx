import { Anchor, Button, Group, Loader, Text } from '@mantine/core'
import { useState } from 'react'
import type { StoryStep } from '../api/host.ts'
import { useView } from '../view.tsx'
import { Decisions } from './decisions.tsx'
import classes from './story.module.css'

type Card = {
  readonly step: StoryStep
  readonly steps: readonly StoryStep[]
  readonly isBusy: boolean
  readonly play: () => void
}

const MARKS = { not_played: '○', playing: '…', seen: '✓', not_seen: '✗' } as const
const MARK_WORDS = {
  not_played: 'not played yet',
  playing: 'under way',
  seen: 'seen',
  not_seen: 'not seen',
} as const

/** One step: what will happen, then what was seen or was expected, how long it took, and why. */
export function StoryStepCard({ step, steps, isBusy, play }: Card) {
  const { number, says, outcome } = step
  return (
    <li className={classes.step} data-outcome={outcome.kind}>
      <div className={classes.says}>
        <span role="img" aria-label={MARK_WORDS[outcome.kind]} className={classes.mark}>
          {MARKS[outcome.kind]}
        </span>
        <span>
          {number}. {says}
        </span>
      </div>
      <Outcome step={step} />
      <Group gap="xs">
        {outcome.kind === 'playing' ? (
          <Loader size="xs" aria-label="Playing" />
        ) : (
          <Button size="compact-xs" variant="light" disabled={isBusy} onClick={play}>
            {outcome.kind === 'not_played' ? 'Play' : 'Play again'}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {whatPlayingMeans(step, steps)}
        </Text>
      </Group>
    </li>
  )
}

function Outcome({ step: { outcome } }: { readonly step: StoryStep }) {
  const [, change] = useView()
  const [isWhyOpen, setWhyOpen] = useState(false)
  if (outcome.kind === 'not_played' || outcome.kind === 'playing') return null
  const seconds = `${(outcome.tookMs / 1000).toFixed(2)} s`
  const { eventIds, ticketIds } = outcome.touched
  const ids = eventIds.length > 0 ? eventIds : ticketIds.map(String)
  return (
    <div className={classes.outcome}>
      <div className="said">
        {outcome.kind === 'seen' ? `Seen: ${outcome.seen}` : `Not seen: ${outcome.expected}`} (
        {seconds})
      </div>
      <Group gap="xs">
        {ids.length > 0 && (
          <Anchor
            component="button"
            size="xs"
            aria-expanded={isWhyOpen}
            onClick={() => setWhyOpen(!isWhyOpen)}
          >
            {isWhyOpen ? 'Less' : 'Why?'}
          </Anchor>
        )}
        {ticketIds.map((id) => (
          <Anchor
            key={id}
            component="button"
            size="xs"
            onClick={() => change({ ticket: id, list: 'all', tab: 'desk' })}
          >
            Ticket #{id}
          </Anchor>
        ))}
      </Group>
      {isWhyOpen && <Decisions ids={ids} />}
    </div>
  )
}

/** Playing again begins the story anew; a later step first plays what it needs. */
function whatPlayingMeans({ number, outcome }: StoryStep, steps: readonly StoryStep[]): string {
  if (outcome.kind === 'playing') return ''
  const before = steps.slice(0, number - 1)
  const isStale = before.some((step) => step.outcome.kind === 'not_seen')
  const isAnew = outcome.kind !== 'not_played' || isStale
  const played = isAnew ? 0 : before.filter((step) => step.outcome.kind === 'seen').length
  return [isAnew ? 'starts over' : '', stepsBetween(played + 1, number - 1)]
    .filter((words) => words !== '')
    .join(', ')
}

function stepsBetween(first: number, last: number): string {
  if (first > last) return ''
  return first === last ? `first plays step ${first}` : `first plays steps ${first} to ${last}`
}
