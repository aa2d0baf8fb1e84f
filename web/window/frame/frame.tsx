import { AppShell, Burger, Divider, Group, ScrollArea } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { useLiveUpdates } from '../api/live.ts'
import { BridgesAtAGlance } from './bridges-at-a-glance.tsx'
import styles from './frame.module.css'
import { Mark } from './mark.tsx'
import { Navigation } from './navigation.tsx'
import { NotLive } from './not-live.tsx'
import { SandboxBadge } from './sandbox-badge.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import { WhoIsIn } from './who-is-in.tsx'

/** What stands around every page. */
export function Frame() {
  const [isOpen, { toggle, close }] = useDisclosure()
  const isInterrupted = useLiveUpdates()
  useHotkeys([['Escape', close]])
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', md: 'xl' }}
      transitionDuration={120}
    >
      <a href="#page" className={styles.skip}>
        Skip to the page
      </a>
      <AppShell.Header className={styles.header ?? ''}>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
            aria-expanded={isOpen}
          />
          <Mark />
          <SandboxBadge />
          <Group ml="auto" gap="sm" wrap="nowrap">
            {isInterrupted && <NotLive />}
            <BridgesAtAGlance />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className={styles.navbar ?? ''} data-closed={!isOpen || undefined}>
        <AppShell.Section grow component={ScrollArea} className={styles.pages ?? ''}>
          <Navigation onNavigate={close} />
        </AppShell.Section>
        <AppShell.Section>
          <SchemeSwitch />
          <Divider my="sm" />
          <WhoIsIn />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main className={styles.main ?? ''}>
        <div className={styles.page} id="page" tabIndex={-1}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  )
}
