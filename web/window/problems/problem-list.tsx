import { type ReactNode, useState } from 'react'
import type { Problem } from '../api/queries.ts'
import { type Deed, type Many, manyOf } from '../recovery/many.ts'
import { DealtCard } from './dealt-card.tsx'
import { type Kept, shownOf } from './kept.ts'
import { ProblemCard } from './problem-card.tsx'
import { SelectionBar } from './selection-bar.tsx'

type Props = {
  readonly problems: readonly Problem[]
  readonly isBusy: boolean
  readonly onMany: (many: Many) => void
  /** Stands here when there is nothing. */
  readonly none: ReactNode
}

/** The problems, each with its ways; what is dealt with here stays in its place until the page is left. */
export function ProblemList({ problems, isBusy, onMany, none }: Props) {
  const [kept, setKept] = useState<readonly Kept[]>([])
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const shown = shownOf(problems, kept)
  const open = shown.filter(({ now }) => now === null).map(({ problem }) => problem.id)
  const selected = open.filter((id) => marked.has(id))
  const mark = (ids: readonly string[], isSelected: boolean) =>
    setMarked((before) => {
      const others = [...before].filter((id) => !ids.includes(id))
      return new Set(isSelected ? [...others, ...ids] : others)
    })
  const keep = (problem: Problem, now: string | null) =>
    setKept((before) => [
      ...before.filter((one) => one.problem.id !== problem.id),
      { problem, now },
    ])
  const start = (deed: Deed) => {
    mark(selected, false)
    setKept((before) => before.filter(({ now }) => now !== null))
    onMany(manyOf(deed, selected))
  }
  return (
    <>
      {shown.length === 0 && none}
      {open.length > 0 && (
        <SelectionBar
          shown={open.length}
          selected={selected.length}
          isBusy={isBusy}
          onAll={(isSelected) => mark(open, isSelected)}
          onDeed={start}
        />
      )}
      {shown.map(({ problem, now }) =>
        now === null ? (
          <ProblemCard
            key={problem.id}
            problem={problem}
            isSelected={selected.includes(problem.id)}
            onSelect={(isSelected) => mark([problem.id], isSelected)}
            onDone={(words) => keep(problem, words)}
            onRefused={() => keep(problem, null)}
          />
        ) : (
          <DealtCard key={problem.id} problem={problem} now={now} />
        ),
      )}
    </>
  )
}
