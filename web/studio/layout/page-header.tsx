import { Anchor, Button, Title, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import type { ServiceState } from '../api/host.ts'
import { useHost } from '../api/reads.ts'
import { OwnAccounts } from '../own-accounts/own-accounts.tsx'
import { Pill, type PillLook } from '../pill.tsx'
import { TroubleBadge } from '../trouble/trouble-badge.tsx'
import classes from './page.module.css'

type Header = { readonly live: 'connecting' | 'live' | 'lost'; readonly isWide: boolean }

/** Where one is, what never happens here, and how Replyline is. */
export function PageHeader({ live, isWide }: Header) {
  return (
    <header className={classes.header}>
      <Title order={1} size="md">
        Replyline studio
      </Title>
      <strong className={classes.promise}>Nothing here sends real texts</strong>
      <div className={classes.end}>
        <TroubleBadge isWide={isWide} />
        <Service isLost={live === 'lost'} />
        {isWide && <OwnAccounts />}
        <LightSwitch />
      </div>
    </header>
  )
}

const LOOKS: Readonly<Record<ServiceState['kind'], readonly [label: string, look: PillLook]>> = {
  up: ['Replyline is up', 'good'],
  starting: ['Replyline is starting', 'wait'],
  down: ['Replyline is down', 'bad'],
  gone: ['Replyline has ended: start anew', 'bad'],
}

function Service({ isLost }: { readonly isLost: boolean }) {
  const host = useHost()
  if (isLost || host.data === undefined) return null
  if (host.data.kind === 'alone') return <Pill look="quiet">Sandbox alone</Pill>
  const { service, replylineUrl } = host.data
  const [label, look] = LOOKS[service.kind]
  return (
    <>
      <Pill look={look} isStatus>
        {label}
      </Pill>
      <Anchor href={replylineUrl} target="_blank" rel="noreferrer" size="sm">
        Open Replyline
      </Anchor>
    </>
  )
}

function LightSwitch() {
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? 'Light' : 'Dark'}
    </Button>
  )
}
