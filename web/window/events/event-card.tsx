import { Card, Code, Group, Stack, Text, Title } from '@mantine/core'
import type { EventStory } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { Interventions } from '../shared/interventions.tsx'
import { PageLink } from '../shared/link.tsx'
import { Reason } from '../shared/reason.tsx'
import { type State, StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'
import { WithTimes } from '../shared/with-times.tsx'
import { DecideAgain } from './decide-again.tsx'
import { EffectStory } from './effect-story.tsx'
import { eventName } from './event-name.ts'
import { WorkWays } from './work-ways.tsx'

type Work = EventStory['work'][number]

/** One event with its decisions, their reasons, and what became of every effect. */
export function EventCard({ event }: { readonly event: EventStory }) {
  return (
    <Card withBorder component="article" aria-label={eventName(event.kind)}>
      <Group justify="space-between" gap="xs" align="flex-start">
        <Title order={2} size="h3">
          {eventName(event.kind)}
        </Title>
        <Text size="sm" c="dimmed" component="div">
          <Time at={event.eventAt} />
        </Text>
      </Group>
      <Text size="xs" c="dimmed" component="div" mt={2}>
        {event.bridge} · from {event.source}
        {event.ticketId === null ? '' : ` · ticket #${event.ticketId}`} ·{' '}
        <PageLink to={PATHS.event} params={{ id: event.id }} inherit>
          {event.remoteId}
        </PageLink>
      </Text>
      <Stack gap="md" mt="sm">
        {event.work.map((work) => (
          <WorkStory key={work.id} work={work} bridge={event.bridge} />
        ))}
      </Stack>
      <DecideAgain id={event.id} isOver={isOver(event)} />
    </Card>
  )
}

/** What is not finished has ways of its own. */
function isOver({ work }: EventStory): boolean {
  return work.length > 0 && work.every(({ state }) => state === 'done')
}

function WorkStory({ work, bridge }: { readonly work: Work; readonly bridge: string }) {
  const { reason, says, remedy, waitingFor, error, conversationId } = work
  return (
    <div>
      <Group gap="xs" mb={4}>
        <StateBadge state={stateOf(work)} />
        {conversationId !== null && (
          <PageLink to={PATHS.conversation} params={{ id: conversationId }} size="sm">
            Conversation
          </PageLink>
        )}
      </Group>
      {reason === null ? (
        <Text size="sm">Nothing is decided yet.</Text>
      ) : (
        <Reason code={reason} says={says} remedy={remedy} bridge={bridge} withCode />
      )}
      {waitingFor !== null && (
        <Text size="sm">
          It waits: <WithTimes text={waitingFor} />.
          {work.waitingUntil !== null && (
            <>
              {' '}
              Next try at <Time at={work.waitingUntil} />.
            </>
          )}
        </Text>
      )}
      {error !== null && (
        <Text size="sm">
          It failed inside Replyline: <Code>{error}</Code>. Report it with the id above.
        </Text>
      )}
      {work.effects.map((effect) => (
        <EffectStory key={effect.id} effect={effect} />
      ))}
      <Interventions interventions={work.interventions} />
      <WorkWays work={work} />
    </div>
  )
}

function stateOf({ state, effects }: Work): State {
  const failed = effects.filter(({ remedy }) => remedy !== null)
  if (state === 'set_aside' || failed.some((effect) => effect.state !== 'unknown')) return 'failed'
  if (state !== 'done') return 'waiting'
  return failed.length > 0 ? 'unknown' : 'fine'
}
