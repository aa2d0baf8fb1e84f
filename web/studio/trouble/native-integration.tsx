import { Switch, Text } from '@mantine/core'
import { useNative } from '../api/reads.ts'
import { type NativeChoices, setNative } from '../api/trouble-deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'

const CHOICES = [
  ['metrics', 'ticket metrics', {}],
  ['sms', 'texts as tickets', { metrics: true }],
  ['whatsapp', 'WhatsApp as tickets', { metrics: true }],
] as const

/** Klaviyo's own Zendesk integration, beside Replyline or in its place. */
export function NativeIntegration({ account }: { readonly account: string }) {
  const native = useNative()
  const deed = useDeed((choices: NativeChoices) => setNative(account, choices))
  const installed = native.data?.installed.find((one) => one.account === account)

  /** The page in Klaviyo lets nobody have the others without metrics. */
  const choose = (name: (typeof CHOICES)[number][0], isOn: boolean) => {
    const needs = CHOICES.find(([one]) => one === name)?.[2] ?? {}
    deed.run(isOn ? { ...needs, [name]: true } : withoutMetrics(name))
  }

  return (
    <>
      {CHOICES.map(([name, label]) => (
        <Switch
          key={name}
          size="xs"
          label={label}
          checked={installed?.[name] ?? false}
          onChange={(event) => choose(name, event.currentTarget.checked)}
        />
      ))}
      <Text size="xs" c="dimmed">
        Both at once make two tickets of one text: that is what it is for.
      </Text>
      <Problem text={deed.problem ?? native.error?.message ?? null} />
    </>
  )
}

function withoutMetrics(name: (typeof CHOICES)[number][0]): NativeChoices {
  return name === 'metrics'
    ? { metrics: false, sms: false, whatsapp: false, handOffs: false }
    : { [name]: false }
}
