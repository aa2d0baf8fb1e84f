import { NativeSelect, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { setDoubt } from '../api/trouble-deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import type { Doubt } from '../api/world.ts'
import { Problem } from '../problem.tsx'
import classes from './trouble.module.css'
import { isChanged } from './what-is-wrong.ts'

/** Where nobody outside knows how a platform behaves: both ways, to choose from. */
export function Doubts({ doubts }: { readonly doubts: readonly Doubt[] }) {
  const changedCount = doubts.filter(isChanged).length
  return (
    <details className={classes.doubts}>
      <summary>
        {doubts.length} switches, {changedCount} changed
      </summary>
      <ul aria-label="Doubts">
        {doubts.map((doubt) => (
          <li key={doubt.name} data-changed={isChanged(doubt) || undefined}>
            <OneDoubt doubt={doubt} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function OneDoubt({ doubt }: { readonly doubt: Doubt }) {
  const { name, about, source, values } = doubt
  const deed = useDeed(setDoubt)
  return (
    <>
      <label htmlFor={`doubt-${name}`} className="said">
        <code>{name}</code>
      </label>
      <Text size="xs" className="said">
        {about}
      </Text>
      <Text size="xs" c="dimmed" className="said">
        Source: {source}
      </Text>
      {values === 'milliseconds' ? (
        <Milliseconds
          key={String(doubt.value)}
          doubt={doubt}
          set={(value) => deed.run(name, value)}
        />
      ) : (
        <NativeSelect
          id={`doubt-${name}`}
          size="xs"
          value={String(doubt.value)}
          onChange={({ currentTarget }) =>
            deed.run(name, values.find((value) => String(value) === currentTarget.value) ?? '')
          }
          data={values.map((value) => ({ value: String(value), label: labelOf(value, doubt) }))}
        />
      )}
      <Problem text={deed.problem} />
    </>
  )
}

type MillisecondsField = { readonly doubt: Doubt; readonly set: (ms: number) => void }

/** Taken over by Enter, or on leaving the field. */
function Milliseconds({ doubt, set }: MillisecondsField) {
  const [typed, setTyped] = useState(String(doubt.value))
  const take = () => typed !== String(doubt.value) && set(typed === '' ? -1 : Number(typed))
  return (
    <TextInput
      id={`doubt-${doubt.name}`}
      size="xs"
      inputMode="numeric"
      value={typed}
      rightSection="ms"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === 'Enter' && take()}
    />
  )
}

function labelOf(value: Doubt['value'], doubt: Doubt): string {
  return value === doubt.default ? `${value} (as it is at first)` : String(value)
}
