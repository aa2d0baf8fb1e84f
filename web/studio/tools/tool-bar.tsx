import { Button, Group, Text } from '@mantine/core'
import { failNextText, pullThePlug, sendText } from '../api/deeds.ts'
import type { Host } from '../api/host.ts'
import { useHost } from '../api/reads.ts'
import { useDeed } from '../api/use-deed.ts'
import { useGuide } from '../guide/guide-state.tsx'
import { Problem } from '../problem.tsx'
import { useView } from '../view.tsx'
import { EmulatedClock } from './emulated-clock.tsx'
import classes from './tool-bar.module.css'

/** What goes wrong, one click each, and the emulated clock. */
export function ToolBar() {
  return (
    <div className={classes.bar}>
      <OneClick />
      <EmulatedClock />
    </div>
  )
}

function OneClick() {
  const [{ phone, to }, change] = useView()
  const host = useHost()
  const { begin } = useGuide()
  const follow = { ticket: undefined, list: 'person' } as const
  const stop = useDeed(async () => {
    await begin('stop')
    await sendText({ from: phone, to, body: 'STOP' })
    change(follow)
  })
  const fail = useDeed(async () => {
    await begin('failed_reply')
    await failNextText(phone, 'Carrier Violation')
    change({ ...follow, tab: 'desk' })
  })
  const plug = useDeed(async () => {
    await begin('plug')
    await pullThePlug()
    await sendText({ from: phone, to, body: 'Is anybody there?' })
    change(follow)
  })
  const whyNot = whyPlugCannotBePulled(host.data)

  return (
    <Group gap="xs" role="group" aria-label="What goes wrong">
      <Button size="compact-xs" variant="default" loading={stop.isBusy} onClick={() => stop.run()}>
        Text STOP
      </Button>
      <Button size="compact-xs" variant="default" loading={fail.isBusy} onClick={() => fail.run()}>
        Fail the next reply
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        loading={plug.isBusy}
        disabled={whyNot !== null}
        aria-describedby="why-no-plug"
        onClick={() => plug.run()}
      >
        Pull the plug
      </Button>
      {whyNot !== null && (
        <Text size="xs" c="dimmed" id="why-no-plug">
          {whyNot}
        </Text>
      )}
      <Problem text={stop.problem ?? fail.problem ?? plug.problem} />
    </Group>
  )
}

function whyPlugCannotBePulled(host: Host | undefined): string | null {
  if (host === undefined) return 'not known yet'
  if (host.kind === 'alone') return 'needs “npm run demo”'
  return host.service.kind === 'up' ? null : 'Replyline is not up'
}
