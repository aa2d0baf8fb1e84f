import { Button, NativeSelect } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { addFault, type PlatformName } from '../api/trouble-deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'
import { PRESETS, type PresetName } from './fault-presets.ts'
import classes from './trouble.module.css'

const CALLS = [
  { value: '', label: 'any call' },
  { value: 'GET', label: 'only reading (GET)' },
  { value: 'POST', label: 'only POST' },
  { value: 'PUT', label: 'only PUT' },
]

const TIMES = [
  { value: '1', label: 'once' },
  { value: '3', label: '3 times' },
  { value: '10', label: '10 times' },
  { value: '100', label: '100 times' },
]

/** Makes a platform fail some calls from now on. */
export function FaultForm() {
  const [platform, setPlatform] = useState<PlatformName>('klaviyo')
  const [preset, setPreset] = useState<PresetName>('down')
  const [method, setMethod] = useState('')
  const [times, setTimes] = useState('3')
  const deed = useDeed(addFault)

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const match = method === '' ? {} : { method }
    deed.run({ platform, match, times: Number(times), fault: PRESETS[preset].fault })
  }

  return (
    <form className={classes.choices} aria-label="A new fault" onSubmit={submit}>
      <NativeSelect
        size="xs"
        aria-label="Platform"
        value={platform}
        onChange={(event) => setPlatform(event.currentTarget.value as PlatformName)}
        data={[
          { value: 'klaviyo', label: 'Klaviyo' },
          { value: 'zendesk', label: 'Zendesk' },
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label="At which calls"
        value={method}
        onChange={(event) => setMethod(event.currentTarget.value)}
        data={CALLS}
      />
      <NativeSelect
        className={classes.whole}
        size="xs"
        aria-label="What it does"
        value={preset}
        onChange={(event) => setPreset(event.currentTarget.value as PresetName)}
        data={Object.entries(PRESETS).map(([value, { label }]) => ({ value, label }))}
      />
      <NativeSelect
        size="xs"
        aria-label="How often"
        value={times}
        onChange={(event) => setTimes(event.currentTarget.value)}
        data={TIMES}
      />
      <Button size="xs" type="submit" loading={deed.isBusy}>
        Let it fail
      </Button>
      <Problem text={deed.problem} />
    </form>
  )
}
