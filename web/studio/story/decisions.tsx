import { Anchor, Loader, Text } from '@mantine/core'
import { useState } from 'react'
import type { Decision } from '../api/host.ts'
import { useDecisions, useHost } from '../api/reads.ts'
import { Problem } from '../problem.tsx'
import { Time } from '../time.tsx'
import classes from './story.module.css'

/** More than these at once bury what matters. */
const FIRST_FEW = 6

/** Why Replyline did what it did with texts, comments and tickets: its own records in words, the latest first. */
export function Decisions({ ids }: { readonly ids: readonly string[] }) {
  const host = useHost()
  const decisions = useDecisions(ids, host.data?.kind === 'demo')
  const [isWhole, setWhole] = useState(false)
  if (host.data?.kind === 'alone') return <Quiet text={`Not here: ${host.data.because}.`} />
  if (decisions.data === undefined)
    return decisions.error === null ? (
      <Loader size="xs" aria-label="Asking Replyline why" />
    ) : (
      <Problem text={decisions.error.message} />
    )
  if (decisions.data.kind === 'unavailable') return <Quiet text={decisions.data.because} />

  const all = decisions.data.decisions.toReversed()
  if (all.length === 0) return <Quiet text="Replyline has not heard of this." />
  const setUp = host.data === undefined ? '' : new URL(host.data.replylineUrl).hash
  return (
    <>
      <ul className={classes.decisions} aria-label="Why">
        {(isWhole ? all : all.slice(0, FIRST_FEW)).map((decision) => (
          <Entry key={decision.id} decision={decision} setUp={setUp} />
        ))}
      </ul>
      {!isWhole && all.length > FIRST_FEW && (
        <Anchor component="button" size="xs" onClick={() => setWhole(true)}>
          Show all {all.length}
        </Anchor>
      )}
    </>
  )
}

function Quiet({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  )
}

/** `setUp` stands behind the link while Replyline has no owner: whoever follows it can become the first. */
function Entry({ decision, setUp }: { readonly decision: Decision; readonly setUp: string }) {
  const { what, at, says, remedy, effects, link } = decision
  return (
    <li>
      <div className={classes.line}>
        <span className="said">{what}</span>
        <Time at={at} />
      </div>
      <div className="said">
        <b>{says}</b>
      </div>
      {remedy !== null && <div className="said">To change it: {remedy}</div>}
      {effects.length > 0 && (
        <div className="said">
          Then: {effects.map((effect) => `${effect.what} (${effect.state})`).join(', ')}.
        </div>
      )}
      <Anchor href={`${link}${setUp}`} target="_blank" rel="noreferrer" size="xs">
        In Replyline
      </Anchor>
    </li>
  )
}
