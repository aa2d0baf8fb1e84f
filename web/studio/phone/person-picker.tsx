import { Button, Group, Select, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Person } from '../api/host.ts'
import { useView } from '../view.tsx'

const ANOTHER = 'another'
const E164 = /^\+[1-9]\d{6,14}$/

/** Whose phone is in hand: one of the known people, or any other number. */
export function PersonPicker({ people }: { readonly people: readonly Person[] }) {
  const [{ phone }, change] = useView()
  const [isTyping, setTyping] = useState(false)
  const known = people.some(({ number }) => number === phone)
    ? people
    : [
        ...people,
        { number: phone, name: phone, isSubscribed: false, remarks: ['unknown to Klaviyo'] },
      ]
  const choose = (number: string) => {
    setTyping(false)
    change({ phone: number, ticket: undefined, list: 'person' })
  }

  return (
    <>
      <Select
        aria-label="Whose phone"
        size="sm"
        allowDeselect={false}
        value={isTyping ? ANOTHER : phone}
        data={[
          ...known.map(({ number, name }) => ({ value: number, label: name })),
          { value: ANOTHER, label: 'Another number …' },
        ]}
        onChange={(value) =>
          value === ANOTHER ? setTyping(true) : value !== null && choose(value)
        }
        renderOption={({ option }) => (
          <Option
            person={known.find(({ number }) => number === option.value)}
            label={option.label}
          />
        )}
      />
      {isTyping ? (
        <AnotherNumber choose={choose} />
      ) : (
        <Remarks person={known.find(({ number }) => number === phone)} />
      )}
    </>
  )
}

function Option({
  person,
  label,
}: {
  readonly person: Person | undefined
  readonly label: string
}) {
  return (
    <div>
      <Text size="sm" className="said">
        {label}
      </Text>
      {person !== undefined && (
        <Text size="xs" c="dimmed">
          {describe(person)}
        </Text>
      )}
    </div>
  )
}

function Remarks({ person }: { readonly person: Person | undefined }) {
  return person === undefined ? null : (
    <Text size="xs" c="dimmed" mt={4}>
      {describe(person)}
    </Text>
  )
}

function describe({ number, name, isSubscribed, remarks }: Person): string {
  const consent = isSubscribed ? ['subscribed to texts'] : []
  return [...(name === number ? [] : [number]), ...consent, ...remarks].join(', ')
}

function AnotherNumber({ choose }: { readonly choose: (number: string) => void }) {
  const [typed, setTyped] = useState('')
  const number = typed.replace(/[\s().-]/g, '')
  const isWrong = typed !== '' && !E164.test(number)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (E164.test(number)) choose(number)
      }}
    >
      <Group gap="xs" mt="xs" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          size="sm"
          aria-label="Another number"
          placeholder="+14155550199"
          inputMode="tel"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={isWrong ? 'Write it with + and the country code.' : null}
          data-autofocus
        />
        <Button type="submit" size="sm" disabled={!E164.test(number)}>
          Use
        </Button>
      </Group>
    </form>
  )
}
