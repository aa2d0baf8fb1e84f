import { NativeSelect } from '@mantine/core'
import type { Troubles } from '../api/host.ts'
import { type Manners, type PlatformName, setManners } from '../api/trouble-deeds.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'
import { PLATFORM_NAMES } from './platform-names.ts'
import classes from './trouble.module.css'

const WELL = 'well'
const OTHERWISE = 'otherwise'

const MANNERS: Readonly<Record<string, readonly [label: string, manners: Manners]>> = {
  [WELL]: ['arrive well', {}],
  twice: ['each arrives twice', { duplicate: 1 }],
  mixed: ['in any order', { reorder: 1 }],
  half: ['half are lost', { drop: 0.5 }],
  lost: ['all are lost', { drop: 1 }],
  late: ['1 minute late', { delayMs: 60_000 }],
  forged: ['forged', { forge: 1 }],
  worst: ['twice, mixed, lost', { duplicate: 0.5, reorder: 1, drop: 0.2 }],
}

/** How each platform's webhooks arrive. */
export function WebhookManners({ webhooks }: { readonly webhooks: Troubles['webhooks'] }) {
  const deed = useDeed(setManners)
  return (
    <div className={classes.choices}>
      {(['klaviyo', 'zendesk'] as const).map((platform) => (
        <NativeSelect
          key={platform}
          size="xs"
          label={`${PLATFORM_NAMES[platform]}'s webhooks`}
          value={nameOf(webhooks[platform])}
          onChange={(event) => choose(platform, event.currentTarget.value)}
          data={[
            ...Object.entries(MANNERS).map(([value, [label]]) => ({ value, label })),
            { value: OTHERWISE, label: 'otherwise', disabled: true },
          ]}
        />
      ))}
      <Problem text={deed.problem} />
    </div>
  )

  function choose(platform: PlatformName, name: string): void {
    deed.run(platform, MANNERS[name]?.[1] ?? {})
  }
}

/** They may have been set by a call, to what is not offered here. */
function nameOf(present: Troubles['webhooks'][PlatformName]): string {
  const found = Object.entries(MANNERS).find(([, [, manners]]) =>
    Object.entries(present).every(
      ([part, value]) => value === (manners[part as keyof Manners] ?? 0),
    ),
  )
  return found?.[0] ?? OTHERWISE
}
