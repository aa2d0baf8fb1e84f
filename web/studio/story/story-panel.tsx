import { Button, Group, Loader, Text } from '@mantine/core'
import { playStep, startOver } from '../api/deeds.ts'
import type { Story } from '../api/host.ts'
import { useHost, useStory } from '../api/reads.ts'
import { useDeed } from '../api/use-deed.ts'
import { Problem } from '../problem.tsx'
import { Scroller } from '../scroller.tsx'
import { useView } from '../view.tsx'
import classes from './story.module.css'
import { StoryStepCard } from './story-step-card.tsx'

/** The demo's story, to be played step by step and looked at beside the phone and the desk. */
export function StoryPanel() {
  const host = useHost()
  const story = useStory()
  if (host.data?.kind === 'alone')
    return (
      <Text size="sm" p="sm">
        The story needs Replyline: {host.data.because}.
      </Text>
    )
  if (story.data === undefined || story.data === null)
    return story.error === null ? (
      <Loader size="sm" m="md" aria-label="Reading the story" />
    ) : (
      <Problem text={story.error.message} />
    )
  return <Steps story={story.data} />
}

const BUSY = {
  starting: 'Replyline is starting; the story begins by itself.',
  playing: 'Playing. Watch the phone and the desk.',
  starting_over: 'Starting over: the platforms go back to their seed, the bridge forgets.',
} as const

function Steps({ story }: { readonly story: Story }) {
  const [, change] = useView()
  const again = useDeed(startOver)
  const play = useDeed(playStep)
  const isBusy = story.busy !== null || again.isBusy || play.isBusy
  const seenCount = story.steps.filter(({ outcome }) => outcome.kind === 'seen').length
  return (
    <Scroller label="The story" className={classes.panel}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Text size="xs" c="dimmed">
          {story.busy === null
            ? `${seenCount} of ${story.steps.length} steps were seen to happen. Each builds on those before it.`
            : BUSY[story.busy]}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          flex="none"
          disabled={isBusy}
          onClick={() => again.runThen(() => change({ ticket: undefined }), true)}
        >
          Start over
        </Button>
      </Group>
      <Problem text={again.problem ?? play.problem} />
      <ol className={classes.steps}>
        {story.steps.map((step) => (
          <StoryStepCard
            key={step.number}
            step={step}
            steps={story.steps}
            isBusy={isBusy}
            play={() => play.run(step.number)}
          />
        ))}
      </ol>
    </Scroller>
  )
}
