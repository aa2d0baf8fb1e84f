import { MultiSelect, Paper, Radio, Stack, Text } from '@mantine/core'
import type { BridgeDraft } from './bridge-draft.ts'

export type ChoicesProps = {
  readonly draft: BridgeDraft
  /** The active brands of the chosen Zendesk. */
  readonly brands: readonly string[]
  readonly onChange: (part: Partial<BridgeDraft>) => void
}

/** Whose tickets become events in Klaviyo. */
export function TicketChoices({ draft, brands, onChange }: ChoicesProps) {
  const { tickets } = draft
  const choose = (chosen: BridgeDraft['tickets']['brands']) =>
    onChange({ tickets: { ...tickets, brands: chosen } })
  return (
    <Paper withBorder p="md" component="fieldset">
      <Text component="legend" fw={600} px={6}>
        Tickets
      </Text>
      <Stack gap="sm">
        <Radio.Group
          label="Sync the Opened and Resolved ticket metrics from"
          description="Each ticket becomes an event on its requester’s profile in Klaviyo, in real time"
          value={tickets.brands === 'all' ? 'all' : 'chosen'}
          onChange={(value) => choose(value === 'all' ? 'all' : [])}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="all" label="All brands" />
            <Radio value="chosen" label="Specific brands" />
          </Stack>
        </Radio.Group>
        {tickets.brands !== 'all' && (
          <MultiSelect
            label="Brands"
            placeholder={tickets.brands.length === 0 ? 'Choose one or more' : ''}
            data={[...new Set([...brands, ...tickets.brands])]}
            value={[...tickets.brands]}
            onChange={choose}
          />
        )}
      </Stack>
    </Paper>
  )
}
