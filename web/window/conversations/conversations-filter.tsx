import { CloseButton, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { overviewQuery } from '../api/queries.ts'
import { type Narrowed, useNarrowed } from './narrowed.ts'

/** How long a person may pause between two keys before it is searched. */
const DEBOUNCE_MS = 250

const STATES = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'failed', label: 'Failed' },
  { value: 'unknown', label: 'Not known' },
  { value: 'no_ticket', label: 'No ticket' },
]

/** Search and filters; what they say stands in the address, so that a list can be sent to a colleague. */
export function ConversationsFilter() {
  const [narrowed, narrow] = useNarrowed()
  const overview = useQuery(overviewQuery)
  const bridges = overview.data?.bridges.map(({ name }) => name) ?? []
  return (
    <Group gap="sm" align="flex-end" role="search">
      <SearchField value={narrowed.search ?? ''} onSearch={(search) => narrow({ search })} />
      <Select
        label="State"
        placeholder="Any state"
        data={STATES}
        value={narrowed.state ?? null}
        clearButtonProps={{ 'aria-label': 'Any state' }}
        onChange={(state) => narrow({ state: state as Narrowed['state'] | null })}
        clearable
        w={150}
      />
      {bridges.length > 1 && (
        <Select
          label="Bridge"
          placeholder="All bridges"
          data={bridges}
          value={narrowed.bridge ?? null}
          onChange={(bridge) => narrow({ bridge })}
          clearable
          w={180}
        />
      )}
    </Group>
  )
}

type FieldProps = { readonly value: string; readonly onSearch: (search: string) => void }

/** Searches as one types; follows the address when that changes by itself. */
function SearchField({ value, onSearch }: FieldProps) {
  const [typed, setTyped] = useState(value)
  const search = useDebouncedCallback(onSearch, DEBOUNCE_MS)
  useEffect(() => setTyped(value), [value])
  const type = (text: string) => {
    setTyped(text)
    search(text.trim())
  }
  return (
    <TextInput
      label="Search"
      placeholder="Name, phone, e-mail, ticket or profile id"
      type="search"
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      flex="1 1 260px"
      rightSection={
        typed === '' ? null : (
          <CloseButton size="sm" aria-label="Empty the field" onClick={() => type('')} />
        )
      }
    />
  )
}
