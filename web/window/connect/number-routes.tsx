import { ActionIcon, Button, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import type { BridgeDraft } from './bridge-draft.ts'
import styles from './number-routes.module.css'

type Route = BridgeDraft['sms']['routes'][number]

type Props = {
  readonly routes: readonly Route[]
  readonly brands: readonly string[]
  readonly wrongRows: ReadonlyMap<number, string>
  readonly onChange: (routes: readonly Route[]) => void
}

/** Numbers whose texts go elsewhere than the rest. */
export function NumberRoutes({ routes, brands, wrongRows, onChange }: Props) {
  const change = (index: number, route: Route) => onChange(routes.with(index, route))
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500}>
          Numbers with a brand or tags of their own
        </Text>
        <Text size="xs" c="dimmed">
          Texts to any other number go as chosen above
        </Text>
      </div>
      {routes.map((route, index) => (
        // Rows have no name of their own, and none moves.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <fieldset key={index} className={styles.row} aria-label={`Number ${index + 1}`}>
          <TextInput
            label="Number"
            placeholder="+14155550101"
            value={route.number}
            error={wrongRows.get(index)}
            onChange={(event) => change(index, { ...route, number: event.currentTarget.value })}
          />
          <Select
            label="Brand"
            placeholder="As above"
            data={[...brands]}
            value={route.brand ?? null}
            onChange={(brand) => change(index, withBrand(route, brand))}
            clearable
          />
          <TagsInput
            label="Tags"
            value={[...route.tags]}
            onChange={(tags) => change(index, { ...route, tags })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Remove number ${index + 1}`}
            onClick={() => onChange(routes.toSpliced(index, 1))}
          >
            ✕
          </ActionIcon>
        </fieldset>
      ))}
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        onClick={() => onChange([...routes, { number: '', tags: [] }])}
      >
        Add a number
      </Button>
    </Stack>
  )
}

function withBrand({ brand: _brand, ...route }: Route, brand: string | null): Route {
  return brand === null ? route : { ...route, brand }
}
