import { NumberInput, Paper, Select, Stack, Switch, TagsInput, Text } from '@mantine/core'
import type { BridgeDraft } from './bridge-draft.ts'
import styles from './how-to.module.css'
import { NumberRoutes } from './number-routes.tsx'
import type { ChoicesProps } from './ticket-choices.tsx'

type Props = ChoicesProps & {
  /** What is wrong with which row of the numbers. */
  readonly wrongRows: ReadonlyMap<number, string>
}

/** Whether texts become tickets, and where those tickets go. */
export function SmsChoices({ draft, brands, onChange, wrongRows }: Props) {
  const { sms } = draft
  const set = (part: Partial<BridgeDraft['sms']>) => onChange({ sms: { ...sms, ...part } })
  return (
    <Paper withBorder p="md" component="fieldset">
      <Text component="legend" fw={600} px={6}>
        Texts
      </Text>
      <Stack gap="md">
        <Switch
          label="Sync SMS conversations"
          description="A subscriber’s text becomes a ticket; an agent’s public answer becomes a text"
          checked={sms.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        {sms.enabled && (
          <>
            <Select
              label="Brand under which tickets are created"
              data={[...brands]}
              value={sms.brand ?? null}
              placeholder="Zendesk’s default brand"
              onChange={(brand) =>
                onChange({ sms: brand === null ? withoutBrand(sms) : { ...sms, brand } })
              }
              clearable
            />
            <TagsInput
              label="Tags on these tickets"
              description="Besides sms, which they all get"
              value={[...sms.tags]}
              onChange={(tags) => set({ tags })}
            />
            <NumberRoutes
              routes={sms.routes}
              brands={brands}
              wrongRows={wrongRows}
              onChange={(routes) => set({ routes: [...routes] })}
            />
            <Keywords sms={sms} set={set} />
          </>
        )}
      </Stack>
    </Paper>
  )
}

type KeywordsProps = {
  readonly sms: BridgeDraft['sms']
  readonly set: (part: Partial<BridgeDraft['sms']>) => void
}

/** Klaviyo's own list of keywords cannot be read, so it is told here. */
function Keywords({ sms, set }: KeywordsProps) {
  const { keywords } = sms
  return (
    <details className={styles.howTo}>
      <summary>Keywords</summary>
      <Stack gap="sm" mt="sm">
        <TagsInput
          label="Subscribe keywords"
          description="As on your SMS settings page in Klaviyo. A text that is only such a word makes no ticket"
          value={[...keywords.subscribe]}
          onChange={(subscribe) => set({ keywords: { ...keywords, subscribe } })}
        />
        <TagsInput
          label="Keywords that start an automation"
          description="They make no ticket either; HELP and INFO always do"
          value={[...keywords.automation]}
          onChange={(automation) => set({ keywords: { ...keywords, automation } })}
        />
        <NumberInput
          label="Seconds to hold a text that could be a keyword"
          description="Long enough for Klaviyo to say whether it changed the subscription"
          min={0}
          max={120}
          value={sms.keywordHoldSeconds}
          onChange={(seconds) =>
            set({ keywordHoldSeconds: typeof seconds === 'number' ? seconds : 8 })
          }
          w={240}
        />
      </Stack>
    </details>
  )
}

/** Without a brand, Zendesk uses its default. */
function withoutBrand(sms: BridgeDraft['sms']): BridgeDraft['sms'] {
  const { brand: _brand, ...rest } = sms
  return rest
}
