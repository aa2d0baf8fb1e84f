import { Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { overviewQuery } from '../api/queries.ts'
import { Asking } from './asking.tsx'
import type { Since } from './many.ts'

type Props = {
  readonly title: string
  readonly yes: string
  /** What it does and what it leaves. */
  readonly children: ReactNode
  readonly onStart: (since: Since) => void
  readonly onNo: () => void
}

const ALL = 'All bridges'
const DAY_MS = 86_400_000

/** From when on something is done to many, of which bridge where there are several, and a note to it. */
export function SinceForm({ title, yes, children, onStart, onNo }: Props) {
  const [since, setSince] = useState(() => fieldTime(new Date(Date.now() - DAY_MS)))
  const overview = useQuery(overviewQuery)
  const bridges = overview.data?.bridges.map(({ name }) => name) ?? []
  const moment = new Date(since)
  const isMoment = !Number.isNaN(moment.getTime())
  const start = (form: FormData) => {
    const bridge = String(form.get('bridge') ?? ALL)
    const note = String(form.get('note') ?? '').trim()
    if (isMoment)
      onStart({ since: moment.toISOString(), bridge: bridge === ALL ? null : bridge, note })
  }
  return (
    <Asking title={title} yes={yes} no="Leave it" onYes={start} onNo={onNo}>
      <Text size="sm" maw={640} component="div">
        {children}
      </Text>
      <Group gap="sm" align="flex-end">
        <TextInput
          label="What came since"
          type="datetime-local"
          data-first
          value={since}
          error={!isMoment && 'Choose a day and an hour.'}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        {bridges.length > 1 && (
          <NativeSelect label="Bridge" name="bridge" data={[ALL, ...bridges]} />
        )}
        <TextInput label="Note" name="note" maxLength={500} flex="1 1 200px" maw={360} />
      </Group>
    </Asking>
  )
}

/** A moment as a field for date and time has it, in this browser's zone. */
function fieldTime(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
