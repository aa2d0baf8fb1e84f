import { Group, SegmentedControl, Text } from '@mantine/core'
import { useLive } from '../api/live.ts'
import { Column } from '../column.tsx'
import { DeskColumn } from '../desk/desk-column.tsx'
import { GuideProvider } from '../guide/guide-state.tsx'
import { GuideStrip } from '../guide/guide-strip.tsx'
import { useIsWide } from '../is-wide.ts'
import { OwnAccounts } from '../own-accounts/own-accounts.tsx'
import { PhoneColumn } from '../phone/phone-column.tsx'
import { Problem } from '../problem.tsx'
import { ProfilePanel } from '../profile/profile-panel.tsx'
import { Scroller } from '../scroller.tsx'
import { StoryPanel } from '../story/story-panel.tsx'
import { ToolBar } from '../tools/tool-bar.tsx'
import { TroublePanel } from '../trouble/trouble-panel.tsx'
import { type Tab, useView, type View } from '../view.tsx'
import classes from './page.module.css'
import { PageHeader } from './page-header.tsx'

/** The studio: phones, desk and profile side by side, or one at a time where there is less room. */
export function Page() {
  const live = useLive()
  const isWide = useIsWide()
  return (
    <GuideProvider>
      <div className={classes.page}>
        <PageHeader live={live} isWide={isWide} />
        {live === 'lost' && (
          <Problem text="The sandbox does not answer: what stands here may be old. This page comes back by itself once it runs again." />
        )}
        {isWide && <ToolBar />}
        <GuideStrip />
        {isWide ? <SideBySide /> : <OneAtATime />}
      </div>
    </GuideProvider>
  )
}

function SideBySide() {
  return (
    <main className={classes.columns}>
      <PhoneColumn />
      <DeskColumn />
      <SideColumn />
    </main>
  )
}

type Side = readonly [title: string, label: string, place: React.ReactNode]

const SIDES: Readonly<Record<View['side'], Side>> = {
  profile: ['In Klaviyo', 'Profile', <ProfilePanel key="profile" />],
  story: ['The story', 'Story', <StoryPanel key="story" />],
  faults: [
    'Faults',
    'Faults',
    <Scroller key="faults" label="What goes wrong" className={classes.tools}>
      <TroublePanel />
    </Scroller>,
  ],
}

function SideColumn() {
  const [{ side }, change] = useView()
  return (
    <Column
      title={SIDES[side][0]}
      aside={
        <SegmentedControl
          size="xs"
          aria-label="What stands here"
          value={side}
          onChange={(value) => change({ side: value as View['side'] })}
          data={Object.entries(SIDES).map(([value, [, label]]) => ({ value, label }))}
        />
      }
    >
      {SIDES[side][2]}
    </Column>
  )
}

const PLACES: Readonly<Record<Tab, readonly [label: string, place: React.ReactNode]>> = {
  phone: ['Phone', <PhoneColumn key="phone" />],
  desk: ['Desk', <DeskColumn key="desk" />],
  profile: [
    'Profile',
    <Column key="profile" title="In Klaviyo">
      <ProfilePanel />
    </Column>,
  ],
  story: [
    'Story',
    <Column key="story" title="The story">
      <StoryPanel />
    </Column>,
  ],
  try: [
    'Try',
    <Column key="try" title="What goes wrong, and the clock">
      <div className={classes.tools}>
        <Text size="sm" c="dimmed">
          One click each; what follows is told above. The clock makes things older: tickets,
          retries, automations.
        </Text>
        <ToolBar />
        <Group gap="xs">
          <OwnAccounts />
        </Group>
        <TroublePanel />
      </div>
    </Column>,
  ],
}

function OneAtATime() {
  const [{ tab }, change] = useView()
  return (
    <>
      <main className={classes.one}>{PLACES[tab][1]}</main>
      <SegmentedControl
        fullWidth
        aria-label="What is shown"
        value={tab}
        onChange={(value) => change({ tab: value as Tab })}
        data={Object.entries(PLACES).map(([value, [label]]) => ({ value, label }))}
      />
    </>
  )
}
